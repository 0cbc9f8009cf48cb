"""A faulty casebook is refused whole: every fault with its line and a plain sentence, and nothing of it is played."""

import re
from pathlib import Path

import pytest

from tests.support.casebooks import faults, tale
from tests.support.stories import table
from workflow.replay.faults import CasebookError
from workflow.replay.reader import read
from workflow.replay.report import faults_as_text

EVENT = "at: 2024-03-04, kind: note, text: a"
IN_THE_HEAD = table(
    ("another version", {"casebook": "2"}, "line 1: casebook: 2 is not known; this engine reads version 1."),
    ("a version in words", {"casebook": "one"}, "line 1: casebook is a whole number, not one."),
    (
        "silence of a third sort",
        {"silence": "golden"},
        "line 5: silence cannot be golden; it is one of recorded, unknown.",
    ),
    (
        "another expectation",
        {"expect": "miracles"},
        "line 6: expect cannot be miracles; it is one of interventions, clean.",
    ),
    ("an unknown key", {"colour": "red"}, "line 30: colour is not a key of a casebook."),
    ("an end before the end", {"until": "2024-03-03"}, "line 30: until: 2024-03-03 lies before the last event."),
    ("a path as a place", {"authority": "../../secret"}, "line 3: authority is the name of a place, such as coventry"),
    ("a place that is none", {"authority": "x" * 300}, "line 3: authority is the name of a place, such as coventry"),
    ("people as a mapping", {"people": "{ada: child}"}, "line 7: people is a list, not a mapping."),
    ("people as nothing", {"people": ""}, "line 7: people is a list, not nothing."),
)


@pytest.mark.parametrize(("head", "says"), IN_THE_HEAD)
def test_a_faulty_head_is_refused_with_its_line(head: dict[str, str], says: str) -> None:
    text = tale(EVENT, **head)
    if "people" in head:
        text = re.sub(r"(?m)^  - \{id: (ada|ben|mother|father), .*\n", "", text)

    assert any(fault.startswith(says) for fault in faults(text)), faults(text)


PEOPLE = table(
    ("no age group", "{id: ada}", "an entry of people needs is."),
    ("neither child nor adult", "{id: ada, is: dog}", "is cannot be dog; it is one of child, adult."),
    ("an id twice", "{id: mother, is: child}", "the id mother is already somebody's, on line 8."),
    ("born before their grandparents", "{id: ada, is: child, born: 1899-12-31}", "born lies outside 1900 to 2039"),
    (
        "born long before due",
        "{id: ada, is: child, born: 2023-01-01, due: 2024-01-01}",
        "born 2023-01-01 and due 2024-01-01 cannot both be true of ada.",
    ),
    (
        "born long after due",
        "{id: ada, is: child, born: 2024-03-01, due: 2024-01-01}",
        "born 2024-03-01 and due 2024-01-01 cannot both be true of ada.",
    ),
    (
        "weeks that do not fit",
        "{id: ada, is: child, born: 2024-01-01, due: 2024-01-01, gestation_at_birth: 29+6}",
        "gestation_at_birth: 29+6 does not fit born 2024-01-01 and due 2024-01-01.",
    ),
    (
        "weeks that nobody has",
        "{id: ada, is: child, gestation_at_birth: 99}",
        "gestation_at_birth is weeks and days, such as 29+6, not 99.",
    ),
    ("eight days in a week", "{id: ada, is: child, gestation_at_birth: 29+8}", "gestation_at_birth is weeks and days"),
    ("an unknown factor", "{id: ada, is: child, factors: [poor]}", "factors cannot be poor"),
)


@pytest.mark.parametrize(("person", "says"), PEOPLE)
def test_a_faulty_person_is_refused_with_the_line(person: str, says: str) -> None:
    text = tale(EVENT).replace("{id: ada, is: child, born: 2021-05-01, gp: practice}", person)

    assert any(re.match(r"line \d+: ", fault) and says in fault for fault in faults(text)), faults(text)


CAST = table(
    ("a worker of no agency", "{id: sw, is: social_worker}", "a social worker needs an agency."),
    ("of an agency nobody named", "{id: sw, agency: nasa, is: social_worker}", "agency: nobody has the id nasa."),
    ("of a person", "{id: sw, agency: ada, is: social_worker}", "agency names an agency; ada is a child."),
    ("of an unknown trade", "{id: sw, agency: hub, is: wizard}", "is cannot be wizard."),
    ("with a person's id", "{id: ada, agency: hub, is: triage_worker}", "the id ada is already somebody's, on line 8."),
)


@pytest.mark.parametrize(("practitioner", "says"), CAST)
def test_a_faulty_practitioner_is_refused_with_the_line(practitioner: str, says: str) -> None:
    text = tale(EVENT).replace("{id: grandfather, is: relative}", practitioner)

    assert f"line 29: {says}" in faults(text)


