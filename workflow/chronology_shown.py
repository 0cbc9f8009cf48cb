"""A chronology as one reader has it: what they asked for, what they may see of it, and where it comes from. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from config.clock import LONDON
from models.events import Event
from models.facts import Family
from models.vocabulary import Kind
from workflow.chronology import Beside, Entry, entries
from workflow.chronology_wanted import Asked, Wanted, chosen, read_themes
from workflow.chronology_words import Names, british, clock_time, listed, spoken
from workflow.errors import BadCommandError
from workflow.identity import same_name, words_of
from workflow.questions import mark
from workflow.telling import reached

RESTRICTED: Final = (
    "This is the reader's own part only: what they did, were asked, were called to, attended or were told. "
    "What others told the hub is theirs to share."
)
_KNOWN_TO: Final = (
    "Known to: the agencies that the record shows to have done it, been there, or been invited, asked or told, then or "
    "later; where none is named, the record does not say."
)
_OPEN_TO_THE_COUNCIL: Final = "The council's own hub and social care could read each entry from when it was recorded."
_SEEN: Final = "Seen: the record shows that a professional saw the child. Where it does not say, nothing is marked."
HOW_TO_READ: Final = (
    _KNOWN_TO,
    _OPEN_TO_THE_COUNCIL,
    _SEEN,
    "What stands in quotation marks is as it was written.",
)
HOW_TO_READ_A_BOOK: Final = (
    _KNOWN_TO,
    _SEEN,
    "A day that is only about right says so.",
)
_OUTLINE: Final = frozenset(
    {"to", "outcome", "decision", "decided", "status", "what", "which", "words", "starts", "requested", "held", "moved"}
)
_PRESENT: Final = frozenset({"attended", "with", "category", "interim_safety_plan", "access", "child_seen"})
_ASKED: Final = frozenset({"agency", "of", "person"})
_WITH_A_NAME: Final = frozenset({"of", "who", "concerns", "lead", "reason_code"})
_NAMES_THEM: Final = frozenset({Kind.INVOLVEMENT, Kind.TOLD, Kind.CONCERN})


@dataclass(frozen=True, slots=True)
class Child:
    """A child whose chronology this is."""

    id: str
    name: str
    born: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Whence:
    """Where a chronology comes from: of which record, for whom, when, and whether the reader had the whole of it.

    `to_note` is true where the reader may put on record that they read it.
    """

    reference: str
    made_for: str
    made_at: datetime | None
    whole: bool = True
    live: bool = True
    to_note: bool = False


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A chronology with everything that its document says. `upto` is the last event of the record it was made from."""

    children: tuple[Child, ...]
    entries: tuple[Entry, ...]
    left_out: tuple[tuple[str, int], ...]
    names: Names
    people: tuple[tuple[str, str], ...]
    whence: Whence
    upto: int

    @property
    def title(self) -> str:
        """Name whose chronology it is."""
        return f"Chronology of {listed(child.name for child in self.children)}"

    @property
    def made_from(self) -> str:
        """Say from whose record, for whom and when it was made."""
        whence = self.whence
        if whence.made_at is None:
            return f"Made from a published or invented account: {whence.reference.rstrip('.')}."
        day = british(whence.made_at.astimezone(LONDON).date())
        of = listed(child.name for child in self.children)
        return (
            f"Made from the record of {of} ({whence.reference}) by {whence.made_for}"
            f" on {day} at {clock_time(whence.made_at)}."
        )

    @property
    def leaves_out(self) -> str:
        """Say how many entries were left out, and why."""
        total = sum(count for _, count in self.left_out)
        if not total:
            return "Nothing is left out." if self.whence.whole else "Nothing that the reader may see is left out."
        reasons = "; ".join(f"{count} {reason}" for reason, count in self.left_out)
        return f"Left out as asked: {total} {'entry' if total == 1 else 'entries'} ({reasons})."

    @property
    def notes(self) -> tuple[str, ...]:
        """Say whence it comes, what is left out and why, and how it is to be read."""
        restricted = () if self.whence.whole else (RESTRICTED,)
        return (
            self.made_from,
            *restricted,
            self.leaves_out,
            *(HOW_TO_READ if self.whence.live else HOW_TO_READ_A_BOOK),
        )


def own_part(record: Iterable[Event], account: str, own: Callable[[Event], bool]) -> tuple[Event, ...]:
    """Return what an agency's own reader may have of a record: each event cut to what they were part of.

    `own` tells what they may read of it anyway, as the referral itself is shown to them.
    """
    events = list(record)
    told: set[object] = {of for of, who in reached(events) if who == account}
    parts = (_part(event, account, own, told) for event in events)
    return tuple(part for part in parts if part is not None)


