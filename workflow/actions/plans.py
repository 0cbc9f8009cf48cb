"""Assessments, child in need and child protection plans: visits, meetings, outcomes."""

from typing import Any, Final

from models.commands import plans as commands
from models.commands.base import Command
from models.vocabulary import Kind, Stage, State
from workflow.actions.act import Act, Step, Verb, in_
from workflow.actions.enquiry import propose, views_on
from workflow.errors import BadCommandError

_PLANS = in_(State.CHILD_PROTECTION, State.CHILD_IN_NEED, State.STEP_DOWN_OFFERED)

_AFTER: Final = {
    "child_in_need": "support",
    "early_help": "divert",
    "no_further_action": "propose_closure",
    "plan_continues": None,
}


def complete_assessment(act: Act, command: commands.CompleteAssessment) -> Step:
    """An assessment is complete, with everybody's views, and leads somewhere."""
    started = [event for event in act.case.of(Kind.ASSESSMENT) if event.get("status") == "started"]
    if not started:
        raise BadCommandError("No assessment has been started.", "Decide on one first.")
    if command.cosigned is not None:
        act.known(command.cosigned)
    done = act.event(
        Kind.ASSESSMENT,
        by=act.standing.owner,
        status="completed",
        visits=command.visits,
        unannounced_visits=command.unannounced_visits,
        child_seen=command.child_seen,
        child_seen_alone=command.child_seen_alone,
        parents_seen_separately=command.parents_seen_separately,
        hypotheses=command.hypotheses,
        factors_resolved=command.factors_resolved,
        answers=command.answers or None,
        family_network=command.family_network or None,
        inpatient_observations=command.inpatient_observations or None,
        cosigned=command.cosigned,
        views=views_on(act, started[-1]),
        manager=act.actor.id,
        outcome=command.outcome,
        words=command.reason,
    )
    move = _AFTER[command.outcome]
    if command.outcome == "early_help":
        return Step(
            (done, act.event(Kind.EARLY_HELP, by=act.standing.owner, status="requested")), move, reason=command.reason
        )
    if command.outcome == "no_further_action":
        return Step((done, propose(act, command.reason)), move, reason=command.reason)
    return Step((done,), move, reason=command.reason)


def start_plan(act: Act, command: commands.StartPlan) -> Step:
    """What the plan covers, what it wants to see, and by when. One plan at a time."""
    which = "child_protection" if act.standing.state is State.CHILD_PROTECTION else "child_in_need"
    if act.case.plan is not None:
        raise BadCommandError(
            f"A {act.case.plan.get('which').replace('_', ' ')} plan is already running.", "One plan runs at a time."
        )
    outcomes = [{"id": name, "owner": act.actor.id, "due": command.due.isoformat()} for name in command.outcomes]
    contingencies = [{"when": when, "then": list(then)} for when, then in command.contingencies.items()]
    plan = act.event(
        Kind.PLAN, which=which, status="started", covers=command.covers, outcomes=outcomes, contingencies=contingencies
    )
    return Step((plan,))


def change_plan(act: Act, command: commands.ChangePlan) -> Step:
    """The plan that runs covers something else from now on; its outcomes stand."""
    plan = act.case.plan
    if plan is None:
        raise BadCommandError("No plan is running.", "`start-plan` starts one.")
    contingencies = [{"when": when, "then": list(then)} for when, then in command.contingencies.items()]
    changed = act.event(
        Kind.PLAN, which=plan.get("which"), status="changed", covers=command.covers, contingencies=contingencies,
        words=command.reason,
    )  # fmt: skip
    return Step((changed,), reason=command.reason)


def claimed(command: commands.RecordVisit | commands.RecordAppointment) -> dict[str, object] | None:
    """Return what a family says in the record's own form, or None where it said nothing of the kind."""
    return {"what": command.claim, "verified": command.verified} if command.claim else None


def hold_meeting(act: Act, command: commands.HoldMeeting) -> Step:
    """A core group, a review or another meeting, and who was there."""
    act.known(*command.attended, *command.invited)
    event = act.event(
        Kind.MEETING,
        which=command.which,
        status="held",
        invited=list(command.invited) or None,
        attended=list(command.attended),
        decided=command.decided,
        minutes_sent=command.minutes_sent,
    )
    return Step((event,))


