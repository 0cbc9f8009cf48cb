"""Gates of meetings that protect: who sits in a conference, and what one agency may settle alone."""

from collections.abc import Iterator
from typing import Final

from config.policy import Effect
from models.events import Event
from models.facts import Case
from models.vocabulary import SOCIAL_CARE, AgencyKind, Concern, Kind, Stage
from workflow.assessing import by_hospital
from workflow.hurt import speaks_of_hurt
from workflow.questions import INJURY, held, known
from workflow.rule import Finding, Gate, Terms

_EXAMINED: Final = frozenset({"child_protection_medical", "clinician_report"})
_PUT_AWAY: Final = frozenset({"no_crime", "log_closed"})
_TAKEN_UP: Final = frozenset({"crime_recorded", "no_charge"})
_OFFENCE: Final = INJURY | {Concern.SEXUAL_ABUSE}


def quorum_of(case: Case, event: Event) -> tuple[bool, set[str]]:
    """Return whether social care sat in a conference, and the agencies outside it that did or wrote."""
    people = case.family.practitioners
    there = [people[who] for who in (*event.codes("attended"), *event.codes("accounts")) if who in people]
    agencies = {who.agency for who in there if who.agency is not None}
    ours = any(agency.kind in SOCIAL_CARE for agency in agencies)
    return ours, {agency.id for agency in agencies if agency.kind not in SOCIAL_CARE}


def conference_quorate(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Social care and two others; where a child was hurt, whoever examined it, or the report.

    A source that leaves much out and names nobody says nothing of who was there.
    """
    if case.family.silence_unknown and not event.codes("attended"):
        return
    ours, others = quorum_of(case, event)
    silent = case.family.silence_unknown or not event.codes("attended")
    enough = terms.policy.number("conference.agencies")
    if not ours or len(others) < enough:
        missing = "social care" if not ours else "a second agency that knows the child"
        light = ours and bool(others)
        yield Finding(f"The conference lacked {missing}.", silent=silent, loose=event.loose, light=light)
    if event.get("category") != "physical" and not any(map(speaks_of_hurt, case.chapter)):
        return
    wrote = any(
        one.kind is Kind.MEDICAL and (one.get("finding") or one.get("what") in _EXAMINED) for one in case.chapter
    )
    clinicians = {who for who in (*event.codes("attended"), *event.codes("accounts")) if by_hospital(case, who)}
    if police_enquire(case) and not police_there(case, event):
        says = "The police, who look into how the child was hurt, were neither there nor wrote."
        yield Finding(says, silent=True, loose=event.loose, light=True)
    if event.get("which", "initial") == "initial" and not wrote and not clinicians:
        yield Finding("Neither the clinician nor a medical report was there.", silent=True, loose=event.loose)


def police_enquire(case: Case) -> bool:
    """Tell whether the police began to look into it with social care, and have not said what came of it."""
    open_ = False
    for event in case.chapter:
        if held(event) and event.get("decision") == "section47_joint":
            open_ = True
        elif event.kind is Kind.AGENCY_DECISION and _police(case, event.by):
            open_ = False
    return open_


def police_there(case: Case, event: Event) -> bool:
    """Tell whether the police came, wrote, were asked, or sent their apologies."""
    names = (
        *event.codes("attended"),
        *event.codes("accounts"),
        *event.codes("invited"),
        *(event.get("apologies") or {}),
    )
    return any(_police(case, who) for who in names)


def _police(case: Case, who: str | None) -> bool:
    found = case.family.practitioners.get(who or "")
    return found is not None and found.agency is not None and found.agency.kind is AgencyKind.POLICE


QUORUM: Final = Gate(
    id="conference-quorum",
    stage=Stage.ENQUIRY,
    says="A conference needs social care, two other agencies that know the child, and the clinician if it was hurt.",
    source="Working Together to Safeguard Children, T13; Serious case review: Baby Peter (Haringey, 2009)",
    mend="the chair, with `hold-conference` within five working days and an interim plan",
    on=frozenset({Kind.CONFERENCE}),
    judge=conference_quorate,
)


def alone_for_a_reason(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Whoever goes alone, or puts the matter away, has first asked with the other whether it is an offence."""
    if event.kind is Kind.STRATEGY_DISCUSSION:
        taken_up = any(one.kind is Kind.AGENCY_DECISION and one.get("outcome") in _TAKEN_UP for one in case.chapter)
        alone = held(event) and event.get("decision") == "section47_single"
        if alone and not event.get("offence_considered") and not taken_up:
            silent = "offence_considered" not in event.data
            says = "Whether an offence was committed was not considered before one agency went on alone."
            yield Finding(says, silent=silent, loose=event.loose)
        return
    by = case.family.practitioners.get(event.by or "")
    police = by is None or (by.agency is not None and by.agency.kind is AgencyKind.POLICE)
    if police and event.get("outcome") in _PUT_AWAY and offence_open(case):
        says = "The police closed it without having considered with social care whether it is an offence."
        yield Finding(says, loose=event.loose)


def offence_open(case: Case) -> bool:
    """Tell whether a child may have been hurt, and nobody has yet considered whether that is an offence."""
    open_ = False
    for event in case.chapter:
        if known(event) and (speaks_of_hurt(event) or not _OFFENCE.isdisjoint(event.codes("concerns"))):
            open_ = not (event.get("injury") or {}).get("explained")
        considered = held(event) and (event.get("offence_considered") or event.get("decision") == "section47_joint")
        explained = event.kind is Kind.MEDICAL and event.get("finding") == "explained"
        if considered or explained:
            open_ = False
    return open_


SINGLE_AGENCY: Final = Gate(
    id="single-agency-rationale",
    stage=Stage.STRATEGY,
    says="One agency goes on alone, or the police close their part, only after considering together if it is an offence.",
    source="SCR Matt 5.9, 6.1.10, 6.1.14",
    mend="the chair, with `hold-strategy` and offence_considered=true",
    effect=Effect.WARN,
    on=frozenset({Kind.STRATEGY_DISCUSSION, Kind.AGENCY_DECISION}),
    judge=alone_for_a_reason,
)

GATES: Final[tuple[Gate, ...]] = (QUORUM, SINGLE_AGENCY)
