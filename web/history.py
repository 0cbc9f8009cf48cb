"""The history of a referral: what was decided by whom and why, the way through the states, the grades, and who looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from fastapi import APIRouter
from fastapi.responses import Response

from models.vocabulary import Kind, State
from web.page import Looking
from web.states_picture import HIGH, SIZE, WIDE, picture
from web.tab import by_year, draw, lines, open_tab
from workflow import audit, looks, rulebook, store
from workflow.questions import current
from workflow.seen import Decided

router = APIRouter()


@router.get("/referrals/{reference}/history")
def history(page: Looking, reference: str) -> Response:
    """Show what was done, and prove it."""
    whole = open_tab(page, reference, "history")
    seen = whole.file.seen
    with page.product.database.reading() as connection:
        who_looked = looks.looks(connection, seen.reference, page.actor)
        links, fault = audit.verify_one(connection, store.number(seen.reference))
    ours = set(map(id, current(whole.case, Kind.GRADE, Kind.GRADE_PROPOSED)))
    grades = list(reversed(whole.case.of(Kind.GRADE, Kind.GRADE_PROPOSED)))
    return draw(
        page,
        whole,
        "history",
        decisions=seen.decisions[::-1],
        way=[made for made in seen.decisions if made.was != made.now],
        picture=picture(seen.state, [(made.was, made.now) for made in seen.decisions]),
        size=SIZE,
        box=(WIDE, HIGH),
        grades=[one for one in grades if id(one) in ours],
        grades_before=by_year(lines(whole.file, [one for one in grades if id(one) not in ours])),
        looks=who_looked,
        links=links,
        fault=fault,
        rules=rulebook.BY_ID,
        state=lambda code: State(code).label,
        policies=policies(seen.decisions),
    )


@dataclass(frozen=True, slots=True)
class Spell:
    """From when to when it was decided under one version of a policy."""

    authority: str
    version: str
    first: datetime
    last: datetime


def policies(decisions: Sequence[Decided]) -> list[Spell]:
    """Return under which policies a referral was decided, in turn."""
    found = []
    for policy, under in groupby(decisions, key=lambda made: made.policy):
        authority, _, version = policy.rpartition(" ")
        spell = list(under)
        found.append(Spell(authority, version, spell[0].at, spell[-1].at))
    return found
