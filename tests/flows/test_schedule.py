"""The schedule, the deployments and the stages say the same."""

import importlib

import pytest
import yaml

from flows.schedule import SCHEDULE, STAGES, Scheduled
from models.vocabulary import Stage, State
from tests.support.house import ROOT

DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


def test_every_flow_is_deployed_as_it_is_scheduled() -> None:
    deployed = {(one["name"], one["entrypoint"], one["schedules"][0]["interval"]) for one in DEPLOYMENTS}

    assert deployed == {(one.name, one.entrypoint, one.seconds) for one in SCHEDULE}
    assert len(DEPLOYMENTS) == len(SCHEDULE)


@pytest.mark.parametrize("one", DEPLOYMENTS, ids=lambda one: one["name"])
def test_a_deployment_runs_one_at_a_time_by_london_time(one: dict[str, object]) -> None:
    assert one["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
    assert one["schedules"][0]["timezone"] == "Europe/London"  # type: ignore[index]


@pytest.mark.parametrize("scheduled", SCHEDULE, ids=lambda one: one.name)
def test_a_scheduled_flow_is_there_under_its_name(scheduled: Scheduled) -> None:
    assert scheduled.load().name == scheduled.name


def test_every_stage_has_its_flow() -> None:
    assert set(STAGES) == set(Stage)


def test_the_sweeps_leave_no_open_referral_out_and_look_at_none_twice() -> None:
    states = [
        state
        for stage in Stage
        if stage is not Stage.CHALLENGE  # a challenge can stand anywhere: its sweep follows its clocks
        for state in importlib.import_module(f"flows.{stage.value}").STATES
    ]

    assert sorted(states) == sorted(set(State) - {State.CLOSED})
