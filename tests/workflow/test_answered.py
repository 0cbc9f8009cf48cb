"""A task leaves somebody's list when the facts have answered it, and not before."""

from datetime import timedelta

from sqlalchemy import select, update

from models.tables.people import AccountRow
from models.tables.post import MessageRow
from models.tables.work import TaskRow
from tests.support import paths
from tests.support.hub import Hub
from workflow import fulfil
from workflow.posted import Posted


def look(hub: Hub, **later: float) -> None:
    with hub.engine.database.unit_of_work() as connection:
        fulfil.look(hub.engine, connection, 1, hub.now + timedelta(**later))


def todo(hub: Hub, rule: str) -> set[str]:
    """Return who still has a task under a rule."""
    with hub.engine.database.reading() as connection:
        open_ = select(TaskRow.account_id).where(TaskRow.rule == rule, TaskRow.done_at.is_(None))
        return set(connection.execute(open_).scalars())


def test_a_view_that_was_given_is_asked_for_no_longer(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    look(hub)
    assert todo(hub, "ask-involved-views") == {"dsl", "pc", "hv"}

    hub.act(reference, "give-view", "dsl", view="agree", reason="seen it too")
    look(hub)
    assert todo(hub, "ask-involved-views") == {"pc", "hv"}


def test_a_closure_that_is_sent_back_asks_nobody(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    look(hub)

    hub.act(reference, "return-closure", "tess", reason="not yet")
    look(hub)
    assert todo(hub, "ask-involved-views") == set()


def test_a_signature_that_was_given_is_asked_for_no_longer(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    look(hub)
    assert todo(hub, "sign-off-asked") == {"tess"}

    hub.act(reference, "sign-off", "tess")
    look(hub)
    assert todo(hub, "sign-off-asked") == set()


def test_a_late_decision_that_was_made_is_late_no_longer(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    hub.wait(days=3)
    look(hub)
    assert todo(hub, "referral-decision-one-day") == {"mona"}

    hub.act(reference, "decide", "mona", outcome="assessment", reason="a fuller look", answers="neglect:unknown")
    look(hub)
    assert todo(hub, "referral-decision-one-day") == set()


def test_nobody_else_is_asked_while_the_one_who_was_asked_is_there(hub: Hub) -> None:
    paths.ready_to_sign(hub)
    look(hub)
    for number in range(3):  # Whoever has least to do changes meanwhile.
        hub.refer(child=f"Other Child {number}")
    look(hub, hours=1)

    assert todo(hub, "sign-off-asked") == {"tess"}


def test_whoever_has_left_is_asked_no_longer_and_somebody_else_is(hub: Hub) -> None:
    paths.ready_to_sign(hub)
    look(hub)
    with hub.engine.database.unit_of_work() as connection:
        connection.execute(update(AccountRow).where(AccountRow.id == "tess").values(active=False))
    look(hub, hours=1)

    (now_asked,) = todo(hub, "sign-off-asked")
    assert now_asked != "tess"


def test_ringing_whoever_could_not_be_written_to_is_done_when_it_is_on_record(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    hub.act(reference, "decide", "mona", outcome="assessment", reason="a fuller look", answers="neglect:unknown")
    look(hub)
    with hub.engine.database.unit_of_work() as connection:
        outcome = connection.execute(select(MessageRow.__table__).where(MessageRow.template == "outcome")).mappings()
        Posted(hub.engine).dead(connection, dict(outcome.one()), hub.now)
    assert todo(hub, "tell-referrer-outcome") == {"tara"}
    look(hub)
    assert todo(hub, "tell-referrer-outcome") == {"tara"}

    hub.act(reference, "record-told", "tara", who="dsl", words="rang, and said why")
    look(hub)
    assert todo(hub, "tell-referrer-outcome") == set()
