"""What a manager looks at: what waits for them, who carries how much, and where cases wait."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.support import paths
from tests.support.hub import Hub
from workflow.caseload import Carries, ToDecide, Waits, decisions_for, team, waits, without_worker


def to_decide(hub: Hub, account: str) -> tuple[ToDecide, ...]:
    with hub.engine.database.reading() as connection:
        return decisions_for(connection, hub.actor(account), hub.now)


def carried(hub: Hub, account: str) -> dict[str, Carries]:
    with hub.engine.database.reading() as connection:
        return {one.account: one for one in team(connection, hub.actor(account), hub.now)}


def waited(hub: Hub, account: str) -> dict[str, Waits]:
    with hub.engine.database.reading() as connection:
        return {one.tab: one for one in waits(connection, hub.actor(account), hub.now)}


def test_an_outcome_waits_for_the_hubs_manager_and_not_for_another_team(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    hub.wait(hours=2)

    (one,) = (one for one in to_decide(hub, "mona") if one.kind == "decision")
    assert (one.reference, one.by) == (reference, "tara example")
    assert one.since is not None
    assert one.since < hub.now
    assert not [one for one in to_decide(hub, "tess") if one.kind == "decision"]
    assert [one for one in to_decide(hub, "hugo") if one.kind == "decision"]


def test_a_proposed_closure_waits_for_the_manager_of_its_owners_team(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)

    assert [one.reference for one in to_decide(hub, "tess") if one.kind == "closure"] == [reference]
    assert not [one for one in to_decide(hub, "theo") if one.kind == "closure"]


def test_what_a_manager_was_asked_by_name_is_there_once_with_its_day(hub: Hub) -> None:
    reference = paths.to_assessment(hub)
    hub.wait(days=90)
    hub.look(reference)

    late = [one for one in to_decide(hub, "tess") if one.kind == "climbed"]
    assert late
    assert {one.reference for one in late} == {reference}
    assert len({one.says for one in late}) == len(late)


def test_what_is_closed_waits_for_nobody(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "sign-off", "tess")

    assert not to_decide(hub, "tess")
    assert not waited(hub, "hugo")


def test_each_worker_of_the_team_is_counted_and_those_of_others_are_not(hub: Hub) -> None:
    paths.to_assessment(hub)
    before = carried(hub, "tess")
    assert (before["sam"].open, before["sam"].late) == (1, 0)
    assert "theo" not in before
    assert "dsl" not in before

    hub.wait(days=120)
    after = carried(hub, "tess")["sam"]
    assert after.late == 1
    assert after.oldest_due is not None
    assert after.oldest_due < hub.now


def test_a_child_that_was_not_seen_in_time_is_counted_with_its_worker(hub: Hub) -> None:
    paths.to_child_in_need(hub)
    assert carried(hub, "tess")["sam"].not_seen == 0

    hub.wait(days=200)
    assert carried(hub, "tess")["sam"].not_seen == 1


def test_somebody_who_left_is_shown_while_they_still_hold_a_case(hub: Hub) -> None:
    paths.to_assessment(hub)
    hub.leaves("sam")
    assert carried(hub, "tess")["sam"].open == 1
    hub.leaves("desk_sw")
    assert "desk_sw" not in carried(hub, "hugo")


@pytest.mark.parametrize("account", ["hugo", "mona", "aud"])
def test_whoever_looks_after_all_sees_every_team(hub: Hub, account: str) -> None:
    paths.to_assessment(hub)
    assert {"sam", "tara", "theo"} <= set(carried(hub, account))


def test_half_of_the_cases_have_waited_longer_than_what_is_said(hub: Hub) -> None:
    for child, hours in (("Ada One", 1), ("Bo Two", 3), ("Cy Three", 8)):
        hub.refer(child=child)
        hub.wait(hours=hours)

    (new,) = waited(hub, "mona").values()
    assert (new.tab, new.cases) == ("new", 3)
    assert new.median == timedelta(hours=11)


def test_what_a_manager_looks_at_costs_a_few_reads(hub: Hub) -> None:
    paths.to_closure_proposed(hub)
    said: list[str] = []
    event.listen(hub.engine.database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    actor = hub.actor("tess")
    said.clear()
    with hub.engine.database.reading() as connection:
        decisions_for(connection, actor, hub.now)
        team(connection, actor, hub.now)
        waits(connection, actor, hub.now)

    assert sum(one.lstrip().startswith("SELECT") for one in said) <= 8


def test_a_case_without_a_worker_is_shown_to_whoever_looks_after_its_team_until_it_has_one(hub: Hub) -> None:
    reference = paths.to_decision(hub, child="Demo Other Child")
    hub.act(reference, "decide", "mona", outcome="assessment", reason="needs a look", answers="neglect:unknown")
    hub.look(reference)
    shown = {}
    for who in ("mona", "hugo", "theo"):
        with hub.engine.database.reading() as connection:
            shown[who] = [(one.reference, one.child) for one in without_worker(connection, hub.actor(who))]
    assert shown == {"mona": [(reference, "D. O. C.")], "hugo": [(reference, "D. O. C.")], "theo": []}

    hub.act(reference, "allocate", "mona", to="sam")
    hub.look(reference)

    with hub.engine.database.reading() as connection:
        assert without_worker(connection, hub.actor("hugo")) == ()


def test_a_closure_says_to_whoever_put_it_forward_that_another_signs(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    given = {"outcome": "no_further_action", "reason": "a mistake", "answers": "neglect:not_found"}
    hub.act(reference, "decide", "mona", **given, discussed_with="dsl")

    (own,), (others,) = to_decide(hub, "mona"), to_decide(hub, "hugo")

    assert (own.kind, others.kind, own.child) == ("closure", "closure", "D. C.")
    assert "another manager signs" in own.says
    assert "another manager signs" not in others.says
