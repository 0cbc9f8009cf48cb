"""What templates call: choices as the macros want them, whose move a line is, and which act would answer it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from config.clock import LONDON
from models.events import Event
from models.vocabulary import Kind
from web.fields import Choice
from web.titles import title
from web.wording import acts, capital
from workflow.actions.act import Actor
from workflow.agenda import Deadline, Line, verb_of
from workflow.ages import age
from workflow.permissions import may
from workflow.seen import CaseFile, Seen
from workflow.verbs import VERBS


def choice_items(choices: Iterable[Choice], given: Iterable[str]) -> list[dict[str, Any]]:
    """Return radios or checkboxes, with what was chosen before."""
    chosen = set(given)
    return [
        {
            "value": one.value,
            "text": one.label,
            "checked": one.value in chosen,
            **({"hint": {"text": one.hint}} if one.hint else {}),
        }
        for one in choices
    ]


def option_items(choices: Iterable[Choice], given: Iterable[str]) -> list[dict[str, Any]]:
    """Return the lines of a list that opens."""
    chosen = set(given)
    return [{"value": one.value, "text": one.label, "selected": one.value in chosen} for one in choices]


def error_list(errors: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the faults of a form, each with a link to its field."""
    return [{"text": says, "href": f"#{name}"} for name, says in errors.items()]


def age_of(born: date, now: datetime) -> str:
    """Say how old a child is."""
    return age(born, now.astimezone(LONDON).date())


def by(line: Line, file: CaseFile) -> str:
    """Say whose move a line is, by name where it is somebody's."""
    people = [file.names.person(one) for one in line.by.split(", ")]
    return capital(acts(", ".join(people)))


def doable(line: Line, seen: Seen) -> str:
    """Return the act that would answer a line, where this person may do it now; otherwise nothing."""
    verb = line.act.partition(" (")[0].replace(" ", "-")
    return verb if any(option.verb == verb for option in seen.options) else ""


def place_words(place: str) -> str:
    """Say which form a place is: “Record a visit, M000123”."""
    parts = place.strip("/").split("/")
    if len(parts) == FORM_PARTS and parts[2] == "do":
        return f"{title(parts[3])}, {parts[1]}"
    return title(parts[0]) if parts[0] == "refer" else place


FORM_PARTS: Final = 4
"""What the place of an act's form is made of: referrals, the reference, do, the act."""


def latest_worry(file: CaseFile) -> Event | None:
    """Return the contact or concern that came last, for whoever may read it."""
    told = file.case.now_of(Kind.CONTACT, Kind.CONCERN) if file.case else []
    return told[-1] if told else None


def answering(task: Deadline, actor: Actor) -> str:
    """Return the act that would answer a task, where one does and this person may do it; otherwise nothing."""
    verb = verb_of(task.rule)
    return verb if verb in VERBS and may(actor.role, verb) else ""


_LETTERS: Final = {
    "decided": "What was decided",
    "assessment": "An assessment begins",
    "plan": "There is a plan",
    "closed": "The work has ended",
}


def letter_title(sort: str) -> str:
    """Return what a letter to the family is called."""
    return _LETTERS[sort]


CALLED = (
    choice_items,
    option_items,
    error_list,
    age_of,
    by,
    doable,
    place_words,
    letter_title,
    answering,
    latest_worry,
)
