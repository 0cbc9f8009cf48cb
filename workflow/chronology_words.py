"""Codes, days and names as people say them, for a chronology that outsiders to the hub read. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from config.clock import LONDON

# What people wrote must not steer the screen or page it is read on: control characters, and marks that turn text round.
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]+")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d(T\S+)?")

_CODES: Final[dict[str, str]] = {
    "section47_joint": "a section 47 enquiry, by social care and the police together",
    "section47_single": "a section 47 enquiry, by social care alone",
    "assessment": "a social care assessment",
    "early_help": "early help",
    "antenatal_booking": "antenatal booking",
    "gp": "GP",
    "mash": "MASH",
    "mash_manager": "MASH manager",
    "other_areas": "other areas where the family lived",
    "non_engagement": "non-engagement",
    "dash": "DASH risk checklist",
    "graded_care_profile": "Graded Care Profile",
    "sudi": "risk assessment of sudden infant death",
    "parent_history": "a summary of the parent's own history",
    "lived_experience": "a picture of the child's daily life",
    "development_check": "a check of the child's development",
    "was_not_brought": "not brought",
    "not_found": "not found to be so",
    "police_notification": "police notification",
    "discharge_planning": "discharge planning meeting",
    "core_group": "core group",
    "child_in_need_review": "child in need review",
    "professionals": "professionals' meeting",
    "legal_planning": "legal planning meeting",
    "step_down_panel": "step-down panel",
    "close": "to close the case",
    "step_down": "to step down",
    "continue": "to go on as before",
    "medical": "a medical",
    "police_check": "a check by the police",
    "legal_advice": "legal advice",
    "emergency_protection": "emergency protection order",
    "interim_care": "interim care order",
    "care": "care order",
    "supervision": "supervision",
    "special_guardianship": "special guardianship order",
    "child_arrangements": "child arrangements order",
    "agree": "agrees",
    "disagree": "disagrees",
    "none": "no view",
}
"""Codes that do not read well with their underscores taken out."""


def legible(text: str) -> str:
    """Return text on one line, without anything that would steer the page or screen it is read on."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def british(day: date) -> str:
    """Write a day: 16 March 2018."""
    return f"{day.day} {day:%B %Y}"


def clock_time(moment: datetime) -> str:
    """Write a time of day on the hub's own clock: 14:05."""
    return f"{moment.astimezone(LONDON):%H:%M}"


def dated(moment: datetime, precision: str) -> str:
    """Write when something happened, as loosely as it is known: 16 March 2018, about 16 March, in March, in 2018."""
    day = moment.astimezone(LONDON).date()
    match precision:
        case "week":
            return f"about {british(day)}"
        case "month":
            return f"in {day:%B %Y}"
        case "year":
            return f"in {day.year}"
        case _:
            return british(day)


def spoken(code: str) -> str:
    """Say a code of the record in words."""
    return _CODES.get(code, code.replace("_", " "))


def listed(parts: Iterable[str]) -> str:
    """Join words: one, two and three."""
    words = list(dict.fromkeys(parts))
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "nobody"


def sentence(text: str) -> str:
    """Begin with a capital and end with a full stop."""
    return (text[:1].upper() + text[1:]).rstrip(" .") + "." if text else ""


@dataclass(frozen=True, slots=True)
class Names:
    """What people and agencies are called. An id that nobody has named is read as words."""

    people: Mapping[str, str] = field(default_factory=dict)
    agencies: Mapping[str, str] = field(default_factory=dict)

    def person(self, who: str) -> str:
        """Return the name of somebody of the family, or at work with it."""
        return legible(self.people.get(who) or who.replace("_", " "))

    def agency(self, which: str) -> str:
        """Return the name of an agency."""
        return legible(self.agencies.get(which) or which.replace("_", " "))

    def say(self, value: Any) -> str:
        """Say a value of the record: a name, a day, a code, a list or pairs of them."""
        if isinstance(value, Mapping):
            return "; ".join(f"{self.say(key)}: {self.say(part)}" for key, part in value.items())
        if isinstance(value, list | tuple | frozenset | set):
            return listed(self.say(part) for part in value)
        if isinstance(value, datetime):
            return f"{clock_time(value)} on {british(value.astimezone(LONDON).date())}"
        if isinstance(value, date):
            return british(value)
        text = str(value)
        if text in self.people:
            return self.person(text)
        if _DAY.fullmatch(text):
            return self.say(datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text))
        return legible(spoken(text))