LINKS = table(
    ("two of three", "[mother, ada]", "links is lists of three, such as [kate, mother, luke], not a list."),
    ("an unknown relation", "[mother, aunt, ada]", "links cannot be aunt"),
    ("nobody", "[mother, mother, adam]", "links: nobody has the id adam; did you mean ada?"),
)


@pytest.mark.parametrize(("link", "says"), LINKS)
def test_a_faulty_link_is_refused_with_the_line(link: str, says: str) -> None:
    found = faults(tale(EVENT).replace("[mother, mother, ada]", link))

    assert any(fault.startswith("line 13: ") and says in fault for fault in found), found


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
FILES = table(
    ("empty", b"", "line 1: the file is empty; a casebook begins with `casebook: 1`."),
    ("only a comment", b"# nothing\n", "line 1: the file is empty; a casebook begins with `casebook: 1`."),
    ("a list", b"- casebook: 1\n", "line 1: a casebook is a mapping that begins with `casebook: 1`, not a list."),
    ("a sentence", b"Once upon a time\n", "line 1: a casebook is a mapping"),
    ("no head", b"casebook: 1\n", "line 1: a casebook needs title."),
    ("half-written", tale(EVENT)[:-8].encode(), "line 31: not readable as YAML"),
    ("tabs", b"casebook: 1\n\ttitle: A\n", "line 2: not readable as YAML"),
    ("not UTF-8", "casebook: 1\ntitle: Ren\u00e9e\n".encode("latin-1"), "line 2: this is not text in UTF-8."),
    ("a null character", b"casebook: 1\ntitle: A\0\n", "line 2: a character here belongs in no text"),
    ("a bell", b'casebook: 1\ntitle: "A\\a"\n', "line 2: title holds a character that cannot be printed."),
    ("said twice", b"casebook: 1\ntitle: A\ntitle: B\n", "line 3: title is said twice in one place."),
    ("two documents", b"casebook: 1\n---\ncasebook: 1\n", "line 2: not readable as YAML"),
    ("an alias bomb", BOMB.encode(), "larger than any story needs once its aliases are written out"),
    ("an anchor that swallows itself", b"a: &a [*a]\n", "line 1: nested deeper than any story needs."),
    ("nested without end", b"[" * 5000, "line 1: nested deeper than any story needs."),
    ("a list as a key", b"? [a]\n: b\n", "line 1: a key must be a word, not a list or a mapping."),
    ("too large", b"#" * 4_000_001, "line 1: this file is larger than any story: over four megabytes."),
)


@pytest.mark.parametrize(("content", "says"), FILES)
def test_a_file_that_is_no_casebook_is_refused_with_the_line(content: bytes, says: str, tmp_path: Path) -> None:
    assert any(says in fault for fault in faults(content, tmp_path)), faults(content, tmp_path)


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    places = {tmp_path / "no.yaml": "there is no such file.", tmp_path: "this is a folder; name a casebook in it."}

    for place, says in places.items():
        with pytest.raises(CasebookError, match=re.escape(says)):
            read(place)


def test_every_fault_is_named_at_once_in_the_order_of_the_file() -> None:
    text = tale(
        "at: 2024-03-04, kind: grade, grade: purple, by: nobody, colour: red",
        "at: 2024-03-03, kind: visit, announced: yes",
        "at: 2024-02-30, kind: note",
        silence="golden",
    )

    found = faults(text)

    assert [int(fault.split(":")[0].removeprefix("line ")) for fault in found] == [5, 31, 31, 31, 32, 32, 32, 33, 33]
    assert all(fault.endswith(".") for fault in found)


def test_a_fault_quotes_no_more_than_a_little_of_what_is_wrong() -> None:
    found = faults(tale(f"at: 2024-03-04, kind: grade, grade: {'purple' * 200}"))

    assert len(found[0]) < 130


def test_faults_are_printed_a_line_each_below_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_text("casebook: 2\n", encoding="utf-8")

    with pytest.raises(CasebookError) as error:
        read(path)

    printed = faults_as_text(error.value).splitlines()
    assert printed[0] == "story.yaml was not played: 8 faults."
    assert printed[1] == "  line 1: a casebook needs authority."
    assert len(printed) == 9


def test_a_file_with_faults_without_end_is_refused_with_all_of_them() -> None:
    reviews = [f"at: 2024-03-04, kind: reviewed_evidence, id: read{at}, for: [red{at}]" for at in range(2000)]

    found = faults(tale(*reviews))

    assert len(found) == 2000
    assert found[0].endswith("no event has the id red0; did you mean read0?")
    assert found[-1].endswith("no event has the id red1999.")
