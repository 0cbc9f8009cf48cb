"""What a referral waits for, in words: from whom something is due that only they can give. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, State


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that is waited for. `who` is the account it has to come from, where it is one person's."""

    says: str
    who: str | None = None


def waits_for(case: Case, state: State) -> tuple[Waiting, ...]:
    """List what is outstanding, the ordinary next step last."""
    if state is State.CLOSED:
        return ()
    found = [*_answers(case), *_second_person(case), *_challenges(case)]
    if state in _BY_STATE:
        found += _BY_STATE[state](case)
    return tuple(found) or (Waiting(NEXT[state]),)


def _answers(case: Case) -> Iterator[Waiting]:
    asked: dict[str, Event] = {}
    for event in case.now_of(Kind.CHECK):
        agency = str(event.get("agency"))
        if event.get("status") == "asked":
            asked[agency] = event
        else:
            asked.pop(agency, None)
    for agency, event in asked.items():
        yield Waiting(f"what {agency} knows", event.get("of"))


def _second_person(case: Case) -> Iterator[Waiting]:
    proposed = case.now_of(Kind.GRADE_PROPOSED)
    if proposed and not case.since(proposed[-1], Kind.GRADE):
        yield Waiting(f"a second person's agreement to grade it {proposed[-1].get('grade')}")


def _challenges(case: Case) -> Iterator[Waiting]:
    for raised in case.open_challenges:
        yield Waiting(f"the challenge to the {str(raised.get('with')).replace('_', ' ')} to be settled")


def _meeting(case: Case) -> list[Waiting]:
    held = [Waiting("the strategy discussion to be held and its outcome recorded")]
    calls = [event for event in case.of(Kind.STRATEGY_DISCUSSION) if event.get("requested") and not event.get("moved")]
    if not calls:
        return held
    written = {event.by for event in case.since(calls[-1], Kind.ACCOUNT)}
    excused = {event.get("who") for event in case.since(calls[-1], Kind.EXCUSED)}
    out = [who for who in case.referrers if who not in written | excused]
    return [*(Waiting(f"{who}, who referred, to attend, write or be excused", who) for who in out), *held]


def _handshake(case: Case) -> list[Waiting]:
    answers = [event for event in case.now_of(Kind.EARLY_HELP) if event.get("status") != "declined"]
    since = max((at for at, event in enumerate(answers) if event.get("status") == "requested"), default=0)
    said = answers[since:]
    if not any(event.get("status") == "accepted" for event in said):
        return [Waiting("early help to accept or decline")]
    if not any(event.get("consent") == "given" for event in said):
        return [Waiting("the family's consent to early help")]
    return [Waiting("early help's first contact with the family")]


def _plan(case: Case) -> list[Waiting]:
    if case.plan is None:
        return [Waiting("the plan to be started, with what it covers and by when")]
    return [Waiting(NEXT[State.CHILD_IN_NEED])]


def _views(case: Case) -> list[Waiting]:
    missing = [Waiting(f"the view of {who.id}", who.id) for who in case.views_due if who.id not in case.views]
    return missing or [Waiting("a manager who neither wrote nor holds it to sign it off")]


_BY_STATE: Final[Mapping[State, Callable[[Case], list[Waiting]]]] = {
    State.STRATEGY_DISCUSSION: _meeting,
    State.EARLY_HELP_OFFERED: _handshake,
    State.STEP_DOWN_OFFERED: _handshake,
    State.CLOSURE_PROPOSED: _views,
    State.CHILD_IN_NEED: _plan,
}
NEXT: Final[Mapping[State, str]] = {
    State.RECEIVED: "a triage worker to take it on",
    State.TRIAGE: "checks with the agencies, and to be put before a manager",
    State.INFORMATION_GATHERING: "to be put before a manager",
    State.AWAITING_DECISION: "a manager's decision",
    State.DEFERRED: "the day to which the decision was deferred",
    State.ASSESSMENT: "the assessment to be completed and signed by a manager",
    State.SECTION_47: "the outcome of the enquiry",
    State.CONFERENCE: "the conference to be held",
    State.CHILD_PROTECTION: "the plan's outcomes, or the review that changes it",
    State.CHILD_IN_NEED: "the plan's outcomes to be met, with evidence",
    State.STRATEGY_DISCUSSION: "the strategy discussion to be held",
    State.EARLY_HELP_OFFERED: "early help's answer",
    State.STEP_DOWN_OFFERED: "early help's answer",
    State.CLOSURE_PROPOSED: "the sign-off",
}
"""The ordinary next step of every open state."""
