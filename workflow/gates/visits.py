"""Gates of visits: who put the home right, and whether anybody ever calls without saying so first."""

from collections.abc import Iterator
from math import ceil
from typing import Final

from config.policy import Effect
from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Kind, Stage
from workflow.casework import social_care
from workflow.engagement import failed
from workflow.questions import AVOIDING, known
from workflow.reckoned import often_enough
from workflow.rule import Finding, Gate, Terms

_GOOD: Final = frozenset({"good", "adequate"})
_RELYING: Final = frozenset({Kind.STEP_DOWN, Kind.CLOSURE, Kind.MEETING, Kind.ASSESSMENT, Kind.CONFERENCE})
_ENDS: Final = frozenset({"early_help", "no_further_action", "no_plan", "step_down", "close"})
_LIGHTER: Final = frozenset({"step_down", "close", "no_plan", "child_in_need_plan"})


def relies_on_the_home(event: Event) -> bool:
    """Tell whether an event takes the home to be good enough for others to step back."""
    match event.kind:
        case Kind.CLOSURE:
            return bool(event.get("reason_code") not in {"died", "moved_away"})
        case Kind.STEP_DOWN:
            return bool(event.get("to") != "child_in_need")
        case Kind.MEETING:
            return event.get("decided") in _ENDS
        case _:
            return event.kind in _RELYING and event.get("outcome") in _ENDS


def cleaned_by_others(case: Case) -> Event | None:
    """Return the visit that found the home put right by others, if nothing since shows that the family kept it so."""
    found: Event | None = None
    for event in case.chapter:
        if event.kind is Kind.VISIT and event.get("conditions"):
            if event.get("conditions") in _GOOD and event.get("improved_by") == "third_party":
                found = event
            elif event.get("conditions") in _GOOD:
                found = None
    return found


def was_poor(case: Case) -> bool:
    """Tell whether the last visit that looked at the home found it poor."""
    looks = [event.get("conditions") for event in case.chapter if event.kind is Kind.VISIT and event.get("conditions")]
    return bool(looks) and looks[-1] == "poor"


def who_put_it_right(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """On the visit that finds it better, and at the first decision that counts it as the family's own work."""
    if event.kind is Kind.VISIT:
        better = event.get("access") == "granted" and event.get("conditions") in _GOOD
        if better and not event.get("improved_by") and was_poor(case):
            yield Finding(
                "The home is better than at the last visit, and nobody has recorded who put it right.",
                silent=True,
                loose=event.loose,
            )
        return
    cleaned = cleaned_by_others(case)
    if cleaned is None or not relies_on_the_home(event):
        return
    if any(relies_on_the_home(earlier) for earlier in case.since(cleaned)):
        return
    yield Finding(
        "The home was put right by others, and nothing since then shows that the family keeps it so.",
        loose=event.loose or cleaned.loose,
    )


IMPROVED_BY: Final = Gate(
    id="improvement-attribution",
    stage=Stage.PLANS,
    says="A record of a better home says who made it so, and what others cleaned is no sign of a family's change.",
    source="SCR Matt 5.19, 6.1.20",
    mend="the worker, with `record-visit` and improved_by",
    on=frozenset({Kind.VISIT, *_RELYING}),
    judge=who_put_it_right,
    effect=Effect.WARN,
)


def varies(case: Case, event: Event) -> bool:
    """Tell whether the family keeps away, or the home is good one day and poor the next."""
    looks = {one.get("conditions") for one in (*case.chapter, event) if one.kind is Kind.VISIT}
    avoids = any(
        known(one) and not (AVOIDING | {Concern.HOSTILITY}).isdisjoint(one.codes("concerns"))
        for one in (*case.chapter, event)
    )
    return avoids or ("poor" in looks and not _GOOD.isdisjoint(looks)) or any(failed(one) for one in case.chapter)


def own_visits(case: Case) -> list[Event]:
    """Return social care's own visits of the chapter, those that nobody answered too."""
    return [event for event in case.chapter if event.kind is Kind.VISIT and social_care(case, event)]


def unannounced(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """At the visit that makes one too many in a row, and at the review that goes by such visits."""
    one_in = int(terms.policy.number("unannounced_visits.one_in"))
    if event.kind is Kind.VISIT:
        if not event.get("announced") or not social_care(case, event) or not varies(case, event):
            return
        row = event.times
        for earlier in reversed(own_visits(case)):
            if earlier.get("announced") is False:
                break
            row += earlier.times if earlier.get("announced") else 0
        if row // one_in > (row - event.times) // one_in:
            yield Finding(f"The last {row} visits were all announced beforehand.", loose=event.loose)
    elif (event.get("decided") or event.get("outcome")) in _LIGHTER and varies(case, event):
        visits = own_visits(case)
        count = sum(visit.times for visit in visits)
        surprise = sum(visit.times for visit in visits if visit.get("announced") is False)
        if count >= one_in and surprise * one_in < count:
            silent = any("announced" not in visit.data for visit in visits)
            says = f"Only {surprise} of {count} visits were unannounced, where the home or the contact varies."
            reckoned = often_enough(case.chapter, surprise, ceil(count / one_in), "unannounced visits")
            yield Finding(says, silent=silent, loose=event.loose, reckoned=reckoned)


UNANNOUNCED: Final = Gate(
    id="unannounced-visit-quota",
    stage=Stage.PLANS,
    says="Where a family keeps away or the home varies, one visit in three is unannounced, and no review relies on less.",
    source="SCR Matt 5.45, 5.46, 5.50, 6.1.34; Rec 3",
    mend="the worker, with `record-visit` and announced=false",
    on=frozenset({Kind.VISIT, Kind.MEETING, Kind.CONFERENCE}),
    judge=unannounced,
    effect=Effect.WARN,
)

GATES: Final[tuple[Gate, ...]] = (IMPROVED_BY, UNANNOUNCED)
