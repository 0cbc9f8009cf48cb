"""Version 1 of the casebook format, as data: what a file may say, and what it must."""

from collections.abc import Mapping
from typing import Final

from models.vocabulary import AgencyKind, Concern, Factor, Kind, PractitionerKind
from workflow.replay.kinds import KINDS
from workflow.replay.shapes import (
    Count,
    Day,
    Flag,
    Gestation,
    Id,
    LinkShape,
    ListOf,
    Moment,
    Names,
    Record,
    Shape,
    Text,
    Word,
    code,
    codes,
    record,
)

VERSION: Final = 1
RELATIONS: Final = code("mother father parent carer partner sibling grandparent relative household other").of
WITHOUT_AGENCY: Final = frozenset(
    {PractitionerKind.RELATIVE, PractitionerKind.MEMBER_OF_PUBLIC, PractitionerKind.OTHER, PractitionerKind.PARENT}
)
"""Who needs no agency. The format names three of these; a parent, having none either, is taken as a fourth."""

NAMED_THINGS: Final = frozenset({Kind.COMMITMENT, Kind.CONDITION, Kind.OUTCOME})
"""Where `id` names a thing that returns with each new status, instead of the event."""

_flag, _text, _day = Flag(), Text(), Day()
_OLDEST: Final = 1900

HEAD: Final = record(
    "casebook title authority source silence expect people events",
    casebook=Count(),
    title=_text,
    authority=_text,
    source=_text,
    silence=code("recorded unknown"),
    expect=code("interventions clean"),
    until=_day,
    people=ListOf(
        record(
            "id is",
            id=Word(),
            **{"is": code("child adult")},
            born=Day(_OLDEST),
            due=_day,
            gestation_at_birth=Gestation(),
            gp=Word(),
            factors=ListOf(codes(Factor)),
        )
    ),
    links=ListOf(LinkShape(RELATIONS)),
    agencies=ListOf(record("id is", id=Word(), **{"is": codes(AgencyKind)})),
    practitioners=ListOf(
        record(
            "id is",
            id=Word(),
            agency=Id(Names.AGENCY),
            newly_qualified=_flag,
            **{"is": codes(PractitionerKind)},
        )
    ),
)

COMMON: Final[Mapping[str, Shape]] = {
    "at": Moment(),
    "about": ListOf(Id(Names.CHILD)),
    "by": Id(Names.PERSON),
    "precision": code("day week month year"),
    "ref": _text,
    "id": Word(),
    "times": Count(1),
    "text": _text,
}

SEEN: Final[Mapping[str, Shape]] = {
    "concerns": ListOf(codes(Concern)),
    "injury": record(child_mobile=_flag, explained=_flag),
    "claim": record(what=_text, verified=_flag),
    "child_seen": _flag,
    "child_seen_alone": _flag,
    "sleep_space_seen": _flag,
    "interpreter": code("none family independent"),
}
SEEING: Final = frozenset(
    {Kind.VISIT, Kind.APPOINTMENT, Kind.MEDICAL, Kind.SPOKE_TO, Kind.INCIDENT, Kind.CONCERN, Kind.CONTACT}
)

DISAGREED_WITH: Final = codes(KINDS)


def form(kind: Kind) -> Record:
    """Return every key that an event of this kind may have, and those it must have."""
    own: dict[str, Shape] = {**COMMON, **(SEEN if kind in SEEING else {}), **KINDS[kind].keys}
    if kind is Kind.DISAGREEMENT:
        own["with"] = DISAGREED_WITH
    return Record(own, KINDS[kind].required | {"at"})


FORMS: Final[Mapping[Kind, Record]] = {kind: form(kind) for kind in KINDS}
