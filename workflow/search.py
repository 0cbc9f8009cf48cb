"""Finding a referral by what somebody happens to know: a reference, a name however spelt, a birthday, an address.

Open and closed, the newest of each child, only what this person may see; each look is logged before it is returned.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, case, func, insert, or_, select

from models.database import Database
from models.tables.doors import SearchWordRow
from models.tables.people import AccountRow, FamilyRow, PersonRow
from models.tables.reads import ReadRow
from models.tables.referral import ReferralRow
from models.vocabulary import State
from workflow import store
from workflow.actions.act import Actor
from workflow.asked_for import AskedFor, SearchFor, taken_apart
from workflow.chronology_words import legible
from workflow.engine import SEES_EVERYTHING
from workflow.identity import words_of
from workflow.search_words import address_words, name_words, sound
from workflow.visible import open_to

MOST: Final = 25
"""So many are shown; whoever finds more asks more closely."""
LOOKED_THROUGH: Final = 400
"""So many people are ranked, those with the most words in common first."""
_WRITTEN_SO: Final = 3
"""A word that is written the same counts as much as so many that only sound the same."""
_ALIKE: Final = 0.55
_CERTAIN: Final = 2.0


@dataclass(frozen=True, slots=True)
class Found:
    """One child's newest referral. `why` says by what it was found."""

    reference: str
    name: str
    born: date | None
    due: date | None
    state_label: str
    owner_name: str
    why: str


@dataclass(frozen=True, slots=True)
class _Hit:
    """Somebody who fits, how well, and by what."""

    family: int
    child: str | None
    fits: float
    why: str


def search(database: Database, actor: Actor, asked: SearchFor, now: datetime) -> tuple[Found, ...]:
    """Return what was asked for, what fits best at the top. No look is shown that is not on record."""
    what = taken_apart(asked)
    with database.reading() as connection:
        hits = _people(connection, actor, what)
        rows = _referrals(connection, actor, what, hits)
    if rows:
        looks = [
            {"referral_id": row["id"], "account_id": actor.id, "at": now, "what": "search", "shown": True}
            for row, _ in rows
        ]
        with database.unit_of_work() as connection:
            connection.execute(insert(ReadRow), looks)
    return tuple(_found(row, why) for row, why in rows)


def _people(connection: Connection, actor: Actor, what: AskedFor) -> list[_Hit]:
    """Return the people who fit: both the day and the words where somebody fits both, otherwise either."""
    by_words = _by_words(connection, actor, what.words)
    by_day: list[_Hit] = []
    if what.day is not None:
        by_day = _exactly(
            connection, actor, or_(PersonRow.born == what.day, PersonRow.due == what.day), "date of birth"
        )
    if by_words and by_day:
        days = {hit.child for hit in by_day}
        both = [hit for hit in by_words if hit.child in days]
        by_words, by_day = (both, []) if both else (by_words, by_day)
    numbers: list[_Hit] = []
    if what.nhs_number is not None:
        numbers = _exactly(connection, actor, PersonRow.nhs_number == what.nhs_number, "NHS number")
    return sorted([*numbers, *by_words, *by_day], key=lambda hit: -hit.fits)


def _exactly(connection: Connection, actor: Actor, fits: ColumnElement[bool], why: str) -> list[_Hit]:
    rows = connection.execute(_persons(actor).where(fits).order_by(PersonRow.id).limit(LOOKED_THROUGH))
    return [_Hit(row.family_id, row.id if row.child else None, _CERTAIN, f"by the {why}") for row in rows]


def _persons(actor: Actor) -> Any:
    return (
        select(PersonRow.id, PersonRow.family_id, PersonRow.child, PersonRow.name, PersonRow.address)
        .join(FamilyRow, FamilyRow.id == PersonRow.family_id)
        .where(FamilyRow.authority == actor.authority)
    )


def _by_words(connection: Connection, actor: Actor, typed: str) -> list[_Hit]:
    words = sorted(name_words(typed) | address_words(typed))
    if not words:
        return []
    sounds = sorted({heard for word in words if (heard := sound(word))})
    same = SearchWordRow.word.in_(words)
    score = func.sum(case((same, _WRITTEN_SO), else_=1))
    # Whose authority it is, is asked of the best only: a common name is borne by thousands.
    best = (
        select(SearchWordRow.person_id)
        .where(or_(same, SearchWordRow.sound.in_(sounds)))
        .group_by(SearchWordRow.person_id)
        .order_by(score.desc(), SearchWordRow.person_id)
        .limit(LOOKED_THROUGH)
    )
    ids = list(connection.execute(best).scalars())
    rows = connection.execute(_persons(actor).where(PersonRow.id.in_(ids)))
    return [hit for row in rows if (hit := _judged(row, typed))]