def _as_list(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list | tuple) else []


def _part(event: Event, account: str, own: Callable[[Event], bool], told: set[object]) -> Event | None:
    """Return as much of an event as somebody was part of, or None."""
    if event.by == account:
        return event
    visiting = event.codes("with") if event.kind is Kind.VISIT else ()
    if account in (*event.codes("attended"), *visiting):
        return _only(event, _OUTLINE | _PRESENT)
    if own(event):
        return _only(event, _OUTLINE | _ASKED) if event.kind is Kind.CHECK else _naming(event, account)
    if event.kind in _NAMES_THEM and account in (*_as_list(event.get("who")), *event.codes("shared_with")):
        return _naming(event, account)
    return _only(event, _OUTLINE) if mark(event) in told else None


def _only(event: Event, keys: frozenset[str]) -> Event:
    return replace(event, data={key: value for key, value in event.data.items() if key in keys})


def _naming(event: Event, account: str) -> Event:
    """Name nobody else who was invited, told or asked beside them."""
    cut = _only(event, _OUTLINE | _WITH_A_NAME)
    return replace(cut, data={**cut.data, "who": account}) if account in _as_list(event.get("who")) else cut


def chronicle(
    family: Family, record: Iterable[Event], beside: Beside, asked: Asked, children: tuple[Child, ...], whence: Whence
) -> Chronicle:
    """Build a chronology for one reader, and leave out what was not asked for."""
    shown = list(record)
    wanted = _wanted(asked, beside.names, children)
    kept, left = chosen(entries(family, shown, beside), wanted, beside.names)
    return Chronicle(
        children=tuple(one for one in children if not wanted.children or one.id in wanted.children),
        entries=kept,
        left_out=left,
        names=beside.names,
        people=tuple(_people(family, kept, beside.names, whole=whence.whole)),
        whence=whence,
        upto=max((event.index for event in shown), default=-1),
    )


def _wanted(asked: Asked, names: Names, children: tuple[Child, ...]) -> Wanted:
    """Find the children and agencies that were asked for by name."""
    return Wanted(
        children=frozenset(_child(one, children) for one in asked.children),
        agencies=_agencies(asked.agencies, names),
        themes=read_themes(asked.themes),
        since=asked.since,
        until=asked.until,
        known_to=_agencies(asked.known_to, names),
        significant=asked.significant,
    )


def _child(written: str, children: tuple[Child, ...]) -> str:
    exactly = [one.id for one in children if written == one.id or same_name(written, one.name)]
    words = set(words_of(written))
    nearly = [one.id for one in children if words and words <= set(words_of(one.name))]
    if len(exactly or nearly) == 1:
        return (exactly or nearly)[0]
    if exactly or nearly:
        raise BadCommandError(f"More than one child is called {written!r}.", "Write the whole name.")
    raise BadCommandError(
        f"No child called {written!r} is in this chronology.",
        f"It is about {listed(child.name for child in children)}; --family brings in brothers and sisters.",
    )


def _people(family: Family, kept: Iterable[Entry], names: Names, *, whole: bool) -> Iterator[tuple[str, str]]:
    """Yield the adults of the family, and who did what is told here: the name, and the place or work of each."""
    doers = dict.fromkeys(entry.by for entry in kept if entry.by)
    adults = [one.id for one in family.people.values() if not one.child and (whole or one.id in doers)]
    for who in adults:
        ties: dict[str, list[str]] = {}
        for link in family.links:
            if link.one == who:
                ties.setdefault(spoken(link.relation), []).append(names.person(link.other))
        said = [f"{relation} of {listed(others)}" for relation, others in ties.items()]
        yield names.person(who), ", ".join(said) or "of the family"
    for who in doers:
        found = family.practitioners.get(who)
        if found is not None:
            agency = f", {names.agency(found.agency.id)}" if found.agency is not None else ""
            yield names.person(who), f"{spoken(found.kind.value)}{agency}"


def _agencies(written: Iterable[str], names: Names) -> frozenset[str]:
    """Return agencies by id or by name, however it is written. An unknown one is refused, with those there are."""
    found = set()
    for one in written:
        plain = one.strip().casefold().replace("_", " ")
        ids = {
            key for key in names.agencies if plain in {key.casefold().replace("_", " "), names.agency(key).casefold()}
        }
        if not ids:
            known = ", ".join(sorted(names.agencies)) or "none"
            raise BadCommandError(f"No agency called {one!r} is in this chronology.", f"It has: {known}.")
        found |= ids
    return frozenset(found)
