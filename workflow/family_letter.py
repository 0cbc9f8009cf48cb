"""What may be written to a family, and where a letter is held back because it could put somebody in danger. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Factor, Kind, State
from workflow.seen import Folk


class Sort(StrEnum):
    """The letters there are, each for a turn of the case."""

    DECIDED = "decided"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    CLOSED = "closed"


_UNSAFE_CONCERNS: Final = {
    Concern.DOMESTIC_ABUSE: "domestic abuse is among the worries: whoever opens the letter may be whoever hurts",
    Concern.SEXUAL_ABUSE: "sexual abuse is among the worries: a letter could silence the child",
    Concern.PHYSICAL_ABUSE: "physical abuse is among the worries: a letter could put the child in danger",
    Concern.UNEXPLAINED_INJURY: "an injury is not explained: a letter could put the child or an enquiry in danger",
    Concern.EXPLOITATION: "exploitation is among the worries: a letter could put the child in danger",
    Concern.CHILD_DISCLOSURE: "the child has told somebody: a letter could put the child in danger",
}
"""Worries of which a family is not told by post, with the reason. They are told by somebody who has thought it through."""
_UNSAFE_STATES: Final = frozenset({State.STRATEGY_DISCUSSION, State.SECTION_47})
_PARENTS: Final = frozenset({"mother", "father", "parent", "carer", "grandparent"})
_SETTLED: Final = frozenset({"not_found"})


@dataclass(frozen=True, slots=True)
class FamilyLetter:
    """One letter as it could be sent, or why it is held back. `address` is None where it must stay out of the text."""

    sort: Sort
    to: tuple[str, ...]
    child: str
    address: str | None
    held_back: tuple[str, ...]
    decided: Event | None = None
    outcomes: tuple[str, ...] = ()


def sorts(case: Case, state: State) -> tuple[Sort, ...]:
    """Return the letters that fit where a case stands."""
    found = []
    if case.now_of(Kind.DECISION):
        found.append(Sort.DECIDED)
    if state is State.ASSESSMENT:
        found.append(Sort.ASSESSMENT)
    if case.plan is not None and state is not State.CLOSED:
        found.append(Sort.PLAN)
    if state is State.CLOSED:
        found.append(Sort.CLOSED)
    return tuple(found)


def family_letter(case: Case, state: State, sort: Sort, folk: tuple[Folk, ...]) -> FamilyLetter:
    """Write down what a letter would say, and everything that speaks against sending it."""
    child = next(one for one in folk if one.id == case.child_id)
    carers = {link.one for link in case.family.links if link.other == case.child_id and link.relation in _PARENTS}
    decisions = case.now_of(Kind.DECISION)
    plan = case.plan
    return FamilyLetter(
        sort=sort,
        to=tuple(one.name for one in folk if one.id in carers),
        child=child.name,
        address=child.address if child.address and all(one.safe_address for one in folk) else None,
        held_back=held_back(case, state, folk),
        decided=decisions[-1] if decisions else None,
        outcomes=tuple(str(one.get("id", "")) for one in (plan.get("outcomes") or ())) if plan else (),
    )


def held_back(case: Case, state: State, folk: tuple[Folk, ...]) -> tuple[str, ...]:
    """Return why a letter is not sent by post, each reason in a sentence. Empty: it may be sent."""
    found = [_UNSAFE_CONCERNS[concern] for concern in _open_concerns(case) if concern in _UNSAFE_CONCERNS]
    if state in _UNSAFE_STATES:
        found.append("a strategy discussion or an enquiry is under way, and decides who is told what and when")
    if any(Factor.DOMESTIC_ABUSE in one.factors for one in folk):
        found.append("domestic abuse is known of somebody in the family")
    if any(not one.safe_address for one in folk):
        found.append("an address in this family must not be written down in anything that leaves the hub")
    return tuple(dict.fromkeys(found))


def _open_concerns(case: Case) -> list[Concern]:
    """Return the worries of this episode that nobody has found to be unfounded."""
    raised = [code for event in case.now_of(Kind.CONTACT, Kind.CONCERN) for code in event.codes("concerns")]
    settled: set[str] = set()
    for event in case.now_of(Kind.DECISION):
        answers = event.get("answers") or {}
        settled |= {code for code, answer in answers.items() if answer in _SETTLED}
    known = set(Concern)
    return [Concern(code) for code in dict.fromkeys(raised) if code not in settled and code in known]
