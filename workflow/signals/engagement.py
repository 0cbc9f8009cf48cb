"""Signals of engagement: children not brought, and contacts that do not come about."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Kind, Stage
from workflow.casework import met, taken_on
from workflow.engagement import Entry, keeps_away, ledger, spell
from workflow.questions import known, mark, unborn
from workflow.rule import Raised, Signal, Terms
from workflow.signals import address

_MISSED: Final = frozenset({"was_not_brought", "cancelled", "rearranged"})
_A_CHILDS: Final = frozenset({"paediatric", "health_visitor", "ophthalmology", "immunisation"})
_ANTENATAL: Final = frozenset({"antenatal_booking", "antenatal", "scan"})
_NEGLECT: Final = frozenset({Concern.NEGLECT, Concern.MEDICAL_NEGLECT})
_BODY: Final = frozenset({Concern.FEEDING, Concern.WEIGHT, Concern.DEVELOPMENT, Concern.UNEXPLAINED_INJURY})
_CARE: Final = _NEGLECT | _BODY | {Concern.HYGIENE, Concern.HOME_CONDITIONS}
"""Worries of which a child who is not brought may be one more sign."""


def came(case: Case, event: Event) -> bool | None:
    """Tell whether the child was brought; None where the appointment was an adult's own.

    Only a child is not brought, and only a child has a health visitor: whoever is named with that was to bring it.
    """
    outcome = event.get("outcome")
    if unborn(case, event.at):
        return outcome == "attended" if event.get("what") in _ANTENATAL else None
    theirs = outcome == "was_not_brought" or event.get("what") in _A_CHILDS
    if event.get("person") not in {None, case.child_id} and not theirs:
        return None
    return True if outcome == "attended" else False if outcome in _MISSED else None


def neglect_named(case: Case) -> Event | None:
    """Return what first named neglect in the episode now open: a worry, a plan, or the category of a conference."""
    for event in case.episode:
        named = not _NEGLECT.isdisjoint((*event.codes("concerns"), *event.codes("covers")))
        if known(event) and (named or event.get("category") == "neglect"):
            return event
    return None


def _of_care(event: Event) -> bool:
    return known(event) and not _CARE.isdisjoint(event.codes("concerns"))


def neglected(case: Case, event: Event, terms: Terms) -> bool:
    """Tell whether one missed appointment is enough: the case is held because of neglect, or signs of it are on record."""
    if event.get("outcome") != "was_not_brought":
        return False
    signs = [one for one in case.chronology.where(_of_care) if one.at <= event.at]
    enough = int(terms.policy.number("not_brought.signs"))
    if len(signs) >= enough and terms.due(signs[-enough].at, "not_brought.window") >= event.at:
        return True
    begun, named = taken_on(case), case.once(neglect_named)
    if begun is None or named is None:
        return False
    return event.at >= begun.at and (named.at, named.index) < (event.at, event.index)


def given_up(event: Event) -> bool:
    """Tell whether a service ends, otherwise than by what the family asked of it."""
    discharged = event.kind is Kind.AGENCY_DECISION and event.get("outcome") == "discharged"
    ended = event.kind is Kind.EARLY_HELP and event.get("status") == "ended"
    return known(event) and (discharged or ended or event.get("what") == "support_ended")


def unmet(case: Case, event: Event) -> bool:
    """Tell whether a service gives up on a family that did not come to it, or whose home it last found poor.

    A talk with another agency since then, or a meeting, shows that it was not let go of in silence.
    """
    if event.kind is Kind.HOUSEHOLD:
        return False
    missed = False
    for earlier in case.before(event).record:
        own = event.by is not None and event.by in {earlier.by, *earlier.codes("with")}
        if own and earlier.kind in {Kind.APPOINTMENT, Kind.VISIT, Kind.ATTEMPT}:
            lost = earlier.get("outcome") in {"missed", *_MISSED} or earlier.get("access") in {"denied", "no_reply"}
            missed = lost or earlier.kind is Kind.ATTEMPT or earlier.get("conditions") == "poor"
        elif met(earlier) or earlier.kind is Kind.CONTACT:
            missed = False
        elif earlier.kind is Kind.SPOKE_TO and earlier.get("person") in case.family.practitioners:
            missed = False
    return missed


def not_brought(case: Case, terms: Terms, _now: datetime) -> Iterator[Raised]:
    """Counted over all services. Each count begins afresh once it has spoken."""
    in_a_row, lately = 0, list[Event]()
    chapter = set(map(id, case.chapter))
    for event in case.of(Kind.APPOINTMENT, Kind.HOUSEHOLD, Kind.AGENCY_DECISION, Kind.EARLY_HELP):
        if event.kind is not Kind.APPOINTMENT:
            if given_up(event) and ((lately and in_a_row) or unmet(case, event)) and id(event) in chapter:
                says = "A service has ended for a family that was not reached by it, and nobody has asked why."
                yield Raised(f"given-up:{mark(event)}", says, on=event.at, loose=event.loose)
            continue
        brought = came(case, event)
        if brought is None or not known(event):
            continue
        if brought:
            in_a_row = 0
            continue
        in_a_row += event.times
        lately = [one for one in lately if terms.due(one.at, "not_brought.window") >= event.at] + [event]
        row = in_a_row >= terms.policy.number("not_brought.consecutive")
        many = sum(one.times for one in lately) >= terms.policy.number("not_brought.many")
        of = tuple(map(mark, lately))
        in_a_row, lately = (0 if row else in_a_row), ([] if many else lately)
        if id(event) in chapter and (row or many or neglected(case, event, terms)):
            says = "The child was not brought to an appointment, where neglect is known or it is not the first time."
            yield Raised(f"not-brought:{mark(event)}", says, on=event.at, loose=event.loose, of=of)


NOT_BROUGHT: Final = Signal(
    id="was-not-brought-counter",
    stage=Stage.PLANS,
    says="Appointments to which a child was not brought, put off or moved are counted together, and looked into.",
    source="SCR Matt 5.13, 5.47; West Midlands procedures on children not brought",
    mend="the lead worker, with `record-visit`, `spoke-to` or `hold-meeting`",
    judge=not_brought,
)


def chapter_ledger(case: Case) -> list[Entry]:
    """Return the lines of the ledger of the episode now open, or since it was closed."""
    return ledger(case, case.chapter)


def reached_seldom(case: Case, terms: Terms, now: datetime) -> Iterator[Raised]:
    """Once for each run of failed contacts; after a closure too, while a re-referral would still count."""
    closed = case.last(Kind.CLOSURE)
    if not case.is_open and (closed is None or terms.due(closed.at, "rereferral_window") < now):
        return
    if not keeps_away(case, terms, now):
        return
    began = spell(case.once(chapter_ledger), terms)
    if began is not None:
        says = "Fewer of the contacts that all agencies tried in the last weeks came about than the policy asks for."
        event = began.event
        yield Raised(f"ledger:{mark(event)}", says, on=event.at, loose=event.loose)


LEDGER: Final = Signal(
    id="engagement-ledger",
    stage=Stage.PLANS,
    says="The contacts of all agencies are read together; a family that is seldom reached is looked at afresh.",
    source="SCR Matt 5.13, 5.14, 5.30, 6.1.17, 6.2.1; Rec 3",
    mend="the lead worker, with `hold-meeting`; the manager, with `call-strategy`",
    judge=reached_seldom,
)


SIGNALS: Final[tuple[Signal, ...]] = (NOT_BROUGHT, LEDGER, *address.SIGNALS)
