"""The case list: what is due first, in tabs and by filter. It draws itself anew while somebody works with it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response

from config.clock import LONDON
from models.vocabulary import Role
from web.page import Looking, Page
from web.titles import title
from web.wording import GRADES, acts, capital
from workflow.case_list import CaseLine, CaseList, Wanted, case_list
from workflow.engine import SEES_EVERYTHING
from workflow.permissions import may
from workflow.verbs import VERBS

router = APIRouter()
TABS: Final = {
    "": "All open",
    "new": "New",
    "checks": "Checks",
    "decision": "Decision",
    "strategy": "Strategy discussion",
    "enquiry": "Enquiry and conference",
    "assessment": "Assessment",
    "plans": "Plans",
    "step_down": "Early help",
    "closure": "Closing",
}
"""The tabs by the code that the list knows them by; no code is every open referral."""
NO_GRADE: Final = "none"
LONGEST_CODE: Final = 60
MOST_PAGES: Final = 1000


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the list, with how many referrals are in it."""

    says: str
    place: str
    count: int
    here: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is set, and the place without it."""

    says: str
    place: str


@router.get("/cases")
def cases(page: Looking) -> Response:
    """Show the open referrals that this person may know of. An agency has a page of its own for them."""
    if page.actor.role is Role.PARTNER:
        return page.go("/agency")
    return page.show("cases.html", **_values(page))


@router.get("/cases/fresh")
def fresh(page: Looking) -> Response:
    """Answer with the list alone if it reads otherwise than what the page has; with nothing if it reads the same."""
    values = _values(page)
    if page.request.headers.get("x-mash-has") == values["mark"]:
        return Response(status_code=204)
    answer = page.show("cases/live.html", **values)
    answer.headers["X-Mash-Mark"] = values["mark"]
    return answer


def tone(line: CaseLine, page: Page) -> str:
    """Return the colour that goes with a deadline's words: red when it has passed, yellow when it is today."""
    if line.due is None:
        return ""
    if line.due < page.now:
        return "red"
    return "yellow" if line.due.astimezone(LONDON).date() == page.now.astimezone(LONDON).date() else ""


def next_step(line: CaseLine) -> str:
    """Say whose move it is and what it is: an act by its title, anything else as the list has it."""
    name, bracket, more = line.waits_for.partition(" (")
    verb = name.replace(" ", "-")
    step = f"{title(verb)}{bracket}{more}" if verb in VERBS else line.waits_for
    said = f"{line.by}: {step[:1].lower()}{step[1:]}" if line.by else step
    return capital(acts(said))


def wanted(asked: Mapping[str, str]) -> Wanted:
    """Read what of the list is wanted from the codes in its address. What is no code is as if it were not there."""
    number = asked.get("page", "")
    return Wanted(
        tab=_one_of(asked.get("tab", ""), TABS),
        grade=_one_of(asked.get("grade", ""), {*GRADES, NO_GRADE}),
        owner=_code(asked.get("owner", "")),
        source=_code(asked.get("source", "")),
        late=asked.get("late") == "1",
        page=min(int(number), MOST_PAGES) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
        mine=asked.get("mine") == "1",
    )


def place(what: Wanted, path: str = "/cases") -> str:
    """Return where this part of the list is: codes only, and none that says nothing."""
    said = {one.name: getattr(what, one.name) for one in fields(what)}
    told = {name: "1" if value is True else str(value) for name, value in said.items() if value and value != 1}
    told |= {name: "1" for name in ("late", "mine") if said[name]}
    return f"{path}?{urlencode(told)}" if told else path


def _values(page: Page) -> dict[str, Any]:
    what = wanted(page.request.query_params)
    with page.product.database.reading() as connection:
        found = case_list(connection, page.actor, what, page.now)
    what = replace(what, page=found.page)
    return {
        "found": found,
        "mark": _mark(page, found),
        "wanted": what,
        "whole": page.actor.role in SEES_EVERYTHING,
        "refers": may(page.actor.role, "refer"),
        "title": _title(page, what),
        "tabs": _tabs(what, found),
        "chips": tuple(_chips(what, found)),
        "next_step": next_step,
        "tone": lambda line: tone(line, page),
        "here": place(what),
        "fresh": place(what, "/cases/fresh"),
        "cleared": place(Wanted(tab=what.tab, mine=what.mine)),
        "at_page": lambda number: place(replace(what, page=number)),
        "filters": _filters(found),
        "first": (found.page - 1) * SIZE + 1,
    }


SIZE: Final = 25
"""How many referrals one page of the list has."""


def _title(page: Page, what: Wanted) -> str:
    if what.mine:
        return "My cases"
    return "Cases" if page.actor.role in SEES_EVERYTHING else "Referrals that early help is part of"


def _tabs(what: Wanted, found: CaseList) -> tuple[Tab, ...]:
    return tuple(
        Tab(says, place(replace(what, tab=code, page=1)), found.counts[code or "all"], code == what.tab)
        for code, says in TABS.items()
    )


def _chips(what: Wanted, found: CaseList) -> Iterator[Chip]:
    alone = replace(what, page=1)
    if what.grade:
        yield Chip(f"Grade: {_grade(what.grade)}", place(replace(alone, grade="")))
    if what.owner:
        yield Chip(f"Owner: {dict(found.owners).get(what.owner, what.owner)}", place(replace(alone, owner="")))
    if what.source:
        yield Chip(
            f"Referred by: {dict(found.sources).get(what.source, what.source)}", place(replace(alone, source=""))
        )
    if what.late:
        yield Chip("Overdue only", place(replace(alone, late=False)))


def _filters(found: CaseList) -> dict[str, list[tuple[str, str]]]:
    """Return what the list can be narrowed by, each choice with its code."""
    return {
        "grade": [("", "Any grade"), *((code, _grade(code)) for code in (*GRADES, NO_GRADE))],
        "owner": [("", "Anybody"), *found.owners],
        "source": [("", "Any agency"), *found.sources],
    }


def _grade(code: str) -> str:
    return GRADES[code][0] if code in GRADES else "Not graded yet"


def _mark(page: Page, found: CaseList) -> str:
    """Mark how the list reads now, its deadlines in words included."""
    read = (found.counts, found.total, [(line, page.due(line.due), tone(line, page)) for line in found.lines])
    return hashlib.sha256(repr(read).encode()).hexdigest()[:16]


def _one_of(code: str, codes: Any) -> str:
    return code if code in codes else ""


def _code(written: str) -> str:
    return written if len(written) <= LONGEST_CODE and written.isprintable() else ""
