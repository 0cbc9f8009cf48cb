"""The states of a referral and the moves between them, and nothing else.

This class is the definition: checked when imported, drawn, documented, and the oracle of the tests. At run time the
table in `workflow.transitions`, generated from it, decides; a test proves the two equal in every case.
"""

from collections.abc import Callable

from statemachine import StateMachine
from statemachine.states import States

from models.vocabulary import State

Guard = Callable[[State | None], bool]


def came_from(place: State) -> Guard:
    """Make the guard that lets a move pass only for a referral that was put forward from `place`."""

    def guard(came_from: State | None = None) -> bool:
        return came_from is place

    guard.__name__ = f"came_from_{place}"
    return guard


class Referral(StateMachine):
    """The path of one referral, from a worried call to a signed-off closure. `closed` is final."""

    at = States.from_enum(State, initial=State.RECEIVED, final=[State.CLOSED], use_enum_instance=True)

    begin_triage = at.RECEIVED.to(at.TRIAGE)
    gather = at.TRIAGE.to(at.INFORMATION_GATHERING)
    put_for_decision = at.TRIAGE.to(at.AWAITING_DECISION) | at.INFORMATION_GATHERING.to(at.AWAITING_DECISION)

    defer = at.AWAITING_DECISION.to(at.DEFERRED)
    wake = at.DEFERRED.to(at.AWAITING_DECISION)
    divert = at.AWAITING_DECISION.to(at.EARLY_HELP_OFFERED) | at.ASSESSMENT.to(at.EARLY_HELP_OFFERED)
    assess = (
        at.AWAITING_DECISION.to(at.ASSESSMENT)
        | at.STRATEGY_DISCUSSION.to(at.ASSESSMENT)
        | at.SECTION_47.to(at.ASSESSMENT)
    )

    call_strategy = (
        at.RECEIVED.to(at.STRATEGY_DISCUSSION)
        | at.TRIAGE.to(at.STRATEGY_DISCUSSION)
        | at.INFORMATION_GATHERING.to(at.STRATEGY_DISCUSSION)
        | at.AWAITING_DECISION.to(at.STRATEGY_DISCUSSION)
        | at.DEFERRED.to(at.STRATEGY_DISCUSSION)
        | at.EARLY_HELP_OFFERED.to(at.STRATEGY_DISCUSSION)
        | at.ASSESSMENT.to(at.STRATEGY_DISCUSSION)
        | at.SECTION_47.to(at.STRATEGY_DISCUSSION)
        | at.CONFERENCE.to(at.STRATEGY_DISCUSSION)
        | at.CHILD_PROTECTION.to(at.STRATEGY_DISCUSSION)
        | at.CHILD_IN_NEED.to(at.STRATEGY_DISCUSSION)
        | at.STEP_DOWN_OFFERED.to(at.STRATEGY_DISCUSSION)
        | at.CLOSURE_PROPOSED.to(at.STRATEGY_DISCUSSION)
    )
    resume = (
        at.STRATEGY_DISCUSSION.to(at.ASSESSMENT, cond=came_from(State.ASSESSMENT))
        | at.STRATEGY_DISCUSSION.to(at.SECTION_47, cond=came_from(State.SECTION_47))
        | at.STRATEGY_DISCUSSION.to(at.CONFERENCE, cond=came_from(State.CONFERENCE))
        | at.STRATEGY_DISCUSSION.to(at.CHILD_PROTECTION, cond=came_from(State.CHILD_PROTECTION))
        | at.STRATEGY_DISCUSSION.to(at.CHILD_IN_NEED, cond=came_from(State.CHILD_IN_NEED))
    )

    open_enquiry = at.STRATEGY_DISCUSSION.to(at.SECTION_47)
    confer = at.SECTION_47.to(at.CONFERENCE)
    protect = at.CONFERENCE.to(at.CHILD_PROTECTION)
    support = (
        at.ASSESSMENT.to(at.CHILD_IN_NEED)
        | at.SECTION_47.to(at.CHILD_IN_NEED)
        | at.CONFERENCE.to(at.CHILD_IN_NEED)
        | at.CHILD_PROTECTION.to(at.CHILD_IN_NEED)
    )

    offer_step_down = at.CHILD_IN_NEED.to(at.STEP_DOWN_OFFERED)
    take_over = at.EARLY_HELP_OFFERED.to(at.CLOSURE_PROPOSED) | at.STEP_DOWN_OFFERED.to(at.CLOSURE_PROPOSED)
    decline = at.EARLY_HELP_OFFERED.to(at.AWAITING_DECISION) | at.STEP_DOWN_OFFERED.to(at.CHILD_IN_NEED)

    propose_closure = (
        at.AWAITING_DECISION.to(at.CLOSURE_PROPOSED)
        | at.STRATEGY_DISCUSSION.to(at.CLOSURE_PROPOSED)
        | at.SECTION_47.to(at.CLOSURE_PROPOSED)
        | at.CONFERENCE.to(at.CLOSURE_PROPOSED)
        | at.ASSESSMENT.to(at.CLOSURE_PROPOSED)
        | at.CHILD_IN_NEED.to(at.CLOSURE_PROPOSED)
    )
    send_back = (
        at.CLOSURE_PROPOSED.to(at.AWAITING_DECISION, cond=came_from(State.AWAITING_DECISION))
        | at.CLOSURE_PROPOSED.to(at.STRATEGY_DISCUSSION, cond=came_from(State.STRATEGY_DISCUSSION))
        | at.CLOSURE_PROPOSED.to(at.SECTION_47, cond=came_from(State.SECTION_47))
        | at.CLOSURE_PROPOSED.to(at.CONFERENCE, cond=came_from(State.CONFERENCE))
        | at.CLOSURE_PROPOSED.to(at.ASSESSMENT, cond=came_from(State.ASSESSMENT))
        | at.CLOSURE_PROPOSED.to(at.CHILD_IN_NEED, cond=came_from(State.CHILD_IN_NEED))
        | at.CLOSURE_PROPOSED.to(at.STEP_DOWN_OFFERED, cond=came_from(State.STEP_DOWN_OFFERED))
        | at.CLOSURE_PROPOSED.to(at.EARLY_HELP_OFFERED, cond=came_from(State.EARLY_HELP_OFFERED))
    )
    sign_off = at.CLOSURE_PROPOSED.to(at.CLOSED)
