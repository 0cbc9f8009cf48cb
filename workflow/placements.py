"""Where a child goes to live, with whom, and what was found out and decided first. Pure readings of the record."""

from typing import Final

from models.events import Event
from models.facts import Case, Practitioner, participants
from models.vocabulary import HEALTH, AgencyKind, Concern, Kind, PractitionerKind
from workflow.questions import INJURY, held, known
from workflow.rule import Terms

HARM: Final = INJURY | {Concern.SEXUAL_ABUSE, Concern.EMOTIONAL_ABUSE, Concern.CHILD_DISCLOSURE}
_REMOVES: Final = frozenset({"police_protection", "emergency_protection", "interim_care", "care"})
_DECIDES: Final = frozenset(
    {Kind.MEETING, Kind.CONFERENCE, Kind.STRATEGY_DISCUSSION, Kind.ASSESSMENT, Kind.SECTION47_OUTCOME}
)
_PLANS: Final = frozenset({Kind.PLAN, Kind.SAFETY_PLAN, Kind.AGREEMENT, Kind.CONDITION})
_SETTLES: Final = frozenset({"supervision", "child_arrangements", "special_guardianship"})
_HURTS: Final = frozenset({"unexplained", "inconclusive", "non_accidental"})
_VOICES: Final = frozenset({Kind.SPOKE_TO, Kind.CHECK, Kind.VIEW, Kind.ACCOUNT})


def hurt(case: Case) -> Event | None:
    """Return the first sign, in the chapter now open, that somebody at home harms the child, unless it was explained."""
    first: Event | None = None
    for event in case.chapter:
        if not known(event):
            continue
        if event.kind is Kind.MEDICAL and event.get("finding") == "explained":
            first = None
        removed = event.kind is Kind.ORDER and event.get("what") in _REMOVES and event.get("status") == "made"
        told = bool(event.get("injury")) or not HARM.isdisjoint(event.codes("concerns"))
        if removed or told or (event.kind is Kind.MEDICAL and event.get("finding") in _HURTS):
            first = first or event
    return first


def court_returned(event: Event) -> bool:
    """Tell whether a court ended what kept the child away, or settled where it lives."""
    ends = event.get("status") == "ended" and event.get("what") in _REMOVES - {"police_protection"}
    return event.kind is Kind.ORDER and (ends or (event.get("status") == "made" and event.get("what") in _SETTLES))


def court_placed(event: Event) -> bool:
    """Tell whether a court put the child in somebody's care."""
    orders = _SETTLES | {"interim_care", "care"}
    return event.kind is Kind.ORDER and event.get("status") == "made" and event.get("what") in orders


def emergency(event: Event) -> bool:
    """Tell whether the police or a court took the child out of the home at once."""
    powers = {"police_protection", "emergency_protection"}
    return event.kind is Kind.ORDER and event.get("status") == "made" and event.get("what") in powers


def senior(case: Case, event: Event, terms: Terms) -> bool:
    """Tell whether somebody above a team's own manager had a part in a decision."""
    roles = terms.policy.words("return_home.deciders")
    given = (event.get("manager"), event.get("second_signature"), *participants(event))
    return decides(event) and any(_kind(case, who) in roles for who in given if who)


def decides(event: Event) -> bool:
    """Tell whether something was decided in this event: in a meeting that was held, an assessment, an enquiry's end."""
    if event.kind is Kind.STRATEGY_DISCUSSION:
        return held(event)
    if event.kind is Kind.MEETING:
        return bool(event.get("status", "held") == "held")
    return event.kind in _DECIDES or (event.kind is Kind.DECISION and bool(event.get("manager")))


def managed(case: Case, event: Event) -> bool:
    """Tell whether a manager had a part in a decision, or gave the home to somebody to assess, or a court made it."""
    if event.kind is Kind.ORDER:
        return court_placed(event)
    managers = {PractitionerKind.TEAM_MANAGER, PractitionerKind.MASH_MANAGER, PractitionerKind.HEAD_OF_SERVICE}
    managers |= {PractitionerKind.CONFERENCE_CHAIR, PractitionerKind.LAWYER}
    given = (event.get("manager"), *participants(event))
    begins = event.kind in {Kind.ALLOCATED, Kind.SAFETY_PLAN} and event.get("status") != "ended"
    return (decides(event) or begins) and any(_kind(case, who) in managers for who in given if who)


def spoke(case: Case, event: Event) -> set[str]:
    """Name the sides heard in an event: the police, health, whoever cares for the child."""
    if event.kind is Kind.CHECK:
        agencies = {who.agency.id: who.agency.kind for who in case.family.practitioners.values() if who.agency}
        agencies |= {agency.id: agency.kind for agency in case.family.agencies.values()}
        return _side(agencies.get(event.get("agency"))) if event.get("status") == "replied" else set()
    if event.kind not in _DECIDES and event.kind not in _VOICES:
        return set()
    there = [*participants(event), *event.codes("accounts"), *(event.get("views") or {})]
    if event.kind is Kind.SPOKE_TO and event.get("done") is not False:
        there.append(event.get("person"))
    sides: set[str] = set()
    for who in there:
        found = case.family.practitioners.get(who)
        sides |= _side(found.agency.kind) if found is not None and found.agency is not None else set()
        sides |= {"the carer"} if _cares(case, who, found) else set()
    return sides


def _side(kind: AgencyKind | None) -> set[str]:
    return {"the police"} if kind is AgencyKind.POLICE else {"health"} if kind in HEALTH else set()


def _cares(case: Case, who: str, found: Practitioner | None) -> bool:
    fosters = found is not None and found.kind in {PractitionerKind.FOSTER_CARER, PractitionerKind.RELATIVE}
    agency = found.agency.kind if found is not None and found.agency is not None else None
    return fosters or agency is AgencyKind.FOSTERING or who in {carer for _, carer in carers(case)}


def carers(case: Case) -> list[tuple[Event, str]]:
    """Return with whom the child was placed, newest last."""
    return [
        (event, str(event.get("with")))
        for event in case.of(Kind.HOUSEHOLD)
        if event.get("what") == "placed" and event.get("with") and event.get("person") in {None, case.child_id}
    ]


def plans(event: Event) -> bool:
    """Tell whether an event lays down how the child will be seen and kept safe."""
    return event.kind in _PLANS and event.get("status") not in {"ended", "breached", "missed"}


def _kind(case: Case, who: str) -> str | None:
    found = case.family.practitioners.get(who)
    return found.kind if found is not None else None