def _contradicted(command: commands.RecordVisit) -> None:
    """Refuse a visit that saw what it cannot have seen: a child at the door perhaps, but no home that nobody let it into."""
    if command.access == "granted":
        return
    inside = command.child_seen_alone or command.sleep_space_seen or command.conditions is not None
    if command.access == "no_reply" and (command.child_seen or inside):
        raise BadCommandError(
            "Nobody opened, so neither the child nor the home was seen.",
            "Leave out what was seen, or say access=denied (seen at the door) or access=granted (let in).",
        )
    if inside:
        raise BadCommandError(
            "Nobody was let in, so neither the child alone nor the home was seen.",
            "Say child_seen=true for a child at the door, or access=granted if somebody was let in.",
        )


def record_visit(act: Act, command: commands.RecordVisit) -> Step:
    """A visit to the home: who let whom in, and whether the child was seen."""
    _contradicted(command)
    act.known(*command.joint)
    joint: dict[str, Any] = {"with": list(command.joint)} if command.joint else {}
    event = act.event(
        Kind.VISIT,
        access=command.access,
        announced=command.announced,
        child_seen=command.child_seen,
        child_seen_alone=command.child_seen_alone,
        sleep_space_seen=command.sleep_space_seen,
        conditions=command.conditions,
        improved_by=command.improved_by,
        address=command.address,
        concerns=command.concerns,
        claim=claimed(command),
        words=command.words or None,
        **joint,
    )
    return Step((event,))


def record_outcome(act: Act, command: commands.RecordOutcome) -> Step:
    """Whether a plan outcome was met, and on what evidence."""
    plans = [event for event in act.case.of(Kind.PLAN) if event.get("status") == "started"]
    wanted = {outcome["id"] for event in plans for outcome in event.codes("outcomes")}
    if command.outcome not in wanted:
        named = ", ".join(sorted(wanted)) or "none"
        raise BadCommandError(f"The plan has no outcome called {command.outcome!r}.", f"It has: {named}.")
    event = act.event(
        Kind.OUTCOME, status=command.status, evidence=bool(command.evidence), words=command.evidence or None
    )
    return Step((_named(event, command.outcome),))


def set_condition(act: Act, command: commands.SetCondition) -> Step:
    """A condition set by a meeting, or word that it was met or missed."""
    due = command.due.isoformat() if command.due else None
    event = act.event(Kind.CONDITION, status=command.status, due=due, set_by=command.set_by)
    return Step((_named(event, command.condition),))


def _named(event: Any, name: str) -> Any:
    # An outcome or condition returns under its own name with each new status.
    return type(event)(event.at, event.kind, event.about, event.by, event.data, id=name)


def _verb(name: str, says: str, command: type[Command], step: Any, **more: Any) -> Verb:
    return Verb(name=name, stage=Stage.PLANS, says=says, command=command, step=step, **more)


VERBS: Final = (
    _verb(
        "complete-assessment",
        "Complete the assessment, as the manager who signs it.",
        commands.CompleteAssessment,
        complete_assessment,
        in_states=in_(State.ASSESSMENT),
        suppose={"outcome": "no_further_action", "reason": "...", "visits": 0},
    ),
    _verb(
        "start-plan",
        "Start the plan.",
        commands.StartPlan,
        start_plan,
        in_states=in_(State.CHILD_PROTECTION, State.CHILD_IN_NEED),
    ),
    _verb("change-plan", "Change what the plan covers.", commands.ChangePlan, change_plan, in_states=_PLANS),
    _verb("hold-meeting", "Record a core group, a review or another meeting.", commands.HoldMeeting, hold_meeting),
    _verb("record-visit", "Record a visit.", commands.RecordVisit, record_visit),
    _verb(
        "record-outcome",
        "Record whether a plan outcome was met.",
        commands.RecordOutcome,
        record_outcome,
        in_states=_PLANS,
    ),
    _verb("set-condition", "Set a condition, or say that it was met or missed.", commands.SetCondition, set_condition),
)
