"""The well-run journeys are clean; and each stops being so when one thing that was done well is taken out of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from models.events import Event
from tests.support.stories import table
from workflow.replay.casebook import Casebook
from workflow.replay.interventions import Answer, Played
from workflow.replay.play import play
from workflow.replay.shelf import open_casebook, shipped

WELL_RUN = [name for name in shipped() if name.startswith("well-run")]
NEWBORN, AMARA, JOINT = (
    "well-run-newborn-neglect-to-plan",
    "well-run-school-age-domestic-abuse",
    "well-run-joint-enquiry",
)
LEO, MIA, UNBORN = "well-run-assessment-closed", "well-run-early-help", "well-run-unborn"

Change = Callable[[Event], Event | None]


def changed(name: str, change: Change) -> Played:
    """Play a story in which some events happened otherwise, or not at all (None)."""
    book: Casebook = open_casebook(name)
    kept = [(new, told) for event, told in zip(book.events, book.told, strict=True) if (new := change(event))]
    assert [new for new, _ in kept] != list(book.events)
    events = tuple(replace(event, index=index) for index, (event, _) in enumerate(kept))
    return play(replace(book, events=events, told=tuple(told for _, told in kept)))


def fits(event: Event, where: dict[str, Any]) -> bool:
    return all(
        getattr(event, key) == value if key in {"kind", "by", "id"} else event.get(key) == value
        for key, value in where.items()
    )


def without(**where: Any) -> Change:
    """Leave out every event of this sort."""
    return lambda event: None if fits(event, where) else event


def but(new: dict[str, Any], **where: Any) -> Change:
    """Give every event of this sort other values; None takes a value away."""

    def change(event: Event) -> Event:
        if not fits(event, where):
            return event
        data = {key: value for key, value in {**event.data, **new}.items() if value is not None and key != "by"}
        return replace(event, data=data, by=new.get("by", event.by))

    return change


def both(*changes: Change) -> Change:
    """Make several changes at once."""

    def change(event: Event) -> Event | None:
        now: Event | None = event
        for one in changes:
            now = one(now) if now else None
        return now

    return change


def of_kinds(*kinds: str) -> Change:
    """Leave out every event of these kinds."""
    return lambda event: None if event.kind.value in kinds else event


@pytest.mark.parametrize("name", WELL_RUN)
def test_a_well_run_journey_is_clean(name: str) -> None:
    played = play(open_casebook(name))

    assert played.casebook.expect == "clean"
    assert played.clean
    assert played.summary["warned"] == 0


def test_there_are_journeys_of_ten_shapes() -> None:
    others = {
        f"well-run-{shape}"
        for shape in ("bruise-explained", "exploited-teenager", "not-substantiated", "three-sisters")
    }

    assert set(WELL_RUN) == {LEO, MIA, JOINT, NEWBORN, AMARA, UNBORN} | others


FRONT_DOOR = table(
    ("no manager", MIA, but({"manager": None}, kind="decision"), "manager-signs-decision"),
    ("the manager wrote it alone", MIA, both(but({"by": "hub_manager", "discussed_with": ("coordinator",)}, kind="decision"), without(by="triage")), "manager-signs-decision"),
    ("no reason", LEO, but({"reason": None}, kind="decision"), "decision-has-reason"),
    ("a concern without an answer", LEO, but({"answers": {}}, kind="decision"), "every-concern-answered"),
    ("attachments not opened", NEWBORN, without(kind="reviewed_evidence"), None),
    ("nobody leads", MIA, but({"lead": None}, kind="decision"), "one-lead-practitioner"),
    ("no talk with early help", MIA, both(but({"discussed_with": ("hub_manager",), "lead": "nurse"}, kind="decision"), without(kind="spoke_to", person="coordinator")), "diversion-discussion-recorded"),
    ("history not looked for", LEO, without(kind="history_checked"), "history-check"),
    ("no agency asked", LEO, without(kind="check"), "agency-checks-complete"),
    ("nobody at home heard", MIA, without(kind="spoke_to", by="triage"), "all-carers-heard"),
    ("the mother not heard", MIA, without(kind="spoke_to", person="carla"), None),
    ("too early, and closed", UNBORN, but({"outcome": "no_further_action"}, kind="decision", outcome="deferred"), "prebirth-defer-not-close"),
    ("put off without a day", UNBORN, but({"until": None, "review_on": None}, kind="decision", outcome="deferred"), "prebirth-defer-not-close"),
)  # fmt: skip
STRATEGY = table(
    ("the referrer absent", NEWBORN, but({"attended": ("worker", "manager", "officer", "health_visitor", "paediatrician"), "accounts": ("doctor",)}, kind="strategy_discussion"), "referrer-invited-to-strategy"),
    ("no police", JOINT, but({"attended": ("sw", "tm", "hv", "nursery_lead", "consultant")}, kind="strategy_discussion"), "strategy-quorum"),
    ("no reasons", JOINT, but({"rationale": None}, kind="strategy_discussion"), "strategy-rationale"),
    ("nobody else heard", NEWBORN, but({"views": {}, "by": "worker"}, kind="section47_outcome"), None),
    ("no conference", JOINT, but({"outcome": "not_substantiated"}, kind="section47_outcome"), "no-icpc-needs-second-signature"),
    ("a conference of social care alone", JOINT, but({"attended": ("sw", "tm"), "accounts": ()}, kind="conference", which="initial"), "conference-quorum"),
    ("a medical by itself", JOINT, without(kind="strategy_discussion"), "cp-medical-needs-strategy"),
)  # fmt: skip
ASSESSMENT = table(
    ("no DASH", AMARA, both(without(kind="tool", what="dash"), without(by="idva")), "da-requires-dash"),
    ("no visit", LEO, both(of_kinds("visit"), but({"visits": 0}, kind="assessment", status="completed")), "assessment-minimum-contact"),
    ("a factor left open", LEO, both(but({"concerns": ("supervision", "substance_misuse")}, kind="contact"), but({"factors_resolved": {}}, kind="assessment", status="completed")), "flagged-factor-resolved"),
    ("nobody heard", AMARA, but({"views": {}}, kind="assessment", status="completed"), None),
)  # fmt: skip
ENDING = table(
    ("early help has not accepted", AMARA, without(kind="early_help", status="accepted"), "step-down-acceptance-required"),
    ("early help has not begun", NEWBORN, without(kind="early_help", status="started"), None),
    ("early help declines", AMARA, but({"status": "declined"}, kind="early_help", status="accepted"), "step-down-acceptance-required"),
    ("no consent", NEWBORN, but({"consent": None}, kind="early_help"), "step-down-acceptance-required"),
    ("a view from one of many", AMARA, but({"views": {"dsl": "agree"}}, kind="step_down"), "step-down-agency-views"),
    ("an outcome not met", AMARA, without(kind="outcome", id="joy_sleeps"), "plan-outcomes-evidenced"),
    ("an outcome on a word", AMARA, but({"evidence": False}, kind="outcome"), "plan-outcomes-evidenced"),
    ("every visit announced", NEWBORN, but({"announced": True}, kind="visit"), "sustained-improvement"),
    ("no views at the closure", LEO, but({"views": {}}, kind="closure"), "agency-vote-recorded"),
    ("the closure's own author signs", LEO, but({"manager": "worker"}, kind="closure"), "sign-off-independent"),
    ("no summary", LEO, but({"summary": None}, kind="closure"), "closure-authorised-on-evidence"),
    ("the chronology unread", LEO, without(kind="chronology_seen"), "chronology-at-every-decision"),
    ("somebody disagrees", LEO, but({"views": {"teacher": "disagree", "nurse": "agree", "doctor": "agree"}}, kind="closure"), "agency-vote-recorded"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "change", "rule"), [*FRONT_DOOR, *STRATEGY, *ASSESSMENT, *ENDING])
def test_what_is_left_out_is_missed(name: str, change: Change, rule: str | None) -> None:
    played = changed(name, change)
    refused = {each.rule for each in played.interventions if each.effect is Answer.REFUSED}

    assert rule in refused if rule else played.interventions != play(open_casebook(name)).interventions


LATE = table(
    ("no decision on the contact", MIA, without(kind="decision"), "referral-decision-one-day"),
    ("no core group", JOINT, without(kind="meeting", which="core_group"), "core-group-ten-working-days"),
    ("no review conference", JOINT, without(kind="conference", which="review"), "review-conference-due"),
    ("no conference at all", JOINT, of_kinds("conference", "section47_outcome", "plan"), "icpc-fifteen-working-days"),
    ("the promise to look again at twelve weeks", UNBORN, lambda event: event if event.at.date().isoformat() < "2025-02-20" or event.kind.value == "meeting" else None, "prebirth-wake"),
    ("nobody sees the child", NEWBORN, both(but({"access": "no_reply", "child_seen": None}, kind="visit"), of_kinds("appointment", "tool")), "child-not-seen"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "change", "rule"), LATE)
def test_what_is_not_done_in_time_sounds(name: str, change: Change, rule: str | None) -> None:
    breached = {each.rule for each in changed(name, change).breaches}

    assert rule in breached if rule else breached
