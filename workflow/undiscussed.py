"""Signs that somebody hurt a child which no strategy discussion has weighed. Pure, and shared."""

from itertools import takewhile

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.hurt import by_somebody, discussed, explained, speaks_of_hurt
from workflow.questions import day_of, mark
from workflow.rule import Terms
from workflow.signals.injury import injuries


def to_discuss(case: Case, terms: Terms) -> list[Event]:
    """Return the signs, one a day, that somebody hurt the child, or that it was hurt again, and nobody discussed it."""
    begun = case.opened
    if begun is None:
        return []
    timed = {mark(sign) for sign in injuries(case, terms)}
    signs: list[Event] = []
    earlier: list[Event] = []
    for event in case.chronology.where(_of_hurt):
        if (event.at, event.index) < (begun.at, begun.index):
            continue
        if explained(event):
            signs, earlier = [], []
        elif discussed(event) or event.kind is Kind.CONFERENCE:
            signs = []
        elif by_somebody(event) or (speaks_of_hurt(event) and _again(event, earlier, terms)):
            fresh = not signs or day_of(signs[-1].at) != day_of(event.at)
            signs += [event] if fresh and mark(event) not in timed else []
        if speaks_of_hurt(event):
            earlier.append(event)
    return signs


def _of_hurt(event: Event) -> bool:
    weighed = explained(event) or discussed(event) or event.kind is Kind.CONFERENCE
    return speaks_of_hurt(event) or by_somebody(event) or weighed


def _again(event: Event, earlier: list[Event], terms: Terms) -> bool:
    """Tell whether hurt is told of on another day than before, within the days the policy looks back."""
    lately = takewhile(lambda one: terms.due(one.at, "hurt_again") >= event.at, reversed(earlier))
    return any(day_of(one.at) != day_of(event.at) for one in lately)


def undiscussed(case: Case, terms: Terms) -> list[Event]:
    """Return the signs of the open episode that no discussion has weighed, those on a baby included."""
    return sorted([*injuries(case, terms), *to_discuss(case, terms)], key=lambda sign: (sign.at, sign.index))
