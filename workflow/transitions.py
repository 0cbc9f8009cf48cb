"""GENERATED from `workflow.machine` by `python -m workflow.compiled`. What decides at run time: a dictionary.

The value is where the move leads, or for a guarded move the places it may lead back to: the one it came from.
"""

from typing import Final

from models.vocabulary import State

MOVES: Final[dict[tuple[State, str], State | frozenset[State]]] = {
    (State.RECEIVED, "begin_triage"): State.TRIAGE,
    (State.RECEIVED, "call_strategy"): State.STRATEGY_DISCUSSION,
    (State.TRIAGE, "call_strategy"): State.STRATEGY_DISCUSSION,
    (State.TRIAGE, "gather"): State.INFORMATION_GATHERING,
    (State.TRIAGE, "put_for_decision"): State.AWAITING_DECISION,
    (State.INFORMATION_GATHERING, "call_strategy"): State.STRATEGY_DISCUSSION,
    (State.INFORMATION_GATHERING, "put_for_decision"): State.AWAITING_DECISION,
    (State.AWAITING_DECISION, "assess"): State.ASSESSMENT,
    (State.AWAITING_DECISION, "call_strategy"): State.STRATEGY_DISCUSSION,
    (State.AWAITING_DECISION, "defer"): State.DEFERRED,
    (State.AWAITING_DECISION, "divert"): State.EARLY_HELP_OFFERED,
    (State.AWAITING_DECISION, "propose_closure"): State.CLOSURE_PROPOSED,
    (State.DEFERRED, "call_strategy"): State.STRATEGY_DISCUSSION,
    (State.DEFERRED, "wake"): State.AWAITING_DECISION,
    (State.EARLY_HELP_OFFERED, "call_strategy"): State.STRATEGY_DISCUSSION,
    (State.EARLY_HELP_OFFERED, "decline"): State.AWAITING_DECISION,
    (State.EARLY_HELP_OFFERED, "take_over"): State.CLOSURE_PROPOSED,
    (State.ASSESSMENT, "call_strategy"): State.STRATEGY_DISCUSSION,
    (State.ASSESSMENT, "divert"): State.EARLY_HELP_OFFERED,
    (State.ASSESSMENT, "propose_closure"): State.CLOSURE_PROPOSED,
    (State.ASSESSMENT, "support"): State.CHILD_IN_NEED,
    (State.STRATEGY_DISCUSSION, "assess"): State.ASSESSMENT,
    (State.STRATEGY_DISCUSSION, "open_enquiry"): State.SECTION_47,
    (State.STRATEGY_DISCUSSION, "propose_closure"): State.CLOSURE_PROPOSED,
    (State.STRATEGY_DISCUSSION, "resume"): frozenset(
        {State.ASSESSMENT, State.SECTION_47, State.CONFERENCE, State.CHILD_PROTECTION, State.CHILD_IN_NEED}
    ),
    (State.SECTION_47, "assess"): State.ASSESSMENT,
    (State.SECTION_47, "call_strategy"): State.STRATEGY_DISCUSSION,
    (State.SECTION_47, "confer"): State.CONFERENCE,
    (State.SECTION_47, "propose_closure"): State.CLOSURE_PROPOSED,
    (State.SECTION_47, "support"): State.CHILD_IN_NEED,
    (State.CONFERENCE, "call_strategy"): State.STRATEGY_DISCUSSION,
    (State.CONFERENCE, "propose_closure"): State.CLOSURE_PROPOSED,
    (State.CONFERENCE, "protect"): State.CHILD_PROTECTION,
    (State.CONFERENCE, "support"): State.CHILD_IN_NEED,
    (State.CHILD_PROTECTION, "call_strategy"): State.STRATEGY_DISCUSSION,
    (State.CHILD_PROTECTION, "support"): State.CHILD_IN_NEED,
    (State.CHILD_IN_NEED, "call_strategy"): State.STRATEGY_DISCUSSION,
    (State.CHILD_IN_NEED, "offer_step_down"): State.STEP_DOWN_OFFERED,
    (State.CHILD_IN_NEED, "propose_closure"): State.CLOSURE_PROPOSED,
    (State.STEP_DOWN_OFFERED, "call_strategy"): State.STRATEGY_DISCUSSION,
    (State.STEP_DOWN_OFFERED, "decline"): State.CHILD_IN_NEED,
    (State.STEP_DOWN_OFFERED, "take_over"): State.CLOSURE_PROPOSED,
    (State.CLOSURE_PROPOSED, "call_strategy"): State.STRATEGY_DISCUSSION,
    (State.CLOSURE_PROPOSED, "send_back"): frozenset(
        {
            State.AWAITING_DECISION,
            State.EARLY_HELP_OFFERED,
            State.ASSESSMENT,
            State.STRATEGY_DISCUSSION,
            State.SECTION_47,
            State.CONFERENCE,
            State.CHILD_IN_NEED,
            State.STEP_DOWN_OFFERED,
        }
    ),
    (State.CLOSURE_PROPOSED, "sign_off"): State.CLOSED,
}
