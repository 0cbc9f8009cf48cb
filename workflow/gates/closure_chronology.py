"""Gates of the closure: whoever closes has read the chronology."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.chronology_read import new_since, unread
from workflow.own_visits import ended_early_help, taken_on
from workflow.questions import day_of
from workflow.rule import Finding, Gate, Terms


def chronology_read(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Read the same day to its end, by whoever closes or by the manager who signs.

    Early help that ends what social care never took on closes nothing of social care's. A reading of the weeks
    before goes far enough for a warning.
    """
    if not case.family.live and not taken_on(case) and ended_early_help(case, event):
        return
    readers = {who for who in (event.by, event.get("manager")) if who}
    left = [
        unread(case, seen)
        for seen in case.of(Kind.CHRONOLOGY_SEEN)
        if day_of(seen.at) == day_of(event.at) and (not readers or seen.by is None or seen.by in readers)
    ]
    new = min(left, key=len, default=None)
    if new is None:
        lately = any(terms.due(seen.at, "closure.own_visit") >= event.at for seen in case.of(Kind.CHRONOLOGY_SEEN))
        says = "Nobody who closes the case read the chronology that day."
        yield Finding(says, silent=True, loose=event.loose, light=lately and not case.family.live)
    elif new:
        yield Finding(f"The chronology was read that day, and {new_since(new)}.", loose=event.loose)


CHRONOLOGY: Final = Gate(
    id="chronology-at-every-decision",
    stage=Stage.CLOSURE,
    says="Whoever closes a case has read the chronology to its end and commented on it the same day.",
    source="SCR Matt 6.1.27, 6.6.2",
    mend="the manager, with `mash chronology REF` and then `read-chronology`",
    on=frozenset({Kind.CLOSURE}),
    judge=chronology_read,
)

GATES: Final[tuple[Gate, ...]] = (CHRONOLOGY,)
