"""Signals of the household: violence where a child lives, and somebody new there whom nobody has looked at."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Grade, Kind, Stage
from workflow.carers import gone
from workflow.questions import fresh, known, listed, mark
from workflow.rule import Raised, Signal, Terms

_MOVES_IN: Final = frozenset({"joined", "new_partner"})
_LOOKS: Final = frozenset({"household", "police"})
_WEIGHS: Final = frozenset({Kind.STRATEGY_DISCUSSION, Kind.CONFERENCE, Kind.SECTION47_OUTCOME})


def armed(event: Event) -> bool:
    """Tell whether a weapon was taken up where a child lives, or somebody was attacked in front of it."""
    weapon = event.get("what") == "weapon" or Concern.WEAPON in event.codes("concerns")
    attacked = event.get("what") == "assault" and event.get("child_present")
    return bool(weapon or (event.kind is Kind.INCIDENT and attacked))


def looked_at(person: str, event: Event) -> bool:
    """Tell whether an event looks at somebody new: a check, a talk, a search, or a meeting that weighs it all."""
    named = person in {event.get("person"), event.get("for"), *event.codes("attended"), *event.codes("with")}
    searched = event.kind is Kind.HISTORY_CHECKED and bool(_LOOKS & set(event.codes("scope")))
    assessed = event.kind is Kind.ASSESSMENT and event.get("status") == "completed"
    return searched or assessed or event.kind in _WEIGHS or (named and event.kind is not Kind.HOUSEHOLD)


def newcomers(case: Case) -> Iterator[Event]:
    """Yield the adults who have moved in since the case was opened, are there still, and were not looked at."""
    people = case.family.people
    for event in case.now_of(Kind.HOUSEHOLD):
        person = event.get("person")
        moved = event.kind is Kind.HOUSEHOLD and event.get("what") in _MOVES_IN and known(event)
        if not moved or person is None or (person in people and people[person].child) or person in gone(case):
            continue
        if not any(looked_at(person, one) for one in case.since(event)):
            yield event


def danger_at_home(case: Case, terms: Terms, now: datetime) -> Iterator[Raised]:
    """Violence is red at once; a new adult gets a day in which somebody asks who that is."""
    attacks = [event for event in fresh(case) if armed(event)] if case.chronology.where(armed) else []
    for event in attacks[:1]:
        says, of = "a weapon was used or somebody attacked at home.", tuple(map(mark, attacks))
        yield Raised(f"weapon:{mark(event)}", says, Grade.RED, event.at, loose=event.loose, of=of)
    for event in newcomers(case):
        late = terms.due(event.at, "new_adult_checked")
        if late <= now:
            says = f"an adult has moved in, and nobody has checked who that is: {listed([event.get('person')])}."
            yield Raised(f"adult:{mark(event)}", says, None, late, silent=True, loose=event.loose)


WEAPON_OR_ADULT: Final = Signal(
    id="weapon-or-new-adult-in-household",
    stage=Stage.FRONT_DOOR,
    says="A weapon or attack in a child's home is red the same day, and an adult who moves in is checked at once.",
    source="SCR Matt 5.48, 6.1.34",
    mend="anybody in social care, with `call-strategy`; the worker, with `ask` about whoever came",
    judge=danger_at_home,
)

SIGNALS: Final[tuple[Signal, ...]] = (WEAPON_OR_ADULT,)
