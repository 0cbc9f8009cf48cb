"""What an agency reads of a referral: every state has words, and none of them are the hub's own."""

import pytest

from models.vocabulary import State
from workflow import rulebook
from workflow.access import TELLS_AN_OUTCOME
from workflow.agency_words import DECIDED, NEXT, WHERE, became, steps

S = State
FRONT = (S.RECEIVED, S.TRIAGE, S.INFORMATION_GATHERING, S.AWAITING_DECISION)
CODES = ("section 47", "cin", "nfa", "rag", "triage")


@pytest.mark.parametrize("state", State)
def test_every_state_is_said_in_words_without_a_code(state: State) -> None:
    said = f"{WHERE[state]} {NEXT[state][0] if state in NEXT else ''}".lower()
    assert not [code for code in CODES if code in said.split()]


def test_every_clock_that_is_promised_exists_and_the_one_of_the_colour_is_not_among_them() -> None:
    promised = {rule for _, rules in NEXT.values() for rule in rules}
    assert promised <= {clock.id for clock in rulebook.CLOCKS}
    assert "rag-clock" not in promised


def test_every_outcome_that_an_agency_is_told_has_words() -> None:
    assert set(DECIDED) == TELLS_AN_OUTCOME


@pytest.mark.parametrize(
    ("state", "passed", "expected"),
    [
        (S.RECEIVED, FRONT[:1], "Contact: not decided yet"),
        (S.DEFERRED, (*FRONT, S.DEFERRED), "Contact: not decided yet"),
        (S.ASSESSMENT, (*FRONT, S.ASSESSMENT), "Referral: social care took it up"),
        (S.CLOSED, (*FRONT, S.ASSESSMENT, S.CLOSURE_PROPOSED, S.CLOSED), "Referral: social care took it up"),
        (S.STRATEGY_DISCUSSION, (*FRONT, S.STRATEGY_DISCUSSION), "Referral: social care took it up"),
        (S.EARLY_HELP_OFFERED, (*FRONT, S.EARLY_HELP_OFFERED), "Contact: passed on to early help"),
        (S.AWAITING_DECISION, (*FRONT, S.EARLY_HELP_OFFERED), "Contact: not decided yet"),
        (S.CLOSURE_PROPOSED, (*FRONT, S.CLOSURE_PROPOSED), "Contact: social care did not take it up"),
        (S.CLOSED, (*FRONT, S.CLOSURE_PROPOSED, S.CLOSED), "Contact: social care did not take it up"),
    ],
    ids=str,
)
def test_it_says_whether_it_is_a_contact_or_a_referral(state: State, passed: tuple[State, ...], expected: str) -> None:
    assert became(state, frozenset(passed)) == expected


@pytest.mark.parametrize("state", State)
def test_one_step_is_the_one_it_stands_at_until_the_work_has_ended(state: State) -> None:
    way = steps(state, frozenset({*FRONT, state}))

    here = [step for step in way if step.where == "here"]
    assert len(here) == (0 if state is State.CLOSED else 1)
    assert [step.where for step in way] == sorted((step.where for step in way), key=["passed", "here", "ahead"].index)
    assert way[-1].says == "The work ends"
