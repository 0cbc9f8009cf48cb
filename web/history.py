"""The history of a referral: what was decided by whom and why, the way through the states, the grades, and who looked."""

from fastapi import APIRouter
from fastapi.responses import Response

from models.vocabulary import Kind, State
from web.page import Looking
from web.states_picture import HIGH, SIZE, WIDE, picture
from web.tab import by_year, draw, lines, open_tab
from workflow import audit, looks, rulebook, store
from workflow.questions import current

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
    )
