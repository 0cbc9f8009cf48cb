"""Gates of the assessment: how often the family was seen, and what was asked before anybody concluded."""

from collections.abc import Iterator
from typing import Final

from config.policy import Effect
from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Kind, Stage
from workflow.assessing import kin, seen, seen_alone, signed_off, spoken_to, tools, visits, work
from workflow.carers import carers
from workflow.factors import domestic_abuse
from workflow.gates import assessment_findings, assessment_reliance
from workflow.questions import AVOIDING, listed, unborn, younger
from workflow.reckoned import often_enough
from workflow.rule import Finding, Gate, Terms

_ASSESSMENT: Final = frozenset({Kind.ASSESSMENT})
_AT_HOME: Final = AVOIDING | {
    Concern.NEGLECT,
    Concern.HOME_CONDITIONS,
    Concern.HYGIENE,
    Concern.FEEDING,
    Concern.SAFE_SLEEP,
    Concern.SUPERVISION,
    Concern.HOSTILITY,
}


def seen_often_enough(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Counted from the assessment or from the visits on record, whichever says more.

    How many, and how many unannounced, is local: fewer are warned of. That there was none, or no child seen, is refused.
    """
    if not signed_off(event):
        return
    done = work(case)
    made = visits(case, done)
    counted = max(event.get("visits") or 0, sum(one.times for one in made))
    enough = terms.policy.number("assessment.visits")
    if counted < enough:
        says = f"The family was visited {counted} times, not at least {enough:g}."
        reckoned = often_enough(done, counted, enough, "visits")
        silent = "visits" not in event.data
        yield Finding(says, silent=silent, loose=event.loose, light=counted > 0, reckoned=reckoned)
    untold = max(event.get("unannounced_visits") or 0, sum(one.times for one in made if one.get("announced") is False))
    worry = any(not _AT_HOME.isdisjoint(one.codes("concerns")) for one in case.chapter)
    surprise = terms.policy.number("assessment.unannounced_visits")
    if counted >= enough and worry and untold < surprise:
        silent = "unannounced_visits" not in event.data
        reckoned = often_enough(done, untold, surprise, "unannounced visits")
        says = "No visit of the assessment was unannounced."
        yield Finding(says, silent=silent, loose=event.loose, light=True, reckoned=reckoned)
    if not unborn(case, event.at) and not seen([event, *done]):
        yield Finding("The child was not seen.", silent="child_seen" not in event.data, loose=event.loose)
    if domestic_abuse(case, done) and len(carers(case)) > 1 and not _apart(case, event, done):
        silent = "parents_seen_separately" not in event.data
        yield Finding("The parents were not seen apart, though there is abuse.", silent=silent, loose=event.loose)


def _apart(case: Case, event: Event, done: tuple[Event, ...]) -> bool:
    alone = any(one.kind is Kind.SPOKE_TO and one.get("alone") and one.get("person") != case.child_id for one in done)
    return bool(event.get("parents_seen_separately") or alone or tools(done, "dash"))


MINIMUM_CONTACT: Final = Gate(
    id="assessment-minimum-contact",
    stage=Stage.ENQUIRY,
    says="An assessment rests on at least two visits, one of them unannounced where the home is in question, "
    "with the child seen, and the parents apart where there is abuse.",
    source="SCR Matt 5.20, 5.21, 6.1.22",
    mend="the worker, with `record-visit` and `spoke-to`; the manager, with `complete-assessment`",
    on=_ASSESSMENT,
    closing=True,
    judge=seen_often_enough,
)


def two_readings(_case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """One explanation is a belief; the second one tests it."""
    count = event.get("hypotheses")
    if signed_off(event) and (count or 0) < terms.policy.number("assessment.hypotheses"):
        says = "No second reading of the facts, such as disguised compliance, was weighed."
        yield Finding(says, silent=count is None, loose=event.loose)


HYPOTHESES: Final = Gate(
    id="alternative-hypotheses",
    stage=Stage.ENQUIRY,
    says="An assessment weighs at least two readings of the facts before it concludes.",
    source="SCR Matt 5.13, 6.1.16, 6.6.2",
    mend="the manager, with `complete-assessment` and hypotheses=2",
    effect=Effect.WARN,
    on=_ASSESSMENT,
    closing=True,
    judge=two_readings,
)


def a_day_in_the_life(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Told as a day in the life, read off a graded care profile, or heard from the child alone."""
    if not signed_off(event) or unborn(case, event.at):
        return
    told = tools(case.chapter, "lived_experience") or tools(case.chapter, "graded_care_profile")
    heard = not younger(case, event.at, "talking_age", terms) and seen_alone(case, [event, *work(case)])
    if not told and not heard:
        says = "What the child's days are like is not described."
        yield Finding(says, silent=True, loose=event.loose)


LIVED_EXPERIENCE: Final = Gate(
    id="childs-lived-experience",
    stage=Stage.ENQUIRY,
    says="An assessment describes what the child's days are like, from what the child says and what was seen.",
    source="SCR Matt 6.1.22, 6.2.4, 6.3.3, 7.1.1",
    mend="the worker, with `record-tool` and what=lived_experience",
    effect=Effect.WARN,
    on=_ASSESSMENT,
    closing=True,
    judge=a_day_in_the_life,
)


def wider_family(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Where relatives are known, they are asked what they see and what they can do."""
    if not signed_off(event) or event.get("family_network"):
        return
    known_kin = kin(case)
    if event.get("family_network") is False:
        yield Finding("The wider family was not drawn on.", tuple(known_kin), loose=event.loose)
    elif known_kin and not set(known_kin) & {*spoken_to(case.chapter), *(event.get("views") or {})}:
        says = f"Nobody of the wider family was asked: {listed(known_kin)}."
        yield Finding(says, tuple(known_kin), silent=True, loose=event.loose)


FAMILY_NETWORK: Final = Gate(
    id="family-network-explored",
    stage=Stage.ENQUIRY,
    says="An assessment asks the wider family what they see and what they can do.",
    source="SCR Matt 4.4, 6.1.18; Rec 3",
    mend="the worker, with `spoke-to`; the manager, with `complete-assessment` and family_network=true",
    effect=Effect.WARN,
    on=_ASSESSMENT,
    judge=wider_family,
)

GATES: Final[tuple[Gate, ...]] = (
    MINIMUM_CONTACT,
    HYPOTHESES,
    LIVED_EXPERIENCE,
    FAMILY_NETWORK,
    *assessment_findings.GATES,
    *assessment_reliance.GATES,
)
