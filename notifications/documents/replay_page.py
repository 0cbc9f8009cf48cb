"""A replay as one self-contained page for A4: the picture, the story with the engine's answers, the rules that spoke."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from notifications.documents.page import environment
from notifications.documents.replay_picture import bands, day_of, month_of
from notifications.documents.rows import UNRECORDED, Row, rows
from workflow.chronology_wanted import Asked
from workflow.chronology_words import british
from workflow.replay.chronology import chronology_of
from workflow.replay.interventions import Answer, Intervention, Played
from workflow.replay.report import summary
from workflow.rule import Rule
from workflow.rulebook import BY_ID

MEANS: Final = {
    Answer.REFUSED: ("Refused", "a step that would not have been let happen as it was"),
    Answer.WARNED: ("Warned", "a step let pass with a recorded reason"),
    Answer.ACTED: ("Done", "what the engine would have done by itself"),
    Answer.CLOCK: ("Clock", "a deadline that came near, or ran out"),
    Answer.SIGNAL: ("Pattern", "a pattern across events, told to those who decide"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the story with the answers to it, each under the day on which it would have come."""

    row: Row
    answers: tuple[Intervention, ...]

    @property
    def day(self) -> date:
        """Return the day of the event."""
        return day_of(self.row.entry.at)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A rule that spoke: how often, when first, and how often only because the source is silent."""

    rule: Rule
    effects: tuple[str, ...]
    count: int
    first: Intervention
    silent: int


@dataclass(frozen=True, slots=True)
class Filed:
    """A replay in the index: the name of its page, and what came of it."""

    page: str
    played: Played

    @property
    def result(self) -> str:
        """Say whether a well-run journey came out clean."""
        if self.played.casebook.expect != "clean":
            return "a story to learn from"
        return "well run, and clean" if self.played.clean else "should be clean, and is not"


def replay_page(played: Played) -> str:
    """Write the report that a partnership prints."""
    stories = list(_told(played))
    return (
        environment()
        .get_template("replay.html.jinja")
        .render(
            played=played,
            summary=summary(played),
            effects=[(answer, *MEANS[answer], *_counts(played, answer)) for answer in Answer],
            bands=bands(played),
            months=_by_month(stories),
            rules=sorted(_spoken(played), key=lambda one: (one.first.on, one.rule.id)),
            word=word,
            children=len(list(played.casebook.family.children())),
            british=british,
            unrecorded=UNRECORDED,
        )
    )


def index_page(filed: Sequence[Filed]) -> str:
    """Write the page from which several reports are opened."""
    return environment().get_template("replay_index.html.jinja").render(filed=filed, answers=list(Answer), means=MEANS)


def word(each: Intervention) -> str:
    """Name an answer: refused, warned, a clock that ran out."""
    if each.effect is Answer.CLOCK:
        return "Time ran out" if each.state == "breached" else "Time runs short"
    return MEANS[each.effect][0]


def _told(played: Played) -> Iterator[Told]:
    answers: dict[int, list[Intervention]] = {}
    for each in played.interventions:
        answers.setdefault(each.event, []).append(each)
    for row in rows(chronology_of(played.casebook, Asked())):
        yield Told(row, tuple(answers.get(row.entry.place, ())))


def _by_month(stories: Sequence[Told]) -> dict[date, list[Told]]:
    months: dict[date, list[Told]] = {}
    for told in stories:
        months.setdefault(month_of(told.day), []).append(told)
    return months


def _counts(played: Played, answer: Answer) -> tuple[int, int]:
    """Count the answers of a sort, and those of them that rest on silence."""
    mine = [each for each in played.interventions if each.effect is answer]
    return len(mine), sum(each.rests_on_silence for each in mine)


def _spoken(played: Played) -> Iterator[Spoken]:
    by_rule: dict[str, list[Intervention]] = {}
    for each in played.interventions:
        by_rule.setdefault(each.rule, []).append(each)
    for rule, several in by_rule.items():
        effects = tuple(dict.fromkeys(word(each).lower() for each in several))
        yield Spoken(BY_ID[rule], effects, len(several), several[0], sum(each.rests_on_silence for each in several))
