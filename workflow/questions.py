"""What rules ask of a case, where more than one of them asks it. Pure, and in the field's words."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final

from config.clock import LONDON
from models.events import Event
from models.facts import Case, Practitioner, participants
from models.vocabulary import AgencyKind, Concern, Kind
from workflow.rule import Terms

INJURY: Final = frozenset(
    {
        Concern.INJURY,
        Concern.UNEXPLAINED_INJURY,
        Concern.PHYSICAL_ABUSE,
        Concern.PHYSICAL_FINDING,
        Concern.PAIN,
    }
)
"""Concerns that speak of hurt on the child's body."""

AVOIDING: Final = frozenset({Concern.NON_ENGAGEMENT, Concern.AVOIDANCE, Concern.DISGUISED_COMPLIANCE})
"""Concerns that speak of a family that keeps help at a distance."""

OPENS_NOTHING: Final = frozenset({"no_further_action", "information_and_advice"})
"""Front-door outcomes after which nobody works with the child."""

_ATTEMPTS: Final = 2
_REPORTS: Final = frozenset({Kind.INCIDENT, Kind.CONTACT, Kind.AGENCY_DECISION})
_OPEN_YET: Final = frozenset({"strategy_discussion", "deferred"})
CONCLUDING: Final = frozenset(
    {Kind.DECISION, Kind.STRATEGY_DISCUSSION, Kind.SECTION47_OUTCOME, Kind.CONFERENCE, Kind.ASSESSMENT}
)
"""The kinds of event by which a matter may be dealt with."""


def mark(event: Event) -> str:
    """Return what tells an event apart in a key: its id, or its place in the record."""
    return event.id or f"{event.kind.value}{event.index}"


def day_of(moment: datetime) -> date:
    """Return the day on the hub's own calendar."""
    return moment.astimezone(LONDON).date()


def as_day(value: Any) -> date | None:
    """Read a day as the record keeps it: a date, or its ISO form."""
    if isinstance(value, datetime):
        return day_of(value)
    if isinstance(value, date):
        return value
    return date.fromisoformat(value[:10]) if isinstance(value, str) else None


def known(event: Event) -> bool:
    """Tell whether anybody knew at the time; what nobody knew, no rule may use."""
    return event.get("known") is not False


def held(event: Event) -> bool:
    """Tell whether this is a strategy discussion that took place."""
    return event.kind is Kind.STRATEGY_DISCUSSION and not event.get("requested") and event.get("held") is not False


def decides_section47(event: Event) -> bool:
    """Tell whether a strategy discussion began a section 47 enquiry."""
    return held(event) and str(event.get("decision", "")).startswith("section47")


def final(event: Event) -> bool:
    """Tell whether this is a front-door decision that settles a contact, rather than calls a meeting or waits."""
    return event.kind is Kind.DECISION and event.get("outcome") not in _OPEN_YET


def concludes(event: Event) -> bool:
    """Tell whether a matter was dealt with: decided, discussed, enquired into, assessed or conferred about."""
    return event.kind in CONCLUDING and (
        final(event)
        or held(event)
        or event.kind in {Kind.SECTION47_OUTCOME, Kind.CONFERENCE}
        or (event.kind is Kind.ASSESSMENT and event.get("status") == "completed")
    )


def fresh(case: Case) -> tuple[Event, ...]:
    """Return the known events of the open episode since a matter was last dealt with."""
    return case.once(_fresh)


def _fresh(case: Case) -> tuple[Event, ...]:
    found: list[Event] = []
    for event in reversed(case.episode):
        if not known(event):
            continue
        if concludes(event):
            break
        found.append(event)
    return tuple(reversed(found))


def current(case: Case, *kinds: Kind) -> tuple[Event, ...]:
    """Return what the engine may still write about, of these kinds if any is named.

    In the live record that is the newest episode, in a story everything.
    """
    start, last = case.episodes[-1] if case.family.live and case.episodes else (0, None)
    end = None if last is None else last + 1
    return tuple(case.chronology.of(kinds, start, end)) if kinds else case.record[start:end]


def awaiting(case: Case, terms: Terms, key: str, *kinds: Kind) -> Iterator[tuple[Event, datetime]]:
    """Yield events, the newest first, each with the moment at which the span kept under `key` is over.

    A story that has gone past that moment has already shown what was done by then, so that it is not asked again.
    """
    start = case.episodes[-1][0] if case.family.live and case.episodes else 0
    for event in reversed(case.chronology.of(kinds, start)):
        due = terms.due(event.at, key)
        if gone_past(case, due):
            return
        yield event, due


def gone_past(case: Case, due: datetime) -> bool:
    """Tell whether a story has gone on past a moment, and so has been asked already what was done by then."""
    return not case.family.live and case.record[-1].at > due


def within_episode(case: Case, event: Event) -> bool:
    """Tell whether an event happened while a case was open."""
    place = case.chronology.place(event) or 0
    return any(start <= place and (end is None or place <= end) for start, end in case.episodes)


def open_before(case: Case, event: Event) -> bool:
    """Tell whether a case was open when an event of its record was about to happen."""
    place = case.chronology.place(event) or 0
    return any(start < place and (end is None or place <= end) for start, end in case.episodes)


def after(case: Case, start: Event, *kinds: Kind) -> list[Event]:
    """Return what is on the record after an event, in the order in which it was recorded."""
    place = case.chronology.place(start)
    if place is None:
        return []
    return case.chronology.of(kinds, place + 1) if kinds else list(case.record[place + 1 :])


def unborn(case: Case, moment: datetime) -> bool:
    """Tell whether the child was not born yet. Without a birth or a due date, only a known pregnancy says so."""
    if case.child.born is not None:
        return case.child.born > day_of(moment)
    return case.child.due is not None or any(
        event.get("pregnancy") or event.get("what") == "pregnancy_known" for event in case.record
    )


