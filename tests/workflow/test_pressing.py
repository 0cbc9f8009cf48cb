"""What is red goes both ways, each word at once to whoever wants it so; and what came back has not been told."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import insert, select

from models.tables.post import MessageRow
from models.tables.told_how import PreferenceRow
from models.tables.work import TaskRow
from tests.support import paths
from tests.support.hub import Hub
from workflow import access
from workflow.chronology_wanted import Asked
from workflow.post_read import messages_of
from workflow.posted import Posted

RED = {"concerns": ["injury"]}


def prefer(hub: Hub, account: str, **chosen: Any) -> None:
    values = {"authority": "coventry", "channel": "", "second_channel": "", "said_by": account, "said_at": hub.now}
    with hub.engine.database.unit_of_work() as connection:
        connection.execute(insert(PreferenceRow).values(**values | {"account_id": account} | chosen))


def sent_by(hub: Hub, account: str, template: str) -> list[tuple[int, str]]:
    """Return the ways and keys by which somebody was told something."""
    return [(row["way"], row["key"]) for row in hub.rows(MessageRow, account_id=account, template=template)]


def decided(hub: Hub, grade: str) -> str:
    reference = paths.to_decision(hub)
    if grade == "red":
        hub.act(reference, "grade", "tara", grade="red", reason="it is worse than it was")
    hub.act(reference, "decide", "mona", outcome="assessment", reason="a fuller look", answers="neglect:unknown")
    hub.look(reference)
    return reference


class TestBothWays:
    def test_an_outcome_of_a_red_referral_goes_both_ways_to_whoever_has_two(self, hub: Hub) -> None:
        prefer(hub, "dsl", second_channel="sms", second_address="07700900123")
        decided(hub, "red")
        (one, key), (other, also) = sent_by(hub, "dsl", "outcome")
        assert (one, other, also) == (1, 2, f"{key}:also")

    def test_what_is_not_red_goes_one_way(self, hub: Hub) -> None:
        prefer(hub, "dsl", second_channel="sms", second_address="07700900123")
        decided(hub, "amber")
        assert [way for way, _ in sent_by(hub, "dsl", "outcome")] == [1]

    def test_whoever_has_one_way_is_told_once(self, hub: Hub) -> None:
        decided(hub, "red")
        assert [way for way, _ in sent_by(hub, "dsl", "outcome")] == [1]

    def test_whoever_reads_it_in_the_product_reads_it_once(self, hub: Hub) -> None:
        prefer(hub, "dsl", second_channel="sms", second_address="07700900123")
        decided(hub, "red")
        with hub.engine.database.reading() as connection:
            told = [one.template for one in messages_of(connection, "dsl")]
        assert told.count("outcome") == 1


class TestEachWordAtOnce:
    def held(self, hub: Hub) -> set[str | None]:
        reference = paths.to_closure_proposed(hub)
        hub.look(reference)
        return {row["letter"] for row in hub.rows(MessageRow, account_id="dsl", template="view_wanted")}

    def test_what_can_wait_waits_for_the_letter_of_the_day(self, hub: Hub) -> None:
        assert self.held(hub) == {""}

    @pytest.mark.parametrize("chosen", [{}, {"account_id": None, "agency_id": "hillside"}])
    def test_whoever_or_whose_agency_wants_it_at_once_gets_it_at_once(self, hub: Hub, chosen: dict[str, Any]) -> None:
        prefer(hub, "dsl", at_once=True, **chosen)
        assert self.held(hub) == {None}

    def test_a_persons_own_rhythm_counts_before_their_agencys(self, hub: Hub) -> None:
        prefer(hub, "dsl", at_once=True, account_id=None, agency_id="hillside")
        prefer(hub, "dsl", at_once=False)
        assert self.held(hub) == {""}


class TestWhatCameBack:
    def end(self, hub: Hub, hook: Callable[..., None], key_ends: str = "", **values: Any) -> None:
        """Let the post have come to an end with the outcome's message."""
        with hub.engine.database.unit_of_work() as connection:
            query = select(MessageRow.__table__).where(MessageRow.template == "outcome").order_by(MessageRow.id)
            rows = [dict(row) for row in connection.execute(query).mappings()]
            row = next(row for row in rows if row["key"].endswith(key_ends or "dsl"))
            table = MessageRow.__table__
            connection.execute(table.update().where(table.c.id == row["id"]).values(values))
            hook(connection, row | values, hub.now)

    def missing(self, hub: Hub, reference: str) -> bool:
        """Tell whether the referrer still has to be told, as the record stands."""
        from workflow.telling import untold

        with hub.engine.database.reading() as connection:
            return bool(list(untold(hub.engine.load(connection, int(reference[1:]), hub.now).case)))

    def rung(self, hub: Hub) -> list[str]:
        return [row["says"] for row in hub.rows(TaskRow, done_at=None) if row["key"].endswith(":undelivered:task")]

    def test_an_outcome_that_came_back_has_not_been_told_and_the_task_to_ring_stands(self, hub: Hub) -> None:
        reference = decided(hub, "amber")
        posted = Posted(hub.engine)
        self.end(hub, posted.sent, status="sent")
        assert not self.missing(hub, reference)

        self.end(hub, posted.returned, status="dead")
        self.end(hub, posted.dead, status="dead")
        hub.look(reference)

        assert self.missing(hub, reference)
        assert self.rung(hub) == [f"Ring dsl: a message about {reference} (outcome) could not be delivered."]
        hub.act(reference, "record-told", "tara", who="dsl", words="rang, and said why")
        hub.look(reference)
        assert self.rung(hub) == []

    def test_what_arrived_the_other_way_has_been_told(self, hub: Hub) -> None:
        prefer(hub, "dsl", second_channel="sms", second_address="07700900123")
        reference = decided(hub, "red")
        posted = Posted(hub.engine)
        self.end(hub, posted.sent, status="sent")
        self.end(hub, posted.sent, ":also", status="sent")
        self.end(hub, posted.returned, status="dead")
        self.end(hub, posted.dead, status="dead")

        assert not self.missing(hub, reference)
        assert self.rung(hub) == []

    def test_of_two_ways_that_fail_the_last_one_asks_somebody_to_ring(self, hub: Hub) -> None:
        prefer(hub, "dsl", second_channel="sms", second_address="07700900123")
        reference = decided(hub, "red")
        posted = Posted(hub.engine)
        self.end(hub, posted.dead, status="dead")
        assert self.rung(hub) == []
        self.end(hub, posted.dead, ":also", status="dead")
        assert len(self.rung(hub)) == 1
        assert self.missing(hub, reference)

    def test_a_chronology_says_that_it_came_back(self, hub: Hub) -> None:
        reference = decided(hub, "amber")
        posted = Posted(hub.engine)
        self.end(hub, posted.sent, status="sent")
        self.end(hub, posted.returned, status="dead")
        shown = access.chronology(hub.engine, reference, hub.actor("mona"), hub.now, Asked())
        told = [entry.says for entry in shown.entries if "outcome" in entry.says]
        assert told == [
            "Dsl example was told of an outcome.",
            "The message to dsl example about an outcome came back unread.",
        ]
