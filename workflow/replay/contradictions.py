"""What is wrong with a casebook though each of its values is well formed: dates that cannot both be true, and the like."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from config.clock import LONDON
from config.yaml_marks import Placed
from models.events import Event
from workflow.replay.values import Checker

WEEKS_OF_PREGNANCY: Final = 40
EARLY: Final = timedelta(weeks=20)
LATE: Final = timedelta(weeks=5)
"""No child is born earlier or later than this, reckoned from the day it was due."""

ESTIMATES_DIFFER: Final = timedelta(weeks=4)
"""So far apart two ways of dating one pregnancy may lie."""

_PLACE: Final = re.compile(r"[\w .,'&()-]{1,60}")


def contradictions(
    parts: Mapping[str, Placed], head: Mapping[str, Any], events: Sequence[Event], checker: Checker
) -> None:
    """Add what the head and the events contradict each other in."""
    authority = head.get("authority")
    if authority is not None and not _PLACE.fullmatch(authority):
        checker.wants("authority", "the name of a place, such as coventry", parts["authority"])
    until: date | None = head.get("until")
    if until and events and until < events[-1].at.astimezone(LONDON).date():
        checker.add(parts["until"].line, f"until: {until} lies before the last event.")
    people = head.get("people", ())
    for person, placed in zip(people, parts["people"].value if people else (), strict=True):
        _birth(person, placed, checker)


def _birth(person: Mapping[str, Any], placed: Placed, checker: Checker) -> None:
    born, due = person.get("born"), person.get("due")
    if born is None or due is None:
        return
    line = next((part.line for key, part in placed.items() if key.value == "due"), placed.line)
    if not due - EARLY <= born <= due + LATE:
        checker.add(line, f"born {born} and due {due} cannot both be true of {person.get('id', 'one child')}.")
        return
    weeks, _, days = str(person.get("gestation_at_birth") or "").partition("+")
    if weeks:
        reckoned = due - timedelta(weeks=WEEKS_OF_PREGNANCY) + timedelta(weeks=int(weeks), days=int(days or 0))
        if abs(reckoned - born) > ESTIMATES_DIFFER:
            says = f"gestation_at_birth: {weeks}+{days or 0} does not fit born {born} and due {due}."
            checker.add(line, says)
