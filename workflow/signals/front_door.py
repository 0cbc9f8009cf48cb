"""Signals of the front door. Each looks at what is new since the matter was last dealt with, so a floor falls again.

"Dealt with" is a final decision, a held strategy discussion, the outcome of an enquiry, a conference, a completed
assessment or the closure.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Grade, Kind, Stage
from workflow.questions import AVOIDING, fresh, mark, professional, unborn, younger
from workflow.rule import Raised, Signal, Terms
from workflow.signals import cumulative, household, injury

_SPOKEN: Final = frozenset({"phone", "in_person"})
_WRITTEN: Final = frozenset({"form", "email"})


def same_matter(case: Case, first: Event, later: Event) -> bool:
    """Tell whether two contacts tell of one event: a call confirmed in writing, or two agencies within days of it."""
    one, other = (professional(case, event.by) for event in (first, later))
    if one is not None and other is not None and one.agency == other.agency:
        confirmed = first.get("channel") in _SPOKEN and (
            later.get("made_in_writing") or later.get("channel") in _WRITTEN
        )
        return bool(confirmed) and set(later.codes("concerns")) <= set(first.codes("concerns"))
    return not set(first.codes("concerns")).isdisjoint(later.codes("concerns"))


def matters(case: Case, terms: Terms, contacts: list[Event]) -> list[Event]:
    """Return the first contact about each matter: what confirms or repeats it is no further one."""
    found: list[Event] = []
    for event in contacts:
        if not any(same_matter(case, first, event) for first in _shortly_before(event, found, terms)):
            found.append(event)
    return found


def _shortly_before(event: Event, found: list[Event], terms: Terms) -> Iterator[Event]:
    for one in reversed(found):
        if terms.due(one.at, "referral_cluster.same") < event.at:
            return
        yield one


def clustered(case: Case, terms: Terms, _now: datetime) -> Iterator[Raised]:
    """Several professional contacts close together are one story, whether one agency tells it or several.

    Red where they are many, or where a case was closed shortly before: that is what the review's three at once were.
    """
    enough, many = (terms.policy.number(f"referral_cluster.{key}") for key in ("contacts", "red"))
    told = [event for event in fresh(case) if event.kind is Kind.CONTACT and professional(case, event.by)]
    contacts = matters(case, terms, told)
    for at, first in enumerate(contacts):
        until = terms.due(first.at, "referral_cluster.days")
        near = contacts[at : bisect_right(contacts, until, key=lambda event: event.at)]
        count = sum(event.times if event.precision in {"day", "week"} else 1 for event in near)
        if count >= enough:
            says = f"{count} contacts came within {terms.span('referral_cluster.days')}."
            loose, of = any(one.loose for one in near), tuple(map(mark, near))
            back = any(
                terms.due(case.record[end].at, "contact_view.near") >= first.at
                for _, end in case.episodes
                if end is not None and case.record[end].at <= first.at
            )
            floor = Grade.RED if count >= many or back else Grade.AMBER
            yield Raised(f"cluster:{mark(first)}", says, floor, near[-1].at, loose=loose, of=of)
            return


CLUSTER: Final = Signal(
    id="referral-cluster",
    stage=Stage.FRONT_DOOR,
    says="Contacts about several matters within days are read together, and make a case red when they are many.",
    source="SCR Matt 5.17, 6.1.20",
    mend="the manager, with `decide` or `call-strategy`, on all of them together",
    judge=clustered,
)


def closed_lately(case: Case, terms: Terms, _now: datetime) -> Iterator[Raised]:
    """The step up counts from green: who comes back within the window is not looked at as if for the first time."""
    opened = case.opened
    if opened is None or next(iter(fresh(case)), None) is not opened:
        return
    ended = [case.record[end].at for _, end in case.episodes if end is not None]
    if ended and terms.due(ended[-1], "rereferral_window") >= opened.at:
        says = f"the last referral was closed within {terms.span('rereferral_window')}."
        yield Raised(f"again:{mark(opened)}", says, Grade.AMBER, opened.at, loose=opened.loose)


RECENT_CLOSURE: Final = Signal(
    id="recent-closure-raises",
    stage=Stage.FRONT_DOOR,
    says="A child who is referred again soon after a closure starts a step higher.",
    source="SCR Matt 5.33, 5.34",
    mend="the manager, with `decide`",
    judge=closed_lately,
)


def _of_violence(event: Event) -> bool:
    return event.get("what") == "domestic_abuse" or Concern.DOMESTIC_ABUSE in event.codes("concerns")


def violence_near_a_baby(case: Case, terms: Terms, _now: datetime) -> Iterator[Raised]:
    """Domestic abuse before a birth or in the first year."""
    for event in fresh(case) if case.chronology.where(_of_violence) else ():
        if _of_violence(event) and (unborn(case, event.at) or younger(case, event.at, "infant_age", terms)):
            says = "there is domestic abuse in a pregnancy or in the first year of a child."
            yield Raised(f"abuse:{mark(event)}", says, Grade.AMBER, event.at, loose=event.loose)
            return


DA_UPLIFT: Final = Signal(
    id="da-pregnancy-or-infant-uplift",
    stage=Stage.FRONT_DOOR,
    says="Domestic abuse in a pregnancy or in a child's first year is never less than amber.",
    source="SCR Matt 5.2, 6.1.1",
    mend="the manager, with `decide`",
    judge=violence_near_a_baby,
)


def neglected_infant(case: Case, terms: Terms, _now: datetime) -> Iterator[Raised]:
    """Neglect of an infant, where there were concerns before or the family keeps away."""
    for event in fresh(case):
        if Concern.NEGLECT not in event.codes("concerns"):
            continue
        if not younger(case, event.at, "infant_age", terms):
            return
        first = next(one for one in case.episode if one.codes("concerns"))
        if first is not event or not AVOIDING.isdisjoint(event.codes("concerns")):
            says = "an infant is neglected, and it is not the first concern."
            yield Raised(f"infant:{mark(event)}", says, Grade.AMBER, event.at, loose=event.loose)
            return


INFANT_NEGLECT: Final = Signal(
    id="infant-neglect",
    stage=Stage.FRONT_DOOR,
    says="Neglect of an infant with an earlier concern or a family that keeps away is never less than amber.",
    source="SCR Matt 5.4, 6.1.5",
    mend="the manager, with `decide` and outcome=assessment",
    judge=neglected_infant,
)

SIGNALS: Final[tuple[Signal, ...]] = (
    *injury.SIGNALS,
    CLUSTER,
    RECENT_CLOSURE,
    DA_UPLIFT,
    *household.SIGNALS,
    INFANT_NEGLECT,
    *cumulative.SIGNALS,
)