def _judged(row: Any, typed: str) -> _Hit | None:
    """Weigh how well somebody fits what was typed: the better of their name and their address."""
    named = _likeness(words_of(typed), words_of(row.name))
    lives = _in_common(address_words(typed), address_words(row.address or ""))
    fits = max(named, lives)
    if fits < _ALIKE:
        return None
    child = row.id if row.child else None
    if lives > named:
        return _Hit(row.family_id, child, fits, "by the address")
    who = "the name" if row.child else "the name of somebody in the family"
    return _Hit(row.family_id, child, fits, f"by {who}" if named == 1 else f"by {who}, which is spelt otherwise")


def _likeness(typed: list[str], name: list[str]) -> float:
    """Return how alike two names are, word by word in any order; a part of a name is enough."""
    if not typed or not name:
        return 0.0
    best = [max(_alike(one, other) for other in name) for one in typed]
    return sum(best) / len(best)


@lru_cache(maxsize=4096)
def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    letters = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    heard = sound(one)
    return max(letters, 0.8) if heard and heard == sound(other) and letters >= 0.5 else letters * 0.9


def _in_common(typed: set[str], lives: set[str]) -> float:
    return len(typed & lives) / len(typed) if typed else 0.0


def _referrals(
    connection: Connection, actor: Actor, what: AskedFor, hits: Iterable[_Hit]
) -> list[tuple[RowMapping, str]]:
    """Return the newest referral of each child who was found, and the one whose reference was given, best first."""
    kept = list(hits)[:LOOKED_THROUGH]
    numbers = _newest(connection, kept) | ({what.number} if what.number is not None else set())
    owner = AccountRow.__table__.alias("owner")
    query = (
        select(ReferralRow.__table__, PersonRow.name, PersonRow.born, PersonRow.due, owner.c.name.label("owner_name"))
        .join(PersonRow, PersonRow.id == ReferralRow.child_id)
        .join(owner, owner.c.id == ReferralRow.owner_id)
        .where(ReferralRow.id.in_(sorted(numbers)), _may_know(actor))
    )
    ranked = []
    # Backwards, so that the hit that stays is the one that fits best.
    children = {hit.child: hit for hit in reversed(kept) if hit.child}
    grown = {hit.family: hit for hit in reversed(kept) if hit.child is None}
    for row in connection.execute(query).mappings():
        if row["id"] == what.number:
            ranked.append((row, _CERTAIN + 1, "by the reference"))
            continue
        found = (children.get(row["child_id"]), grown.get(row["family_id"]))
        best = max((hit for hit in found if hit is not None), key=lambda hit: hit.fits)
        ranked.append((row, best.fits, best.why))
    ranked.sort(key=lambda one: (-one[1], one[0]["closed_at"] is not None, -one[0]["id"]))
    return [(row, why) for row, _, why in ranked[:MOST]]


def _newest(connection: Connection, hits: Iterable[_Hit]) -> set[int]:
    """Return the newest referral of each child who was found, and of each child of an adult who was."""
    kept = list(hits)
    children = {hit.child for hit in kept if hit.child}
    grown = {hit.family for hit in kept if hit.child is None}
    fits = or_(ReferralRow.child_id.in_(sorted(children)), ReferralRow.family_id.in_(sorted(grown)))
    of = ReferralRow.family_id.in_(sorted({hit.family for hit in kept}))  # which has an index, as a child has not
    return set(
        connection.execute(select(func.max(ReferralRow.id)).where(of, fits).group_by(ReferralRow.child_id)).scalars()
    )


def _may_know(actor: Actor) -> ColumnElement[bool]:
    """Return the condition of what somebody may find: the council its authority's, an agency what it is in and open."""
    if actor.role in SEES_EVERYTHING:
        return ReferralRow.authority == actor.authority
    return open_to(actor)


def _found(row: RowMapping, why: str) -> Found:
    label = State(row["state"]).label
    name = legible(row["name"])
    return Found(store.reference(row["id"]), name, row["born"], row["due"], label, row["owner_name"], why)
