"""One action, one transaction: whole or not at all, in step with its decision, its audit entry and its outbox row."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, select, text
from sqlalchemy.exc import DBAPIError

from config.clock import LONDON
from models.tables.base import Base
from models.tables.referral import AuditRow, DecisionRow, RecordRow
from models.tables.work import ClockRow, OutboxRow
from models.vocabulary import State
from tests.support import paths
from tests.support.hub import Hub, open_hub
from workflow import access, audit
from workflow.actions.act import SYSTEM
from workflow.errors import ChangedError, NotFoundError, OutOfTurnError, RefusedError

WRITTEN = ("record", "clock", "decision", "audit", "outbox")


def everything(hub: Hub) -> dict[str, list[Any]]:
    """Return every row of every table."""
    with hub.engine.database.reading() as connection:
        return {
            table.name: list(connection.execute(select(table).order_by(*table.primary_key)))
            for table in Base.metadata.sorted_tables
        }


def break_table(hub: Hub, connection: Connection, table: str, doing: str) -> None:
    """Let the database itself refuse to write to a table."""
    if hub.engine.database.is_sqlite:
        connection.exec_driver_sql(
            f"CREATE TRIGGER broken BEFORE {doing} ON {table} BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
        return
    body = "BEGIN RAISE EXCEPTION 'broken'; END"
    connection.exec_driver_sql(f"CREATE FUNCTION break_it() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
    connection.exec_driver_sql(
        f"CREATE TRIGGER broken BEFORE {doing} ON {table} FOR EACH ROW EXECUTE FUNCTION break_it()"
    )


@pytest.mark.parametrize(
    ("table", "doing"), [*((table, "INSERT") for table in WRITTEN), ("referral", "UPDATE"), ("clock", "DELETE")]
)
def test_a_write_that_fails_leaves_nothing_behind(hub: Hub, table: str, doing: str) -> None:
    reference = paths.to_decision(hub)
    with hub.engine.database.unit_of_work() as connection:
        break_table(hub, connection, table, doing)
    before = everything(hub)

    with pytest.raises(DBAPIError, match="broken"):
        hub.act(
            reference, "decide", "mona", outcome="assessment", reason="needs a fuller look", answers="neglect:unknown"
        )

    assert everything(hub) == before


def test_a_refused_action_leaves_nothing_behind(hub: Hub) -> None:
    reference = paths.to_strategy(hub)
    before = everything(hub)

    with pytest.raises(RefusedError):
        hub.act(
            reference, "hold-strategy", "tess", attended="desk_sw,pc,hv", decision="section47_joint", rationale="risk"
        )

    assert everything(hub) == before


def test_every_action_has_its_decision_its_audit_entry_and_its_outbox_row(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "sign-off", "tess")

    version = hub.row(reference)["version"]
    expected = list(range(1, version + 1))
    for table in (DecisionRow, AuditRow, OutboxRow):
        assert [row["version"] for row in hub.rows(table)] == expected
    assert len(expected) == len(hub.made)
    assert [row["verb"] for row in hub.rows(DecisionRow)][-1] == "sign-off"
    assert len(hub.rows(RecordRow)) >= version


def test_a_decision_says_under_which_policy_it_was_made(hub: Hub) -> None:
    reference = hub.refer()
    hub.act(reference, "begin-triage", "tara")

    policy = hub.engine.policies.on(hub.now.date())
    assert {row["policy"] for row in hub.rows(DecisionRow)} == {f"coventry {policy.digest}"}


def test_the_stored_clocks_are_those_that_run_on_the_facts(hub: Hub) -> None:
    reference = paths.to_strategy(hub)

    row, clocks = hub.row(reference), hub.rows(ClockRow)
    assert row["due_at"] == min(clock["due_at"] for clock in clocks)
    assert row["alarm_at"] == min(clock["next_at"] for clock in clocks)
    assert {clock["rule"] for clock in clocks} >= {"strategy-discussion-due"}


def statements(hub: Hub, doing: Callable[[], object]) -> int:
    """Count what is said to the database while something is done."""
    said: list[str] = []
    engine = hub.engine.database.engine

    def hear(*given: Any) -> None:
        said.append(given[2])

    event.listen(engine, "before_cursor_execute", hear)
    doing()
    event.remove(engine, "before_cursor_execute", hear)
    return len(said)


def test_an_action_and_a_look_cost_as_many_statements_after_a_long_history_as_after_a_short_one(hub: Hub) -> None:
    reference = paths.to_child_in_need(hub)
    who = hub.actor("sam")

    def act() -> None:
        hub.wait(minutes=1)
        hub.engine.act(reference, "read-chronology", who, hub.now, {"noted": "read again"})

    def costs() -> dict[str, int]:
        hub.look(reference)
        return {
            "action": statements(hub, act),
            "view": statements(hub, lambda: access.view(hub.engine, reference, who, hub.now)),
            "look": statements(hub, lambda: hub.look(reference)),
        }

    act()
    early = costs()
    for _ in range(60):
        act()
    late = costs()

    assert late == early
    assert early["action"] < 25


def test_what_somebody_was_looking_at_is_compared_with_what_is_there(hub: Hub) -> None:
    reference = hub.refer()
    seen = hub.row(reference)["version"]
    hub.act(reference, "begin-triage", "tara")

    with pytest.raises(ChangedError, match=f"{reference} changed while you were reading") as error:
        hub.engine.act(reference, "ask-who-holds", hub.actor("mona"), hub.now, seen_version=seen)

    assert reference in error.value.advice
    assert hub.engine.act(reference, "ask-who-holds", hub.actor("mona"), hub.now, seen_version=seen + 1).version == 3


def test_an_old_page_tells_nobody_that_a_referral_exists(hub: Hub) -> None:
    reference = hub.refer()

    for asked in (reference, "M999999"):
        with pytest.raises(NotFoundError):
            hub.engine.act(asked, "give-view", hub.actor("kit"), hub.now, {"view": "agree"}, seen_version=99)


@pytest.mark.parametrize("role", ["triage_worker", "mash_manager", "head_of_service", "auditor"])
def test_for_another_authority_a_referral_does_not_exist_whatever_the_role(hub: Hub, role: str) -> None:
    reference = hub.refer()
    hub.hire("stranger", role, authority="elsewhere")

    with pytest.raises(NotFoundError, match="There is no referral"):
        hub.act(reference, "begin-triage", "stranger")
    with pytest.raises(NotFoundError, match="There is no referral"):
        access.view(hub.engine, reference, hub.actor("stranger"), hub.now)
    assert hub.row(reference)["owner_id"] == "tara"


@pytest.fixture
def anytown(tmp_path: Path, database_url: str, request: pytest.FixtureRequest) -> Iterator[tuple[Hub, str]]:
    """A hub whose authority makes of one rule what the test says, with a strategy discussion that has been called."""
    (tmp_path / "anytown.yaml").write_text(
        "policy: 1\nauthority: anytown\nrules:\n  referrer-invited-to-strategy:\n"
        f"    {{effect: {request.param}, from: 2020-01-01, source: 'its own procedures'}}\n"
    )
    hub = open_hub(database_url, "anytown", tmp_path)
    yield hub, paths.to_strategy(hub)
    hub.engine.database.dispose()


WITHOUT_THE_REFERRER = {"attended": "desk_sw,pc,hv", "decision": "section47_joint", "rationale": "risk of harm"}


@pytest.mark.parametrize("anytown", ["warn"], indirect=True)
def test_a_rule_that_only_warns_is_passed_with_a_reason_and_both_stay_on_record(anytown: tuple[Hub, str]) -> None:
    hub, reference = anytown
    with pytest.raises(RefusedError) as error:
        hub.act(reference, "hold-strategy", "tess", **WITHOUT_THE_REFERRER)
    assert {refusal.rule for refusal in error.value.refusals} == {"referrer-invited-to-strategy"}

    why = "she could not be reached all day"
    done = hub.act(reference, "hold-strategy", "tess", **WITHOUT_THE_REFERRER, anyway=why)

    decision = hub.rows(DecisionRow)[-1]
    assert done.warned == ("referrer-invited-to-strategy",)
    assert decision["warned"] == ["referrer-invited-to-strategy"]
    assert decision["reason"].startswith("risk of harm")
    assert why in decision["reason"]


@pytest.mark.parametrize("anytown", ["off"], indirect=True)
def test_a_rule_that_is_switched_off_says_nothing(anytown: tuple[Hub, str]) -> None:
    hub, reference = anytown

    assert hub.act(reference, "hold-strategy", "tess", **WITHOUT_THE_REFERRER).warned == ()


def begun(hub: Hub) -> str:
    reference = hub.refer()
    hub.act(reference, "begin-triage", "tara")
    return reference


def put_off(hub: Hub) -> str:
    reference = paths.to_decision(hub)
    until = (hub.now + timedelta(days=20)).date().isoformat()
    hub.act(reference, "decide", "mona", outcome="deferred", reason="the scan comes first", until=until)
    return reference


DOORS = {
    "a new contact": Hub.refer,
    "triage": begun,
    "a decision awaited": paths.to_decision,
    "put off": put_off,
}


@pytest.mark.parametrize("door", DOORS)
def test_a_closure_that_a_discussion_led_to_is_taken_back_by_a_new_concern_wherever_it_began(
    hub: Hub, door: str
) -> None:
    reference = DOORS[door](hub)
    hub.act(reference, "call-strategy", "tara", at=(hub.now + timedelta(hours=3)).isoformat(), reason="marks")
    attended = "desk_sw,pc,hv,dsl"
    hub.act(reference, "hold-strategy", "tess", attended=attended, decision="no_further_action", rationale="a fall")
    assert hub.made[-1].now is State.CLOSURE_PROPOSED

    done = hub.act(reference, "add-concern", "dsl", concerns="injury", words="a new bruise")

    assert done.now is State.AWAITING_DECISION


def test_a_closed_referral_keeps_the_moment_at_which_it_was_closed(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "sign-off", "tess")
    closed = hub.row(reference)["closed_at"]

    hub.wait(days=2).look(reference)
    system = hub.engine.act(reference, "tell", SYSTEM, hub.now, {"of": "e1", "who": "dsl"})

    assert system.now is State.CLOSED
    assert hub.row(reference)["closed_at"] == closed


def test_a_plan_ends_with_the_case_and_the_next_case_has_its_own(hub: Hub) -> None:
    first = paths.ready_to_sign(hub)
    hub.act(first, "sign-off", "tess")
    hub.wait(days=30)

    second = paths.to_child_in_need(hub)

    assert second != first
    assert hub.rows(DecisionRow)[-1]["verb"] == "start-plan"


def test_a_moment_in_local_time_is_kept_as_the_same_moment(hub: Hub) -> None:
    hub.now = hub.now.replace(month=7).astimezone(LONDON)
    reference = hub.refer()
    hub.act(reference, "begin-triage", "tara")

    with hub.engine.database.reading() as connection:
        assert audit.verify(connection) == (2, [])
        assert connection.execute(text("SELECT count(*) FROM decision")).scalar() == 2


def test_a_closed_referral_refuses_everything_but_what_tells_of_it(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "sign-off", "tess")

    for verb, by in (("call-strategy", "tara"), ("add-concern", "dsl"), ("allocate", "tess"), ("sign-off", "mona")):
        args = {"at": hub.now, "reason": "again", "concerns": "neglect", "words": "again", "to": "sam"}
        wanted = {
            "call-strategy": ("at", "reason"),
            "add-concern": ("concerns", "words"),
            "allocate": ("to",),
            "sign-off": (),
        }
        with pytest.raises(OutOfTurnError, match="closed"):
            hub.act(reference, verb, by, **{key: args[key] for key in wanted[verb]})
