"""The chronology's page: narrowed by codes, taken along, and put on record as read before a decision."""

import pytest

from models.tables.reads import ReadRow
from models.tables.referral import RecordRow
from tests.support.hub import Hub
from tests.web.desk import Answer, Desk, Sit


@pytest.fixture
def reference(hub: Hub) -> str:
    """A referral with a visit, a grade and an answer of the police."""
    made = hub.refer(carers="Demo Mother:mother")
    hub.act(made, "begin-triage", "tara")
    hub.act(made, "grade", "tara", grade="amber", reason="hungry")
    hub.act(made, "ask", "tara", of="pc")
    hub.act(made, "reply", "pc", words="nothing known")
    hub.act(made, "record-visit", "sam", access="denied")
    return made


def path(reference: str, query: str = "") -> str:
    """Return the address of the chronology."""
    return f"/referrals/{reference}/chronology{'?' if query else ''}{query}"


FILTERS = [
    ("", {"A concern was referred to the hub", "Visit, access refused", "Police replied"}, set()),
    ("theme=visits", {"Visit, access refused"}, {"A concern was referred"}),
    ("agency=police", {"Police replied"}, {"Visit, access refused"}),
    ("since=2026-03-11", {"Nothing is on record that was asked for"}, {"Visit, access refused"}),
    ("until=2026-03-10", {"Visit, access refused"}, set()),
    ("significant=1", {"A concern was referred"}, {"was asked what it knows"}),
    ("of=family", {"A concern was referred"}, set()),
]


@pytest.mark.parametrize(("query", "there", "left_out"), FILTERS)
def test_the_chronology_is_narrowed_by_codes(
    reference: str, sit: Sit, query: str, there: set[str], left_out: set[str]
) -> None:
    text = sit("tara").look(path(reference, query)).text

    assert [one for one in there if one not in text] == []
    assert [one for one in left_out if one in text] == []


@pytest.mark.parametrize("query", ["theme=nonsense", "agency=nobody", "since=yesterday", "until=2026-13-01"])
def test_what_cannot_be_asked_for_is_refused_in_a_sentence(reference: str, sit: Sit, query: str) -> None:
    answer = sit("tara").look(path(reference, query))

    assert answer.status == 400
    assert "This cannot be done" in answer.text


def test_it_is_taken_along_as_one_page_and_the_download_is_logged(hub: Hub, reference: str, sit: Sit) -> None:
    desk = sit("tara")
    answer = desk.look(f"/referrals/{reference}/chronology.html?theme=visits")

    assert answer.status == 200
    assert "Chronology of Demo Child" in answer.text
    assert "Left out as asked" in answer.text
    assert "chronology, as a document" in {row["what"] for row in hub.rows(ReadRow)}


def readings(hub: Hub) -> list[tuple[str, str, int]]:
    """Return who has read the chronology, what they noted, and how far it went."""
    rows = hub.rows(RecordRow, kind="chronology_seen")
    return [(row["by"], row["data"]["words"], row["data"]["upto"]) for row in rows]


def note(desk: Desk, seen: Answer, reference: str, noted: str, upto: int) -> Answer:
    """Send the form of the page that was looked at."""
    return desk.send(path(reference), seen, noted=noted, upto=str(upto))


def test_whoever_read_it_says_so_and_the_page_says_who_did(hub: Hub, reference: str, sit: Sit) -> None:
    desk, last = sit("tara"), max(row["id"] for row in hub.rows(RecordRow))
    page = desk.look(path(reference))
    assert "Nobody has put on record yet" in page.text
    assert f'name="upto" value="{last}"' in page.page

    done = note(desk, page, reference, "two calls, one shut door", last)
    assert "On the record" in done.text
    assert "Last read by tara example" in done.text
    assert "Nothing is new since" in done.text
    assert readings(hub) == [("tara", "two calls, one shut door", last)]


def test_what_is_new_since_it_was_read_is_counted(hub: Hub, reference: str, sit: Sit) -> None:
    desk = sit("tara")
    hub.act(reference, "read-chronology", "tara", noted="read")
    hub.act(reference, "record-visit", "sam", access="denied")

    assert "1 entry is new since (10 March 2026: 1)" in desk.look(path(reference)).text


def test_with_brothers_and_sisters_it_is_read_as_far_as_the_child_goes(hub: Hub, reference: str, sit: Sit) -> None:
    desk = sit("tara")
    last = max(row["id"] for row in hub.rows(RecordRow))
    hub.refer(child="Demo Brother", born="2019-01-01", sibling=reference)
    page = desk.look(path(reference, "of=family"))
    assert "Demo Brother" in page.text
    assert f'name="upto" value="{last}"' in page.page

    assert note(desk, page, reference, "both of them", last).status == 200
    assert readings(hub) == [("tara", "both of them", last)]


def test_without_a_note_nothing_is_recorded_and_what_to_do_is_said(hub: Hub, reference: str, sit: Sit) -> None:
    desk = sit("tara")
    answer = note(desk, desk.look(path(reference)), reference, "", 1)

    assert answer.status == 400
    assert "Say what you noted" in answer.text
    assert "<title>Error: " in answer.page
    assert readings(hub) == []


def test_what_grew_while_it_was_read_is_not_taken_as_read(hub: Hub, reference: str, sit: Sit) -> None:
    desk = sit("tara")
    page = desk.look(path(reference))
    last = max(row["id"] for row in hub.rows(RecordRow))
    hub.act(reference, "record-visit", "sam", access="denied")

    answer = note(desk, page, reference, "read it all", last)
    assert answer.status == 400
    assert "The record grew while you were reading" in answer.text
    assert "read it all" in answer.text
    assert readings(hub) == []


def test_only_the_whole_of_it_can_be_put_on_record_as_read(reference: str, sit: Sit) -> None:
    desk = sit("tara")

    assert 'name="noted"' in desk.look(path(reference)).page
    assert 'name="noted"' not in desk.look(path(reference, "theme=visits")).page


def test_an_agency_cannot_put_it_on_record(hub: Hub, reference: str, sit: Sit) -> None:
    desk = sit("dsl")
    answer = note(desk, desk.look(f"/referrals/{reference}"), reference, "read", 1)

    assert answer.status == 404
    assert readings(hub) == []


def test_who_may_not_record_it_is_not_asked(reference: str, sit: Sit) -> None:
    assert 'name="noted"' not in sit("aud").look(path(reference)).page
