"""A casebook's chronology: the same builder as for a live record, with the source's paragraphs and its own lines."""

import re
from typing import Final

from workflow.chronology import Beside
from workflow.chronology_shown import Child, Chronicle, Whence, chronicle
from workflow.chronology_wanted import Asked
from workflow.chronology_words import Names, legible, spoken
from workflow.replay.casebook import Casebook

_INITIALS: Final = re.compile(r"\b(mash|gp)\b")


def names_of(casebook: Casebook) -> Names:
    """Return what a casebook calls its people and agencies, as it is said."""
    family = casebook.family
    people = {who: _title(who) for who in family.people}
    people |= {who: _words(who) for who in family.practitioners}
    return Names(people, {agency: _words(agency) for agency in family.agencies})


def chronology_of(casebook: Casebook, asked: Asked) -> Chronicle:
    """Build the chronology of a casebook's whole family."""
    family = casebook.family.after(casebook.events)
    names = names_of(casebook)
    people = names.people
    beside = Beside(
        names,
        {index: f"para {told.ref}" for index, told in enumerate(casebook.told) if told.ref},
        {index: told.text for index, told in enumerate(casebook.told)},
    )
    born = {child: family.case(child).child for child in family.children()}
    children = tuple(Child(one.id, people[one.id], one.born, one.due) for one in born.values())
    return chronicle(
        family, family.record, beside, asked, children, Whence(legible(casebook.source), "", None, live=False)
    )


def _words(name: str) -> str:
    return _INITIALS.sub(lambda found: found[0].upper(), spoken(name))


def _title(name: str) -> str:
    words = _words(name)
    return words[:1].upper() + words[1:]
