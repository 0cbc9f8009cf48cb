"""A replay as text that a partnership can print: the family's story, with the engine's answers in the margin below."""

import textwrap
from collections import Counter
from collections.abc import Iterator
from datetime import date, time
from typing import Final

from config.clock import LONDON
from models.events import Event
from models.facts import Person
from workflow.chronology_sentences import headline
from workflow.chronology_words import Names, british, clock_time, legible, listed, sentence
from workflow.replay.casebook import Told
from workflow.replay.chronology import names_of
from workflow.replay.interventions import Answer, Intervention, Played

MARGIN: Final = 20
"""The columns of the margin, in which the days stand, and what sort of answer this is."""

_LABEL: Final = 16
_MORNING: Final = time(9)
_SILENCE: Final = {
    "recorded": "What the story does not say was not done.",
    "unknown": "What the story does not say may have been done.",
}
_LABELS: Final = {
    Answer.REFUSED: "REFUSED",
    Answer.WARNED: "WARNED",
    Answer.ACTED: "DONE BY ITSELF",
    Answer.SIGNAL: "PATTERN",
}
_CLOCKS: Final = {"warned": "CLOCK WARNS", "breached": "CLOCK RUN OUT"}


def timeline(played: Played, width: int) -> Iterator[str]:
    """Yield the story line by line, so many columns wide."""
    book = played.casebook
    names = names_of(book)
    several = sum(person.child for person in book.family.people.values()) > 1
    yield from _head(played, names, width)
    answers: dict[int, list[Intervention]] = {}
    for each in played.interventions:
        answers.setdefault(each.event, []).append(each)
    for event, told in zip(book.events, book.told, strict=True):
        yield ""
        yield from _event(event, told, names, several=several, width=width)
        for each in answers.get(event.index, ()):
            yield from _answer(each, event, names, several=several, width=width)


def _head(played: Played, names: Names, width: int) -> Iterator[str]:
    book = played.casebook
    title = textwrap.wrap(legible(book.title), width)
    yield from title
    yield "=" * max(map(len, title), default=0)
    yield from textwrap.wrap(f"Source: {sentence(legible(book.source))}", width)
    place = played.policy[:1].upper() + played.policy[1:]
    yield from textwrap.wrap(f"Played under the policy of {place}. {_SILENCE[book.silence]}", width)
    family = listed(_introduced(person, names) for person in book.family.people.values())
    yield from textwrap.wrap(f"The family: {family}.", width)
    if played.interventions:
        yield ""
        marks = "~ rests on a date that is known only loosely" * any(each.loose_date for each in played.interventions)
        silent = "? rests only on what the source does not mention" * any(
            each.rests_on_silence for each in played.interventions
        )
        legend = "; ".join(filter(None, (marks, silent)))
        says = "Below each event stands what the engine would have answered"
        yield from textwrap.wrap(f"{says}: {legend}." if legend else f"{says}.", width)


def _introduced(person: Person, names: Names) -> str:
    days = [
        f"{word} {british(day)}" for word, day in (("born", person.born), ("due", person.due)) if day and person.child
    ]
    return f"{names.person(person.id)} ({', '.join(days)})" if days else names.person(person.id)


def _when(event: Event) -> str:
    day = event.at.astimezone(LONDON).date()
    short = f"{day.day} {day:%b %Y}"
    match event.precision:
        case "week":
            return f"about {short}"
        case "month":
            return f"in {day:%B %Y}"
        case "year":
            return f"in {day.year}"
        case _:
            return f"{day:%a} {short}"


def _event(event: Event, told: Told, names: Names, *, several: bool, width: int) -> Iterator[str]:
    beside = [names.person(event.by)] if event.by else []
    if several and event.about:
        beside.append(listed(map(names.person, event.about)))
    if event.times > 1:
        beside.append(f"{event.times} times")
    says = headline(event, names).rstrip(".")
    at = "" if event.loose or event.at.astimezone(LONDON).time() == _MORNING else f"{clock_time(event.at)} "
    ref = f" [{legible(told.ref)}]" if told.ref else ""
    tail = f" ({'; '.join(beside)})" if beside else ""
    yield from _paragraph(_when(event), f"{at}{says}{tail}{ref}", width)
    if told.text:
        yield from _paragraph("", legible(told.text), width)


def _answer(each: Intervention, event: Event, names: Names, *, several: bool, width: int) -> Iterator[str]:
    label = _label(each)
    marks = f"{'~' * each.loose_date}{'?' * each.rests_on_silence}"
    later = "" if each.on == event.at.astimezone(LONDON).date() else f"On {british(each.on)}: "
    says = each.says[:1].lower() + each.says[1:] if later else each.says[:1].upper() + each.says[1:]
    whom = f" ({listed(map(names.person, each.children))})" if several else ""
    yield from _paragraph(f"{label:>{_LABEL}} {marks}", f"{later}{says}{whom}", width)
    yield from _paragraph("", f"{each.rule}: {each.source}", width, indent="  ")


def _label(each: Intervention) -> str:
    return _CLOCKS[each.state] if each.state else _LABELS[each.effect]


def _paragraph(margin: str, text: str, width: int, indent: str = "") -> Iterator[str]:
    lines = textwrap.wrap(
        text, width - MARGIN, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    ) or [""]
    yield f"{margin:<{MARGIN}}{lines[0]}".rstrip()
    yield from (f"{'':<{MARGIN}}{line}" for line in lines[1:])


def rules_that_spoke(played: Played, width: int) -> Iterator[str]:
    """Yield the rules that had something to say, the one that spoke most first, and on which day each began."""
    counted = Counter((each.rule, _label(each)) for each in played.interventions)
    first: dict[tuple[str, str], date] = {}
    for each in played.interventions:
        first.setdefault((each.rule, _label(each)), each.on)
    for (rule, label), count in sorted(counted.items(), key=lambda one: (-one[1], first[one[0]], one[0])):
        line = (
            f"{rule}, first on {british(first[rule, label])}"
            if count > 1
            else f"{rule}, on {british(first[rule, label])}"
        )
        yield from _paragraph(f"{label:>{_LABEL}} {count:>2}", line, width)
