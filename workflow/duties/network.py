"""Duties of the network: whoever works with the child learns what happens, and no gap opens between workers."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case, participants
from models.vocabulary import Kind, Role, Stage
from workflow.casework import agency_of, outside, recently, worked
from workflow.contingency import met_by
from workflow.engagement import failed
from workflow.questions import known, listed, mark
from workflow.rule import Duty, Ought, Terms
from workflow.sightings import seen_since, sees

_STRONGER: Final = frozenset(
    {Kind.POLICE_CHECK, Kind.STRATEGY_DISCUSSION, Kind.CONTINGENCY_USED, Kind.LEGAL_ADVICE, Kind.DECISION, Kind.MEETING}
)


def key_events(case: Case) -> Iterator[Event]:
    """Yield what everybody at work with the child has to know: a medical, a pregnancy, a new worker."""
    for event in case.now_of(Kind.MEDICAL, Kind.HOUSEHOLD, Kind.ALLOCATED):
        medical = event.kind is Kind.MEDICAL and event.get("what") == "child_protection_medical"
        pregnancy = event.kind is Kind.HOUSEHOLD and event.get("what") == "pregnancy_known" and known(event)
        if medical or pregnancy or (event.kind is Kind.ALLOCATED and event.get("to")):
            yield event


def knew(case: Case, event: Event) -> set[str]:
    """Return whom a story shows to have known of a medical: they talked about it before, were there, or heard after."""
    visits = [one for one in case.chapter if one.kind is Kind.VISIT and (one.at, one.index) < (event.at, event.index)]
    voices = {who for one in (event, *visits[-1:]) for who in participants(one)}
    for other in case.chapter:
        if other.kind in {Kind.STRATEGY_DISCUSSION, Kind.MEETING, Kind.CONFERENCE}:
            voices.update((*other.codes("attended"), *other.codes("invited"), *other.codes("accounts")))
        elif (other.at, other.index) > (event.at, event.index):
            voices.update((*participants(other), *(other.get("views") or {}), other.get("person") or ""))
            voices.update(other.codes("shared_with"))
    return voices


def network_told(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Live everybody is told at once; a story shows of a medical alone that somebody never heard of it."""
    people = outside(case)
    for event in key_events(case):
        if case.family.live:
            others = tuple(who.id for who in people if who.id != event.by)
            if others:
                says = "Something has changed for a child you work with."
                yield Ought(f"network:{mark(event)}", says, "network", to=others)
            continue
        if event.kind is not Kind.MEDICAL:
            continue
        agencies = {agency_of(case, who) for who in knew(case, event)}
        lately = set(worked(case, recently(terms, "agencies_meet", event.at))) - agencies
        missing = [who.id for who in people if who.agency is not None and who.agency.id in lately]
        if missing:
            due = terms.due(event.at, "network_told")
            says = f"Tell everybody at work with the child of the medical: {listed(missing)}."
            yield Ought(
                f"network:{mark(event)}", says, "network", tuple(missing), due=due, act_by=due, loose=event.loose
            )


NETWORK: Final = Duty(
    id="notify-active-network",
    stage=Stage.PLANS,
    says="Everybody at work with the child is told of a medical, a pregnancy and a new worker.",
    source="SCR Matt 5.24, 6.1.24, 6.5.2",
    mend="the engine, by itself",
    judge=network_told,
)


def shut_out(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Counted for each agency, since another agency's easy access says nothing of this one's closed door."""
    if not case.is_open:
        return
    enough = terms.policy.number("repeated_no_access.calls")
    tried: dict[str, list[Event]] = {}
    for event in case.now_of(Kind.VISIT):
        agency = agency_of(case, event.by) or "social care"
        if not failed(event):
            tried.pop(agency, None)
            continue
        calls = [one for one in tried.get(agency, ()) if terms.due(one.at, "repeated_no_access.window") >= event.at]
        tried[agency] = [*calls, event]
        if sum(one.times for one in tried[agency]) < enough:
            continue
        tried[agency] = []
        vain = asked_in_vain(case, event)
        due = terms.due(event.at, "access_denied" if vain else "repeated_no_access.answer")
        if event.get("access") == "denied" or met_by(case, event, terms) or looked_into(case, event, due, vain=vain):
            continue  # A refusal at the door, and what a plan has laid down, have rules of their own.
        says = "Decide today whether the police are asked to see the child: call after call was not answered."
        if vain:
            says = "Decide today how the child is to be seen: the police were asked, and still nobody has seen it."
        yield Ought(
            key=f"no-access:{mark(event)}",
            says=says,
            template="task",
            to_role=Role.TEAM_MANAGER,
            task=True,
            due=due,
            act_by=due,
            loose=event.loose,
        )


def asked_in_vain(case: Case, event: Event) -> bool:
    """Tell whether the police had been asked to see the child before a call, and had neither come nor said no."""
    asked = False
    for one in case.episode:
        if one is event:
            break
        if one.kind is Kind.POLICE_CHECK:
            asked = one.get("status") in {"requested", "accepted"}
        elif sees(case, one):
            asked = False
    return asked


def looked_into(case: Case, event: Event, by: datetime, *, vain: bool) -> bool:
    """Tell whether somebody decided what to do about a door that stays shut, or the child was seen in time.

    Where the police were asked before in vain, to ask them once more decides nothing.
    """
    steps = case.since(event, *_STRONGER)
    if vain:
        steps = [one for one in steps if one.kind is not Kind.POLICE_CHECK or one.get("status") != "requested"]
    return bool(steps) or seen_since(case, event, by)


NO_ACCESS: Final = Duty(
    id="repeated-no-access",
    stage=Stage.PLANS,
    says="A second call that nobody answers within two weeks goes to a manager, though others are let in.",
    source="SCR Matt 5.7, 5.43, 6.1.33",
    mend="the manager, with `record-police-check`, `call-strategy` or `hold-meeting`",
    judge=shut_out,
)
DUTIES: Final[tuple[Duty, ...]] = (NETWORK, NO_ACCESS)
