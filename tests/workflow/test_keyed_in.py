"""A contact on paper is keyed in later, under the time at which it really reached the hub: every deadline counts from then."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.tables.post import MessageRow
from models.tables.referral import AuditRow, DecisionRow, RecordRow, ReferralRow
from models.tables.work import ClockRow
from tests.support import paths
from tests.support.hub import START, Hub
from workflow import access, audit
from workflow.chronology_wanted import Asked
from workflow.errors import BadCommandError
from workflow.referral_form import refer_family

ONE_KIND = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MONDAY = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
"""The day before the hub's clock begins: the system was down."""


def clocks(hub: Hub, rule: str) -> list[tuple[datetime, datetime]]:
    return [(row["started_at"], row["due_at"]) for row in hub.rows(ClockRow, rule=rule)]


def test_every_deadline_counts_from_when_it_reached_the_hub(hub: Hub) -> None:
    reference = hub.refer(by="tara", told_at=MONDAY)
    terms = hub.engine.terms(hub.now)

    assert clocks(hub, "referral-decision-one-day") == [(MONDAY, terms.due(MONDAY, "decision_and_ack"))]
    assert clocks(hub, "rag-clock") == [(MONDAY, terms.due(MONDAY, "rag.unanswered"))]
    assert hub.row(reference)["opened_at"] == MONDAY
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "grade", "tara", grade="amber", reason="hungry again")
    assert clocks(hub, "rag-clock") == [(MONDAY, terms.due(MONDAY, "rag.amber"))]


def test_what_is_late_already_is_told_at_the_first_look(hub: Hub) -> None:
    reference = hub.refer(by="tara", told_at=MONDAY - timedelta(days=4))

    hub.look(reference)

    assert "clock_breached" in {row["template"] for row in hub.rows(MessageRow)}


def test_the_record_has_both_times_and_the_chain_holds(hub: Hub) -> None:
    reference = hub.refer(by="tara", told_at=MONDAY)

    (told,) = hub.rows(RecordRow)
    assert (told["at"], told["data"]["keyed_in"]) == (MONDAY, START.isoformat())
    assert hub.rows(DecisionRow)[0]["at"] == START
    with hub.engine.database.reading() as connection:
        assert audit.verify(connection) == (1, [])
    assert START.isoformat() in hub.rows(AuditRow)[0]["entry"]
    read = access.chronology(hub.engine, reference, hub.actor("tara"), hub.now, Asked())
    assert read.entries[0].at == MONDAY
    assert any("Written down later, at 09:30 on 10 March 2026" in more for more in read.entries[0].more)


def test_a_chronology_tells_it_in_its_place(hub: Hub) -> None:
    reference = hub.refer(words="came hungry on Tuesday")
    hub.wait(hours=2)
    assert hub.refer(by="tara", told_at=MONDAY, words="came hungry on Monday", concerns=["feeding"]) == reference

    read = access.chronology(hub.engine, reference, hub.actor("tara"), hub.now, Asked())

    assert [one.words for one in read.entries] == ["came hungry on Monday", "came hungry on Tuesday"]


def test_what_came_before_shortens_the_colour_of_what_is_on_record(hub: Hub) -> None:
    reference = hub.refer()
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "grade", "tara", grade="amber", reason="hungry again")

    hub.act(reference, "add-concern", "tara", concerns="feeding", words="hungry before", told_at=MONDAY)

    terms = hub.engine.terms(hub.now)
    assert [due for _, due in clocks(hub, "rag-clock")] == [terms.due(MONDAY, "rag.amber")]
    assert terms.due(MONDAY, "rag.amber") < terms.due(START, "rag.amber")
    assert sorted(start for start, _ in clocks(hub, "referral-decision-one-day")) == [MONDAY, START]


def test_a_decision_that_knew_nothing_of_it_does_not_answer_it(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    told = hub.now
    hub.wait(hours=1)
    until = (hub.now + timedelta(days=20)).date().isoformat()
    hub.act(reference, "decide", "mona", outcome="deferred", reason="the scan comes first", until=until)
    assert clocks(hub, "referral-decision-one-day") == []

    assert hub.refer(by="tara", told_at=told, concerns=["injury"]) == reference

    assert hub.row(reference)["state"] == "awaiting_decision"
    assert [start for start, _ in clocks(hub, "referral-decision-one-day")] == [told]


WRONG: list[tuple[str, str, Any, str]] = [
    ("an agency", "dsl", MONDAY, "Only the hub says"),
    ("early help", "ella", MONDAY, "Only the hub says"),
    ("a social worker", "sam", MONDAY, "Only the hub says"),
    ("a minute to come", "tara", START + timedelta(minutes=1), "in the future"),
    ("a month ago", "tara", START - timedelta(days=30), "more than 14 days ago"),
    ("no moment", "tara", "last week", "told_at"),
]


@ONE_KIND
@pytest.mark.parametrize(("by", "told", "says"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_time_that_cannot_be_is_refused_in_a_sentence_and_nothing_is_kept(
    hub: Hub, by: str, told: Any, says: str
) -> None:
    with pytest.raises(BadCommandError, match=says) as error:
        hub.refer(by=by, told_at=told)

    assert error.value.advice
    assert hub.rows(ReferralRow) == []


@ONE_KIND
@pytest.mark.parametrize(("by", "told", "says"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_nor_can_a_new_concern_come_at_such_a_time(hub: Hub, by: str, told: Any, says: str) -> None:
    reference = hub.refer()
    hub.act(reference, "involve", "tara", who="ella")
    version, hub.now = hub.row(reference)["version"], START - timedelta(minutes=1)

    with pytest.raises(BadCommandError, match=says):
        hub.act(reference, "add-concern", by, concerns="feeding", words="again", told_at=told)

    assert hub.row(reference)["version"] == version


@ONE_KIND
@pytest.mark.parametrize("told", [START, START - timedelta(days=14)], ids=["this moment", "a fortnight ago"])
def test_what_only_just_can_be_is_kept(hub: Hub, told: datetime) -> None:
    assert hub.row(hub.refer(by="mona", told_at=told))["opened_at"] == told


@ONE_KIND
def test_a_time_without_a_zone_is_the_hubs_own(hub: Hub) -> None:
    hub.now = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)

    reference = hub.refer(by="tara", told_at="2026-07-01T10:15")

    assert hub.row(reference)["opened_at"] == datetime(2026, 7, 1, 9, 15, tzinfo=UTC)


def test_a_contact_about_a_whole_family_came_at_one_time(hub: Hub) -> None:
    children = [{"child": f"Demo {name}", "born": f"202{at}-05-01"} for at, name in enumerate(("Ash", "Birch"))]
    given = {"children": children, "concerns": ["neglect"], "words": "came hungry again", "told_at": MONDAY}

    refer_family(hub.engine, hub.actor("tara"), hub.now, given)

    assert [row["opened_at"] for row in hub.rows(ReferralRow)] == [MONDAY, MONDAY]
    with pytest.raises(BadCommandError, match="Only the hub says"):
        refer_family(hub.engine, hub.actor("dsl"), hub.now, given)
