"""Gates of what a plan says, and of the meetings that keep it: every factor covered, everybody who matters there."""

from collections.abc import Iterator
from typing import Final

from config.policy import Effect
from models.events import Event
from models.facts import Case
from models.vocabulary import AgencyKind, Concern, Factor, Kind, Stage
from workflow.casework import agency_of, recently, still_here, worked
from workflow.questions import listed
from workflow.rule import Finding, Gate, Terms

# What a plan can change, and the codes by which a plan may speak of it. History alone asks for no outcome.
_COVERED_BY: Final[dict[str, frozenset[str]]] = {
    Factor.DOMESTIC_ABUSE: frozenset({Concern.DOMESTIC_ABUSE, Factor.VIOLENCE, Concern.EMOTIONAL_ABUSE}),
    Factor.VIOLENCE: frozenset({Factor.VIOLENCE, Concern.DOMESTIC_ABUSE, Concern.PHYSICAL_ABUSE}),
    Factor.SUBSTANCE_MISUSE: frozenset({Concern.SUBSTANCE_MISUSE, Concern.ALCOHOL_MISUSE}),
    Factor.ALCOHOL_MISUSE: frozenset({Concern.ALCOHOL_MISUSE, Concern.SUBSTANCE_MISUSE}),
    Factor.MENTAL_HEALTH: frozenset({Concern.MENTAL_HEALTH}),
    Factor.LEARNING_DISABILITY: frozenset({Factor.LEARNING_DISABILITY, Concern.SUPERVISION, Concern.NEGLECT}),
    Factor.SEXUAL_RISK: frozenset({Factor.SEXUAL_RISK, Concern.SEXUAL_ABUSE, Concern.EXPLOITATION}),
    Factor.HOUSING_INSTABILITY: frozenset(
        {Factor.HOUSING_INSTABILITY, Concern.HOMELESSNESS, Concern.HOME_CONDITIONS, Factor.POVERTY}
    ),
}
_REVIEWS: Final = frozenset({"child_in_need_review", "core_group"})
_SELDOM_THERE: Final = frozenset(
    {AgencyKind.POLICE, AgencyKind.HOSPITAL, AgencyKind.AMBULANCE, AgencyKind.COURT, AgencyKind.LEGAL}
)


def confirmed(case: Case) -> list[str]:
    """Return the factors that the assessments of the chapter have confirmed, as last said."""
    said: dict[str, str] = {}
    for event in case.chapter:
        if event.kind is Kind.ASSESSMENT:
            said.update({str(code): answer for code, answer in (event.get("factors_resolved") or {}).items()})
    return [code for code, answer in said.items() if answer == "confirmed"]


def covered(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Every factor is in the plan, and every outcome has an owner and a day. A core group may fill in an outline.

    Where a source leaves much out, what a conference put into a plan is not to be known from it.
    """
    untold = case.family.silence_unknown and not (event.codes("covers") or event.codes("outcomes"))
    if event.get("status") != "started" or (untold and event.get("which") == "child_protection"):
        return
    covers = {str(code) for code in event.codes("covers")}
    outcomes = event.codes("outcomes")
    to_change = [code for code in confirmed(case) if code in _COVERED_BY]
    left_out = tuple(code for code in to_change if covers and covers.isdisjoint(_COVERED_BY[code]))
    lacks: list[str] = []
    if not covers and (to_change or not outcomes):
        lacks.append("what it is to change")
    if not outcomes and (event.get("which") == "child_in_need" or not covers):
        lacks.append("an outcome that could be shown to be met")
    unowned = tuple(str(one["id"]) for one in outcomes if not (one.get("owner") and one.get("due")))
    if left_out:
        says = f"The assessment confirmed what the plan does not cover: {listed(left_out)}."
        yield Finding(says, left_out, loose=event.loose, light=len(left_out) < len(to_change))
    if lacks:
        part = bool(covers or outcomes) and not case.family.live
        yield Finding(f"The plan does not name {' or '.join(lacks)}.", silent=True, loose=event.loose, light=part)
    if unowned:
        says = f"These outcomes have no owner or no day: {listed(unowned)}."
        yield Finding(says, unowned, silent=True, loose=event.loose)


COVERS: Final = Gate(
    id="plan-covers-factors",
    stage=Stage.PLANS,
    says="A plan covers every factor that the assessment confirmed, with an outcome, an owner and a day.",
    source="SCR Matt 6.1.22",
    mend="the social worker, with `start-plan`",
    on=frozenset({Kind.PLAN}),
    judge=covered,
)


def there(case: Case, event: Event) -> set[str]:
    """Return the agencies outside social care that came to a meeting, were asked, or sent word."""
    people = (*event.codes("attended"), *event.codes("invited"), *(event.get("views") or {}))
    return {agency for agency in (agency_of(case, who) for who in people) if agency is not None}


def due_there(case: Case, event: Event, terms: Terms) -> list[str]:
    """Return the agencies that work with the child and have been seen at it of late."""
    here = still_here(case)
    seldom = {who.agency.id for who in case.involved if who.agency is not None and who.agency.kind in _SELDOM_THERE}
    lately = [one for one in worked(case, recently(terms, "agencies_meet", event.at)) if one in here]
    return [one for one in lately if one not in seldom]


def quorate(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Who was asked, who came, and that everybody has the minutes and may object."""
    if event.get("which") not in _REVIEWS or event.get("status", "held") != "held":
        return
    came = event.codes("attended")
    if not came and not event.codes("invited"):
        if event.get("which") == "core_group" and case.family.silence_unknown:
            return
        yield Finding("Who was asked and who came is not recorded.", silent=True, loose=event.loose)
    else:
        missing = tuple(one for one in due_there(case, event, terms) if one not in there(case, event))
        # One name left out of a list is more likely left out by the source than by those who invited.
        if len(missing) > (1 if case.family.silence_unknown else 0):
            says = f"These agencies work with the child, and were neither asked nor there: {listed(missing)}."
            yield Finding(says, missing, silent=True, loose=event.loose)
        if came and not any(agency_of(case, who) for who in came):
            yield Finding("No agency but social care came.", loose=event.loose)
    if event.get("minutes_sent") is False:
        yield Finding("The minutes were not sent to those who may object to them.", loose=event.loose)


MINUTES: Final = Gate(
    id="meeting-quorum-and-minutes",
    stage=Stage.PLANS,
    says="A review of a plan says who was asked and who came, and its minutes go to everybody, who may object.",
    source="SCR Matt 5.26",
    mend="the worker, with `hold-meeting` and invited, attended and minutes_sent",
    on=frozenset({Kind.MEETING}),
    judge=quorate,
    effect=Effect.WARN,
)

GATES: Final[tuple[Gate, ...]] = (COVERS, MINUTES)
