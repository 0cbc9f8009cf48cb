"""What people record of appointments, promises and doors: the same keys that a casebook has, and heard by the rules."""

from typing import Any

import pytest

from models.events import Event
from models.vocabulary import Kind
from tests.support import paths
from tests.support.hub import Hub
from tests.support.stories import table
from workflow import store
from workflow.clocks.promises import PROMISED
from workflow.errors import BadCommandError, NotPermittedError
from workflow.replay.kinds import KINDS


def newest(hub: Hub, reference: str, kind: Kind) -> Event:
    """Return what was recorded last of a kind."""
    with hub.engine.database.reading() as connection:
        loaded = hub.engine.load(connection, store.number(reference), hub.now)
    return loaded.case.of(kind)[-1]


@pytest.mark.parametrize(
    ("verb", "by", "args", "kind", "data"),
    table(
        (
            "not brought",
            "record-appointment",
            "hv",
            {"what": "paediatric", "outcome": "was_not_brought"},
            Kind.APPOINTMENT,
            {"what": "paediatric", "outcome": "was_not_brought"},
        ),
        ("nobody reached", "record-attempt", "hv", {"person": "mother"}, Kind.ATTEMPT, {"person": "mother"}),
        (
            "the police saw the child",
            "record-police-check",
            "pc",
            {"status": "attended", "child_seen": True},
            Kind.POLICE_CHECK,
            {"status": "attended", "child_seen": True},
        ),
        (
            "the plan's last word",
            "use-contingency",
            "sam",
            {"what": "medical"},
            Kind.CONTINGENCY_USED,
            {"what": "medical"},
        ),
        (
            "an agreement",
            "record-agreement",
            "sam",
            {"status": "made", "clauses": "daily_visits,no_dog"},
            Kind.AGREEMENT,
            {"status": "made", "clauses": ["daily_visits", "no_dog"]},
        ),
        (
            "advice by word of mouth",
            "record-legal-advice",
            "tess",
            {"status": "given", "in_writing": False, "threshold": "met"},
            Kind.LEGAL_ADVICE,
            {"status": "given", "in_writing": False, "threshold": "met"},
        ),
        ("a complaint", "record-complaint", "tess", {"words": "rude on the phone"}, Kind.COMPLAINT, {}),
        (
            "a worker who goes",
            "end-allocation",
            "tess",
            {"who": "sam"},
            Kind.ALLOCATED,
            {"ended": "sam", "handover": False},
        ),
        (
            "who put the home right",
            "record-visit",
            "hv",
            {"access": "granted", "conditions": "good", "improved_by": "third_party", "joint": "kit"},
            Kind.VISIT,
            {
                "access": "granted",
                "announced": True,
                "child_seen": False,
                "child_seen_alone": False,
                "conditions": "good",
                "improved_by": "third_party",
                "with": ["kit"],
            },
        ),
    ),
)
def test_what_is_recorded_has_the_casebooks_keys(
    hub: Hub, verb: str, by: str, args: dict[str, Any], kind: Kind, data: dict[str, Any]
) -> None:
    reference = paths.to_assessment(hub)
    hub.act(reference, "involve", "sam", who="hv")
    hub.act(reference, verb, by, **args)
    recorded = {key: value for key, value in newest(hub, reference, kind).data.items() if key != "words"}

    assert {key: list(value) if isinstance(value, tuple) else value for key, value in recorded.items()} == data
    assert set(recorded) <= {*KINDS[kind].keys, "child_seen", "child_seen_alone", "concerns"}


def test_a_promise_returns_under_its_name_and_another_day_needs_a_reason(hub: Hub) -> None:
    reference = paths.to_assessment(hub)
    promise = {"commitment": "visit", "due": "2026-03-12"}
    hub.act(reference, "promise", "sam", what="will call on Thursday", **promise)

    with pytest.raises(BadCommandError, match="Why was the promise changed"):
        hub.act(reference, "promise", "tess", status="changed", **promise)
    with pytest.raises(BadCommandError, match="By when"):
        hub.act(reference, "promise", "tess", commitment="visit")
    hub.act(reference, "promise", "tess", status="changed", reason="the family is away", **promise)
    changed = newest(hub, reference, Kind.COMMITMENT)

    assert (changed.id, changed.get("status"), changed.get("reason")) == ("visit", "changed", True)


def test_an_agreement_says_what_was_agreed(hub: Hub) -> None:
    reference = paths.to_assessment(hub)

    with pytest.raises(BadCommandError, match="What was agreed"):
        hub.act(reference, "record-agreement", "sam", status="made")


@pytest.mark.parametrize("verb", ["record-agreement", "record-legal-advice", "use-contingency", "end-allocation"])
def test_a_partner_does_not_act_for_social_care(hub: Hub, verb: str) -> None:
    reference = paths.to_assessment(hub)

    with pytest.raises((NotPermittedError, BadCommandError)):
        hub.act(reference, verb, "dsl", status="made", clauses="daily_visits")


def test_a_broken_promise_and_a_visit_that_met_nobody_are_heard_by_the_clocks(hub: Hub) -> None:
    reference = paths.to_assessment(hub)
    hub.act(reference, "promise", "sam", commitment="visit", what="will call tomorrow", due="2026-03-11")
    hub.act(reference, "record-visit", "sam", access="no_reply")
    with hub.engine.database.reading() as connection:
        loaded = hub.engine.load(connection, store.number(reference), hub.now)

    (running,) = PROMISED.judge(loaded.case, loaded.terms)

    assert running.due.date().isoformat() == "2026-03-11"
