"""The two reports of a replay: one object for programs, exactly as the format describes it, and a timeline for people."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.casebooks import tale, told
from tests.support.stories import table
from workflow.replay.interventions import Played
from workflow.replay.play import play
from workflow.replay.reader import read
from workflow.replay.report import FAULTY, as_json, as_text, exit_status, summary
from workflow.replay.shelf import open_casebook, shipped
from workflow.rulebook import BY_ID

EVERYTHING = Path(__file__).parent / "everything.yaml"
STORIES = [*shipped(), "everything"]
CONTACT = "at: 2024-03-04T10:00, kind: contact, id: c1, about: [ada, ben], by: teacher, to: hub, text: A worried call."
DECIDED = "at: 2024-03-04T11:00, kind: decision, about: [ada, ben], by: triage, outcome: no_further_action, ref: '5.1'"

FIELDS: dict[str, Any] = {
    "on": str,
    "event": int,
    "rule": str,
    "effect": str,
    "says": str,
    "source": str,
    "children": list,
    "state": (str, type(None)),
    "loose_date": bool,
    "rests_on_silence": bool,
}


@pytest.fixture(scope="module")
def played() -> dict[str, Played]:
    """Every shipped casebook, and the one that uses everything, played once."""
    books = {name: open_casebook(name) for name in shipped()} | {"everything": read(EVERYTHING)}
    return {name: play(book) for name, book in books.items()}


@pytest.mark.parametrize("name", STORIES)
def test_the_report_for_programs_has_the_fields_of_the_format_and_no_others(
    name: str, played: dict[str, Played]
) -> None:
    report = json.loads(json.dumps(as_json(played[name])))

    assert list(report) == ["title", "events", "policy", "interventions", "summary"]
    assert list(report["summary"]) == ["refused", "warned", "acted", "clock", "signal"]
    assert report["events"] == len(played[name].casebook.events)
    for each in report["interventions"]:
        assert list(each) == list(FIELDS)
        assert all(isinstance(each[key], kind) for key, kind in FIELDS.items())


@pytest.mark.parametrize("name", STORIES)
def test_what_the_report_for_programs_says_holds_together(name: str, played: dict[str, Played]) -> None:
    report = as_json(played[name])
    book = played[name].casebook
    children = {person.id for person in book.family.people.values() if person.child}

    for each in report["interventions"]:
        assert date.fromisoformat(each["on"]) >= book.events[each["event"]].at.date()
        assert each["rule"] in BY_ID
        assert each["source"] == BY_ID[each["rule"]].source
        assert each["effect"] in report["summary"]
        assert (each["state"] in {"warned", "breached"}) == (each["effect"] == "clock")
        assert each["children"]
        assert set(each["children"]) <= children
        assert each["says"].endswith(".")
        assert "\n" not in each["says"]
    assert report["summary"] == {
        effect: sum(each["effect"] == effect for each in report["interventions"]) for effect in report["summary"]
    }


def test_silence_is_marked_only_where_the_source_leaves_much_out(played: dict[str, Played]) -> None:
    for name in STORIES:
        marked = any(each.rests_on_silence for each in played[name].interventions)
        assert marked is (played[name].casebook.silence == "unknown")


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("width", [100, 60])
def test_the_timeline_keeps_to_its_columns(name: str, width: int, played: dict[str, Played]) -> None:
    lines = as_text(played[name], width).splitlines()

    assert max(map(len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)
    assert all(line.isprintable() for line in lines)


def words(text: str) -> str:
    """Return a text as one run of words, however it was broken into lines."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", STORIES)
def test_the_timeline_tells_the_whole_story_and_every_answer(name: str, played: dict[str, Played]) -> None:
    printed = words(as_text(played[name]))

    for told_of in played[name].casebook.told:
        assert words(told_of.text) in printed
        assert told_of.ref in printed
    for each in played[name].interventions:
        assert words(each.says)[1:] in printed
        assert words(f"{each.rule}: {each.source}") in printed