def younger(case: Case, moment: datetime, key: str, terms: Terms) -> bool:
    """Tell whether the child was younger than the age the policy keeps under `key`. An unborn child is younger."""
    born = case.child.born
    if born is None:
        return unborn(case, moment)
    return terms.due(datetime(born.year, born.month, born.day, tzinfo=LONDON), key) > moment


def professional(case: Case, who: str | None) -> Practitioner | None:
    """Return somebody who works for an agency, or None for a relative, the public, and nobody."""
    found = case.family.practitioners.get(who) if who else None
    return found if found is not None and found.agency is not None else None


def in_chapter(case: Case, *kinds: Kind) -> list[Event]:
    """Return the events of these kinds in the chapter."""
    return case.chronology.of(kinds, len(case.record) - len(case.chapter))


def contacts_for(case: Case, decision: Event) -> list[Event]:
    """Return the contacts a decision is about: those it names, otherwise those of the episode not yet decided."""
    named = decision.codes("for")
    if named:
        return [contact for contact in case.of(Kind.CONTACT) if contact.id in named]
    settled = [at for at, event in enumerate(case.episode) if final(event)]
    rest = case.episode[settled[-1] + 1 :] if settled else case.episode
    return [event for event in rest if event.kind is Kind.CONTACT]


def heard(case: Case, begun: Event | None, given: Event) -> set[str]:
    """Return whom an event shows to have been heard since something began.

    By a view, in a meeting or by a written account to it, in conversation, by an answer to a question; two failed
    attempts to reach somebody count as well.
    """
    since = after(case, begun) if begun is not None else list(case.record)
    voices: set[str] = set(given.get("views") or {})
    attempts: dict[str, int] = {}
    for event in since:
        if event.by and event.kind in {Kind.VIEW, Kind.ACCOUNT}:
            voices.add(event.by)
        if event.kind in {Kind.MEETING, Kind.CONFERENCE, Kind.STRATEGY_DISCUSSION}:
            voices.update((*event.codes("attended"), *event.codes("accounts"), *(event.get("views") or {})))
        if event.kind is Kind.SPOKE_TO and event.get("done") is not False:
            voices.add(event.get("person"))
        if event.kind is Kind.ATTEMPT:
            who = event.get("person")
            attempts[who] = attempts.get(who, 0) + event.times
    return voices | {who for who, tries in attempts.items() if tries >= _ATTEMPTS}


def unheard(case: Case, begun: Event | None, given: Event) -> list[str]:
    """Return those at work with the child outside social care whom the record does not show to have been heard."""
    return voiceless(case, asked_for_views(case), heard(case, begun, given))


def asked_for_views(case: Case) -> list[str]:
    """Return those at work with the child outside social care.

    Where a source leaves much out, an officer of whom it tells nothing but an incident or a notification is not among
    them: the police went back to other work.
    """
    due = [who.id for who in case.views_due]
    if not case.family.silence_unknown:
        return due
    return [who for who in due if not _only_reported(case, who)]


def _only_reported(case: Case, who: str) -> bool:
    agency = case.family.practitioners[who].agency
    if agency is None or agency.kind is not AgencyKind.POLICE:
        return False
    mine = [event for event in case.record if who in participants(event)]
    return all(
        event.kind in _REPORTS and event.get("channel", "police_notification") == "police_notification"
        for event in mine
    )


def voiceless(case: Case, due: Iterable[str], voices: Iterable[str | None]) -> list[str]:
    """Return those of whom there is no word.

    In a story, a colleague speaks for an agency, though not for a worker of social care; the live engine asks each.
    """
    spoken = set(voices)
    agencies = {who.agency for one in spoken if (who := professional(case, one)) is not None and who.gives_a_view}
    left = [who for who in due if who not in spoken]
    if case.family.live:
        return left
    return [who for who in left if (found := professional(case, who)) is None or found.agency not in agencies]


def most(case: Case, missing: Iterable[object], due: Iterable[object]) -> bool:
    """Tell whether a story shows the word of most: the live engine waits for each of them."""
    return not case.family.live and 2 * len(tuple(missing)) <= len(tuple(due))


def unsettled(case: Case, given: Event) -> list[str]:
    """Return those whose view is that they disagree, and whose disagreement was never raised and settled."""
    settled: set[str | None] = set()
    raised: dict[Any, str | None] = {}
    for event in case.of(Kind.DISAGREEMENT):
        if event.get("status") == "raised":
            raised[event.get("with")] = event.by
        elif event.get("status") in {"resolved", "withdrawn"}:
            settled.add(raised.pop(event.get("with"), None))
    views: dict[str, Any] = given.get("views") or {}
    return [who for who, view in views.items() if view == "disagree" and who not in settled]


def raised_by_nobody(case: Case, given: Event) -> list[str]:
    """Return those whose view is that they disagree, without any disagreement on record."""
    raisers = {event.by for event in case.of(Kind.DISAGREEMENT) if event.get("status") == "raised"}
    views: dict[str, Any] = given.get("views") or {}
    return [who for who, view in views.items() if view == "disagree" and who not in raisers]


def workers(case: Case) -> Iterator[str]:
    """Yield everybody the case was given to in the episode, and has not been taken from."""
    holders: dict[str, None] = {}
    for event in case.chapter:
        if event.kind is Kind.ALLOCATED:
            if event.get("to"):
                holders[event.get("to")] = None
            holders.pop(event.get("ended") or "", None)
    yield from holders


def listed(ids: Iterable[str]) -> str:
    """Join names of people or codes for a sentence."""
    return ", ".join(str(one).replace("_", " ") for one in ids)
