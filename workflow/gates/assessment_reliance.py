"""Gates of the assessment, third part: on whom and on what a conclusion relies, and who stands by it."""

from collections.abc import Iterator
from typing import Final

from config.policy import Effect
from models.events import Event
from models.facts import Case, Practitioner
from models.vocabulary import Kind, PractitionerKind, Stage
from workflow.assessing import signed_off, tools
from workflow.engagement import falls_short, of_agency, of_late
from workflow.factors import neglected
from workflow.handshake import handshake
from workflow.hurt import speaks_of_hurt
from workflow.questions import AVOIDING, listed, unborn, workers, younger
from workflow.rule import Finding, Gate, Terms

_LEFT_TO_OTHERS: Final = frozenset({"no_further_action", "early_help"})


def services_confirmed(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Where social care steps back, whoever is left with the family is there and reaches it."""
    if not signed_off(event) or event.get("outcome") not in _LEFT_TO_OTHERS:
        return
    now = handshake(case)
    begun = any(one.kind is Kind.EARLY_HELP and one.get("status") == "started" for one in case.chapter)
    asked = now.offer is not None and not (now.accepted or now.declined or begun)
    if asked and event.get("outcome") == "no_further_action":
        yield Finding("Early help was asked for, and nobody has taken the family on.", loose=event.loose)
    late = of_late(case, terms, event.at)
    agencies = dict.fromkeys(who.agency.id for who in case.views_due if who.agency is not None)
    missed = tuple(agency for agency in agencies if falls_short(of_agency(case, late, agency), terms))
    if missed:
        says = f"These services reach the family too seldom to be counted on: {listed(missed)}."
        yield Finding(says, missed, loose=event.loose)


PROTECTIVE: Final = Gate(
    id="protective-factor-evidence",
    stage=Stage.ENQUIRY,
    says="A service is counted as protecting a child only if it has taken the family on and reaches it.",
    source="SCR Matt 5.15, 6.1.17, 6.1.19",
    mend="early help, with `accept`; the manager, with `complete-assessment` and another outcome",
    on=frozenset({Kind.ASSESSMENT}),
    judge=services_confirmed,
)


def graded(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Before a child in need plan begins, and anew before what was won is let go of."""
    plans = [one for one in case.chapter if one.kind is Kind.PLAN and one.get("status") == "started"]
    profiles = tools(case.record, "graded_care_profile")
    if unborn(case, event.at) or not neglected(case, [*case.chapter, event]):
        return
    if event.kind is Kind.PLAN:
        first = event.get("status") == "started" and event.get("which") == "child_in_need" and not plans
        recent = [one for one in profiles if terms.due(one.at, "graded_profile.holds") >= event.at]
        if first and not recent:
            yield Finding("The neglect was not graded before the plan.", silent=True, loose=event.loose)
        return
    if event.kind is Kind.CLOSURE and not _never_stepped_down(case, event):
        return
    again = [one for one in profiles if not plans or one.at > plans[0].at]
    if not again:
        yield Finding("The neglect was not graded again before stepping down.", silent=True, loose=event.loose)
    elif worst(again[-1]) >= terms.policy.number("graded_profile.too_high"):
        yield Finding("The last grades of care are too poor to step down.", loose=event.loose)


def _never_stepped_down(case: Case, event: Event) -> bool:
    """Tell whether a closure lets a plan end that no step-down has been asked about."""
    kinds = {one.kind for one in case.chapter}
    done = event.get("reason_code") in {"needs_met", "stepped_down"}
    return done and Kind.PLAN in kinds and Kind.STEP_DOWN not in kinds


def worst(profile: Event) -> float:
    """Return the poorest grade of a graded care profile."""
    grades = profile.get("result")
    return max(grades.values(), default=0) if isinstance(grades, dict) else 0


GRADED: Final = Gate(
    id="neglect-needs-graded-profile",
    stage=Stage.PLANS,
    says="Neglect is graded with a care profile before a child in need plan, and graded better before a step-down.",
    source="SCR Matt 6.1.27, 6.3.3, 7.1.1; Rec 1",
    mend="the worker, with `record-tool` and what=graded_care_profile",
    effect=Effect.WARN,
    on=frozenset({Kind.PLAN, Kind.STEP_DOWN, Kind.CLOSURE}),
    judge=graded,
)


def experienced_alongside(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """A hard case in the first year of practice is held with somebody; what is decided in it is signed by two."""
    new = _newly_qualified(case, event)
    if new is None or (event.kind is Kind.ASSESSMENT and not signed_off(event)):
        return
    if event.kind is Kind.ALLOCATED:
        if _hard(case, event, terms) and not _alongside(case):
            says = "A hard case goes to a newly qualified worker with nobody experienced alongside."
            yield Finding(says, (new.id,), silent=True, loose=event.loose)
        return
    signed = {event.get("cosigned"), event.get("second_signature")}
    if event.kind is not Kind.ASSESSMENT:
        signed.add(event.get("manager"))
    if signed <= {None, new.id} and not _alongside(case):
        says = "Nobody experienced has signed with the newly qualified worker."
        yield Finding(says, (new.id,), silent=True, loose=event.loose)


def _newly_qualified(case: Case, event: Event) -> Practitioner | None:
    who = event.get("to") if event.kind is Kind.ALLOCATED else event.by or case.allocated_to
    found = case.family.practitioners.get(who or "")
    return found if found is not None and found.newly_qualified else None


def _hard(case: Case, event: Event, terms: Terms) -> bool:
    """Tell whether a case is hard: an infant, hurt, a family that keeps away, or one that has been here before."""
    avoiding = any(not AVOIDING.isdisjoint(one.codes("concerns")) for one in case.chapter)
    again = any(end is not None for _, end in case.episodes)
    return avoiding or again or younger(case, event.at, "infant_age", terms) or any(map(speaks_of_hurt, case.chapter))


def _alongside(case: Case) -> bool:
    people = case.family.practitioners
    holders = [people[who] for who in workers(case) if who in people]
    return any(who.kind is PractitionerKind.SOCIAL_WORKER and not who.newly_qualified for who in holders)


COSIGN: Final = Gate(
    id="newly-qualified-cosign",
    stage=Stage.ENQUIRY,
    says="In a hard case a newly qualified worker has somebody experienced alongside, who signs what is decided.",
    source="SCR Matt 6.6.3",
    mend="the manager, with `allocate` to a second worker, or `complete-assessment` and cosigned=ACCOUNT",
    effect=Effect.WARN,
    on=frozenset({Kind.ALLOCATED, Kind.ASSESSMENT, Kind.SECTION47_OUTCOME, Kind.STEP_DOWN, Kind.CLOSURE}),
    judge=experienced_alongside,
)

GATES: Final[tuple[Gate, ...]] = (PROTECTIVE, GRADED, COSIGN)
