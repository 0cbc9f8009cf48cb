"""Gates of the assessment, second part: what was raised is settled, and who must be heard on it."""

from collections.abc import Iterator
from typing import Final

from config.policy import Effect
from models.events import Event
from models.facts import Case
from models.vocabulary import Factor, Kind, PractitionerKind, Stage
from workflow.assessing import by_hospital, signed_off, spoken_to, work
from workflow.carers import gone, heard_by, parents, residents
from workflow.factors import confirmed_at_the_door, dash_done, domestic_abuse, unsettled_factors
from workflow.loose_ends import open_questions
from workflow.questions import listed
from workflow.rule import Finding, Gate, Terms

_ASSESSMENT: Final = frozenset({Kind.ASSESSMENT})
_FACTORS: Final = frozenset(str(factor) for factor in Factor)
_STAYS: Final = frozenset({"child_in_need", "plan_continues"})


def factors_settled(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Confirmed or excluded; what stays unresolved needs somebody who goes on working at it.

    Where some were settled, or the work goes on, the others are warned of.
    """
    if not signed_off(event):
        return
    answers = event.get("factors_resolved") or {}
    raised = unsettled_factors(case, event.at, terms)
    if event.get("outcome") in _STAYS:
        raised = [code for code in raised if code in answers or code not in confirmed_at_the_door(case)]
    missing = tuple(code for code in raised if code not in answers)
    if missing:
        says = f"These were raised and are neither confirmed nor excluded: {listed(missing)}."
        goes_on = event.get("outcome") in _STAYS or bool(answers)
        yield Finding(says, missing, silent="factors_resolved" not in event.data, loose=event.loose, light=goes_on)
    left = tuple(code for code in raised if answers.get(code) == "unresolved")
    if left and event.get("outcome") == "no_further_action":
        yield Finding(f"These stay unresolved, and nobody goes on with them: {listed(left)}.", left, loose=event.loose)
    unknown = _left_unknown(case, event)
    if unknown:
        says = f"The first decision left these unknown, and the assessment does not say: {listed(unknown)}."
        yield Finding(says, unknown, loose=event.loose)


def _left_unknown(case: Case, event: Event) -> tuple[str, ...]:
    """Return the worries of which nobody knows, where nobody goes on: at the signature nothing can answer them any more."""
    if not case.family.live or event.get("outcome") in _STAYS:
        return ()
    answered = event.get("answers") or {}
    return tuple(code for code in open_questions(case) if code not in _FACTORS and code not in answered)


FACTORS: Final = Gate(
    id="flagged-factor-resolved",
    stage=Stage.ENQUIRY,
    says="What was raised, such as drug use of an adult, is confirmed, excluded or planned for in the assessment.",
    source="SCR Matt 6.1.12, 6.3.2, 7.1.4",
    mend="the manager, with `complete-assessment` and factors_resolved=FACTOR:confirmed,... or answers=WORRY:not_found,...",
    on=_ASSESSMENT,
    closing=True,
    judge=factors_settled,
)


def abuse_measured(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Whoever was hurt, of whatever sex; an assessment that excludes abuse needs no measure of it.

    An adviser at work with the family has measured it for her own, though the record may not hold the points.
    """
    excluded = (event.get("factors_resolved") or {}).get("domestic_abuse") == "excluded"
    if signed_off(event) and not excluded and domestic_abuse(case, work(case)) and not dash_done(case):
        advised = any(who.kind is PractitionerKind.DOMESTIC_ABUSE_ADVISER for who in case.involved)
        says = "The risk of the domestic abuse was not measured with DASH."
        yield Finding(says, silent=True, loose=event.loose, light=advised)


DASH: Final = Gate(
    id="da-requires-dash",
    stage=Stage.ENQUIRY,
    says="Where there is domestic abuse, its risk is measured with DASH before the assessment ends.",
    source="SCR Matt 5.17, 6.1.22",
    mend="the worker, with `record-tool` and what=dash result=POINTS",
    on=_ASSESSMENT,
    judge=abuse_measured,
)


def ward_heard(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Asked after the child was admitted, and again after staff have voiced a worry."""
    discharge = event.kind is Kind.MEETING and event.get("which") == "discharge_planning"
    if not (signed_off(event) or (discharge and event.get("status", "held") == "held")):
        return
    since: list[Event] | None = None
    for one in case.chapter:
        worry = since is not None and one.kind is Kind.CONCERN and by_hospital(case, one.by)
        if worry or (one.kind is Kind.MEDICAL and one.get("what") == "admitted"):
            since = []
        elif since is not None:
            since.append(one)
    nobody_named = discharge and case.family.silence_unknown and not event.codes("attended")
    if since is None or nobody_named or event.get("inpatient_observations"):
        return
    there = (*event.codes("attended"), *event.codes("accounts"), *(event.get("views") or {}))
    told = {one.by for one in since if one.kind in {Kind.CHECK, Kind.VIEW, Kind.CONTACT}}
    replied = {one.get("agency") for one in since if one.kind is Kind.CHECK and one.get("status") == "replied"}
    voices = {*there, *told, *spoken_to(since)}
    people = case.family.practitioners.values()
    hospital = {who for who in people if by_hospital(case, who.id)}
    if not any(who.id in voices or (who.agency and who.agency.id in replied) for who in hospital):
        silent = "inpatient_observations" not in event.data and not event.codes("attended")
        yield Finding("What hospital staff saw of the child and the parents is not in it.", silent=silent)


INPATIENT: Final = Gate(
    id="inpatient-observations-included",
    stage=Stage.ENQUIRY,
    says="What hospital staff saw of a child and its parents goes into the discharge plan and the assessment.",
    source="SCR Matt 5.10, 6.1.16, 6.1.32",
    mend="the worker, with `spoke-to`; the manager, with `complete-assessment` and inpatient_observations=true",
    effect=Effect.WARN,
    on=frozenset({Kind.ASSESSMENT, Kind.MEETING}),
    judge=ward_heard,
)


def living_elsewhere(case: Case) -> list[str]:
    """Return the parents who live apart from the child, as far as the record says where anybody lives."""
    home, left = residents(case), gone(case)
    people = case.family.people
    return [who for who in parents(case) if who in people and (who in left or (home and who not in home))]


def absent_parent_heard(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Taken directly, or tried and noted; two parents seen apart were both heard."""
    if not signed_off(event) or event.get("parents_seen_separately"):
        return
    done = work(case)
    tried = {one.get("person") for one in done if one.kind is Kind.ATTEMPT}
    voices = heard_by(case, done) | tried | set(event.get("views") or {})
    missing = tuple(who for who in living_elsewhere(case) if who not in voices)
    if missing:
        says = f"The parent who lives elsewhere was not heard: {listed(missing)}."
        yield Finding(says, missing, silent=True, loose=event.loose)


NON_RESIDENT: Final = Gate(
    id="voice-of-non-resident-parent",
    stage=Stage.ENQUIRY,
    says="An assessment holds the account of each parent, also of the one who lives elsewhere, or what was tried.",
    source="Local child safeguarding practice review: Sara (Surrey, 2025)",
    mend="the worker, with `spoke-to`",
    effect=Effect.WARN,
    on=_ASSESSMENT,
    judge=absent_parent_heard,
)

GATES: Final[tuple[Gate, ...]] = (FACTORS, DASH, INPATIENT, NON_RESIDENT)
