"""Gates of the closure, third part: nothing the case still owes, and the child seen by those who close."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Kind, Stage
from workflow.engagement import keeps_away
from workflow.loose_ends import broken_agreement, not_brought, open_questions, unfinished, without_gp
from workflow.own_visits import seen_by_others, seen_by_the_service, taken_on
from workflow.questions import AVOIDING, OPENS_NOTHING, contacts_for, known, listed, unborn, younger
from workflow.reckoned import often_enough
from workflow.rule import Finding, Gate, Terms

_CLOSURE: Final = frozenset({Kind.CLOSURE})
_NOT_OURS_ANY_MORE: Final = frozenset({"died", "moved_away"})
_OUT_OF_VIEW: Final = AVOIDING | {Concern.OUT_OF_SIGHT}


def nothing_owed(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """What no other gate of the closure asks for, said in one breath."""
    if event.get("reason_code") in _NOT_OURS_ANY_MORE:
        return
    owed: list[str] = []
    questions = open_questions(case)
    if questions:
        owed.append(f"nobody has found out about {listed(questions)}")
    if without_gp(case) and not unborn(case, event.at) and not younger(case, event.at, "gp_registration_due", terms):
        owed.append("the child has no GP")
    missed = not_brought(case)
    if missed:
        what = dict.fromkeys(str(one.get("what")) for one in missed)
        owed.append(f"the child was not brought and is still to be seen ({listed(what)})")
    if broken_agreement(case) is not None:
        owed.append("a written agreement was broken and nothing followed")
    if keeps_away(case, terms, event.at):
        owed.append("the family has kept away from most visits of late")
    if unfinished(case) is not None:
        owed.append("an enquiry or assessment was begun and not ended")
    if owed:
        says = "; ".join(owed)
        yield Finding(
            f"{says[0].upper()}{says[1:]}.", silent=len(owed) == 1 and bool(unfinished(case)), loose=event.loose
        )


BLOCKERS: Final = Gate(
    id="closure-blockers",
    stage=Stage.CLOSURE,
    says="A case is not closed while a concern is unresolved or something it was open for is still owed to the child.",
    source="SCR Matt 5.13, 6.1.19",
    mend="a manager, with `return-closure`; then the worker, with `record-appointment` or `record-household`, or the "
    "manager, with `complete-assessment` or `decide` and answers=CONCERN:not_found",
    on=_CLOSURE,
    judge=nothing_owed,
)


def seen_by_who_closes(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """A case that social care took on is closed by people who have lately seen the child themselves."""
    if event.get("reason_code") in _NOT_OURS_ANY_MORE or not taken_on(case):
        return
    lately = [one for one in case.chapter if terms.due(one.at, "closure.own_visit") >= event.at]
    if any(seen_by_the_service(case, one) for one in lately):
        return
    others = any(seen_by_others(case, one) for one in lately)
    instead = "; what others saw does not stand in its place" if others else ""
    span = terms.span("closure.own_visit")
    seen = [one for one in case.chapter if seen_by_the_service(case, one)]
    reckoned = often_enough(seen[-1:] or case.chapter, 0, 1, "further sightings by social care")
    says = f"Social care has not seen the child in the last {span}{instead}."
    yield Finding(says, silent=True, loose=event.loose, reckoned=reckoned)


OWN_VISIT: Final = Gate(
    id="closure-needs-own-visit",
    stage=Stage.CLOSURE,
    says="A case is closed only when the service that closes it has lately seen the child itself.",
    source="SCR Matt 5.35, 6.1.30, 6.6.1",
    mend="the worker, with `record-visit` and child_seen=true",
    on=_CLOSURE,
    judge=seen_by_who_closes,
)


def _worrying(case: Case, event: Event) -> bool:
    """Tell whether somebody was worried about the child in this chapter, and it is a child that can be seen.

    Asked of stories: in the live record a visit of which nothing more is said has not seen the child.
    """
    if case.family.live:
        return False
    return not unborn(case, event.at) and any(one.codes("concerns") and known(one) for one in case.chapter)


def more_than_a_glimpse(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Where the worry is that nobody gets to see the child, one look by one other agency does not end it.

    Nor does a look at the door, past somebody who lets nobody in, or a visit at which the child was not shown.
    """
    if event.kind is Kind.POLICE_CHECK:
        if event.get("status") == "attended" and event.get("child_seen") is False and not case.family.live:
            yield Finding("The police went to see the child, and did not see it.", loose=event.loose, light=True)
        return
    if event.kind is Kind.VISIT:
        if event.get("access") == "denied" and event.get("child_seen"):
            yield Finding("The child was seen at the door only, and nobody was let in.", loose=event.loose, light=True)
        elif event.get("access") == "granted" and event.get("child_seen") is False and _worrying(case, event):
            yield Finding("The visitor was let in, and did not see the child.", loose=event.loose, light=True)
        return
    if event.get("outcome") not in OPENS_NOTHING:
        return
    worries = [one for one in contacts_for(case, event) if not _OUT_OF_VIEW.isdisjoint(one.codes("concerns"))]
    if not worries:
        return
    since = case.since(worries[0])
    lookers = {one.by for one in since if seen_by_others(case, one)}
    told = {one.get("agency") for one in since if one.kind is Kind.CHECK and one.get("status") == "replied"}
    if len(lookers) == 1 and len(told) <= 1 and not any(seen_by_the_service(case, one) for one in since):
        says = "It rests on one look at the child by another agency; social care has not been there."
        yield Finding(says, tuple(who for who in lookers if who), loose=event.loose)


SNAPSHOT: Final = Gate(
    id="snapshot-is-not-assessment",
    stage=Stage.CLOSURE,
    says="One calm look, by another agency or at the door, does not answer a worry about a child nobody gets to see.",
    source="SCR Matt 5.33, 6.1.29, 6.1.30",
    mend="the worker, with `record-visit`; the manager, with `decide` and outcome=assessment",
    on=frozenset({Kind.DECISION, Kind.VISIT, Kind.POLICE_CHECK}),
    judge=more_than_a_glimpse,
)

GATES: Final[tuple[Gate, ...]] = (BLOCKERS, OWN_VISIT, SNAPSHOT)