def test_a_small_story_as_it_is_printed() -> None:
    printed = as_text(told(CONTACT, DECIDED))
    lines = printed.splitlines()

    assert lines[0:2] == ["A small story", "============="]
    assert "Source: Synthetic." in lines
    assert "Played under the policy of England. What the story does not say was not done." in lines
    assert "The family: Ada (born 1 May 2021), Ben (born 1 February 2024), Mother and Father." in words(printed)
    assert "Mon 4 Mar 2024      10:00 A concern was referred to the hub (teacher; Ada and Ben)" in lines
    assert "                    A worried call." in lines
    assert any(re.fullmatch(r"         REFUSED    No manager .* \(Ada and Ben\)", line) for line in lines)
    assert any(line.startswith("                      manager-signs-decision: National review") for line in lines)
    assert any("[5.1]" in line for line in lines)


def test_a_later_answer_names_its_day() -> None:
    printed = words(as_text(told(CONTACT, until="2024-03-07")))

    assert "CLOCK RUN OUT On 5 March 2024: a contact waits for its decision." in printed


def test_marks_are_explained_where_they_are_used() -> None:
    loose = CONTACT.replace("id: c1", "id: c1, precision: month")

    assert "~" not in as_text(told(CONTACT, DECIDED))
    assert "~ rests on a date that is known only loosely" in words(as_text(told(loose, until="2024-03-07")))
    assert "? rests only on what the source does not mention" in words(
        as_text(told(CONTACT, DECIDED, silence="unknown"))
    )
    assert "in March 2024" in as_text(told(loose))


def test_a_story_with_one_child_does_not_name_it_in_every_line(played: dict[str, Played]) -> None:
    assert "(Leo)" not in as_text(played["well-run-assessment-closed"])
    assert "(Luke)" in as_text(played["luke-and-matt"])


def test_words_that_would_steer_a_screen_are_printed_as_words() -> None:
    printed = as_text(told(CONTACT.replace("A worried call.", '"turned \\u202e round"')))

    assert "\u202e" not in printed
    assert "turned round" in printed


ENDS = table(
    ("a story to learn from, with refusals", "interventions", [CONTACT, DECIDED], 0),
    ("a clean story", "clean", [CONTACT], 0),
    ("not clean: a refusal", "clean", [CONTACT, DECIDED], 1),
    ("not clean: a clock", "clean", [CONTACT, "at: 2024-04-04, kind: note, text: Nothing"], 1),
)


@pytest.mark.parametrize(("expect", "events", "status"), ENDS)
def test_the_exit_status(expect: str, events: list[str], status: int) -> None:
    played = told(*events, expect=expect)

    assert exit_status(played) == status
    assert ("should be clean, and it is not" in summary(played)) is bool(status)
    assert FAULTY == 2


def test_a_warning_does_not_make_a_story_unclean() -> None:
    begun = told(CONTACT, "at: 2024-03-05T16:30, kind: note, text: Nothing", expect="clean")

    assert {each.state for each in begun.interventions} <= {"warned", None}
    assert exit_status(begun) == 0


def test_a_clean_story_has_nothing_to_say() -> None:
    printed = words(as_text(told(CONTACT, expect="clean")))

    assert "In this story the engine would have had nothing to say. It should be clean, and it is." in printed
    assert "Below each event" not in printed
    assert "The rules that spoke" not in printed


def test_the_rules_that_spoke_are_counted_at_the_end(played: dict[str, Played]) -> None:
    story = played["luke-and-matt"]
    printed = as_text(story).partition("The rules that spoke, the most frequent first:\n")[2]
    counts = [int(found[1]) for found in re.finditer(r"(?m)^ *[A-Z][A-Z ]+? +(\d+) +\S", printed)]

    assert sum(counts) == len(story.interventions)
    assert counts == sorted(counts, reverse=True)


def test_a_story_without_events_has_a_head_and_an_end() -> None:
    printed = as_text(play(read(tale().replace("events:", "events: []"))))

    assert printed.startswith("A small story\n")
    assert "nothing to say" in printed
