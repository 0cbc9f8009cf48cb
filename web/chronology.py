"""The chronology of a child: drawn and listed, filtered, taken along as a document, and put on record as read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import ValidationError

from config.clock import LONDON
from models.commands.front_door import ReadChronology
from models.vocabulary import Kind
from notifications.documents.page import chronology_page
from notifications.documents.rows import by_year, rows
from web.chronology_lanes import LEFT, WIDE, lanes
from web.drawing import option_items
from web.fields import Choice
from web.page import Form, Looking, Page, Sending
from web.tab import draw, for_the_council, whole_of
from web.wording import capital, words
from workflow import access
from workflow.chronology import Entry, Theme
from workflow.chronology_read import new_since, unread
from workflow.chronology_shown import Chronicle
from workflow.chronology_wanted import Asked
from workflow.errors import BadCommandError, ChangedError, RefusedError
from workflow.questions import current

router = APIRouter()
LONG: Final = 150
"""A chronology with more entries than this is shown a year at a time."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a chronology was asked for, as the address has it: codes and days, and nobody's name."""

    of: str = "child"
    theme: str = ""
    agency: str = ""
    since: str = ""
    until: str = ""
    significant: str = ""

    @property
    def family(self) -> bool:
        """True where brothers and sisters are wanted too."""
        return self.of == "family"

    @property
    def narrow(self) -> bool:
        """True where something may be left out."""
        return bool(self.theme or self.agency or self.since or self.until or self.significant)

    def query(self, **more: str) -> str:
        """Write the filters as an address has them, with something more."""
        values = {name: getattr(self, name) for name in self.__slots__} | more
        return urlencode({name: value for name, value in values.items() if value and value != "child"})

    def asked(self) -> Asked:
        """Return the filters as the chronology takes them."""
        return Asked(
            agencies=(self.agency,) if self.agency else (),
            themes=(self.theme,) if self.theme else (),
            since=_day(self.since, "first"),
            until=_day(self.until, "last"),
            significant=bool(self.significant),
        )


def _filters(page: Page) -> Filters:
    given = page.request.query_params
    return Filters(**{name: given.get(name, "") for name in Filters.__slots__ if name in given})


def _day(written: str, which: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise BadCommandError(f"The {which} day is no date.", "Write it as 2026-03-14.") from None


@router.get("/referrals/{reference}/chronology.html")
def document(page: Looking, reference: str) -> Response:
    """Hand the chronology out as one page that stands alone and prints on A4."""
    engine, filters, what = page.product.engine, _filters(page), "chronology, as a document"
    found = access.chronology(
        engine, reference, page.actor, page.now, filters.asked(), family=filters.family, what=what
    )
    name = f"chronology-{found.whence.reference}.html"
    return Response(
        chronology_page(found),
        media_type="text/html; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.get("/referrals/{reference}/chronology")
def chronology(page: Looking, reference: str) -> Response:
    """Show the chronology."""
    return _show(page, reference, _filters(page))


@router.post("/referrals/{reference}/chronology")
def read(page: Sending, posted: Form, reference: str) -> Response:
    """Put on record that the chronology was read as far as it was shown, with what was noted."""
    for_the_council(page, reference)
    noted, upto = posted.one("noted"), posted.one("upto")
    try:
        command = ReadChronology.model_validate(
            {"noted": noted, "upto": int(upto) if upto.isdecimal() else None, "anyway": posted.one("anyway")}
        )
        page.product.engine.act(
            reference, "read-chronology", page.actor, page.now, command, seen_version=posted.version
        )
    except ValidationError:
        says = "Say what you noted, in a few words."
    except ChangedError:
        says = "The record grew while you were reading. What is new is below; read it, and send once more."
    except RefusedError as error:
        says = " ".join(refusal.missing for refusal in error.refusals)
    except BadCommandError as error:
        says = error.says
    else:
        return page.go(f"/referrals/{reference}/chronology?read=1")
    return _show(page, reference, Filters(), 400, noted=noted, says=says)


def _show(page: Page, reference: str, filters: Filters, status: int = 200, **values: Any) -> Response:
    for_the_council(page, reference)
    engine, asked = page.product.engine, filters.asked()
    file, found = access.open_chronology(
        engine, reference, page.actor, page.now, asked, family=filters.family, what="chronology"
    )
    whole = whole_of(page, file)
    years = _by_year(found)
    kept = _years(years, page.request.query_params.get("year", ""))
    shown = by_year(list(rows(replace(found, entries=tuple(chain.from_iterable(kept.values()))))))
    readings = current(whole.case, Kind.CHRONOLOGY_SEEN)
    return draw(
        page,
        whole,
        "chronology",
        status,
        chronicle=found,
        filters=filters,
        years=years,
        shown=shown,
        paged=len(shown) < len(years),
        lanes=lanes(found.entries),
        size=(WIDE, LEFT),
        theme_items=option_items([Choice(one.value, capital(words(one.value))) for one in Theme], [filters.theme]),
        agency_items=option_items(
            [Choice(*one) for one in sorted(found.names.agencies.items(), key=lambda one: one[1])], [filters.agency]
        ),
        reading=readings[-1] if readings else None,
        new=new_since(fresh) if readings and (fresh := unread(whole.case, readings[-1])) else "",
        upto=max((event.index for event in whole.case.record), default=-1),
        to_note=found.whence.to_note and not filters.narrow,
        was_read="read" in page.request.query_params,
        errors={"noted": values["says"]} if values.get("says") else {},
        noted=values.get("noted", ""),
    )


def _by_year(found: Chronicle) -> dict[int, list[Entry]]:
    years: dict[int, list[Entry]] = {}
    for entry in found.entries:
        years.setdefault(entry.at.astimezone(LONDON).year, []).append(entry)
    return years


def _years(years: Mapping[int, list[Entry]], wanted: str) -> dict[int, list[Entry]]:
    """Return the years to list: all of them where they are few or asked for, otherwise one, the newest unless named."""
    if not years or wanted == "all" or sum(map(len, years.values())) <= LONG:
        return dict(years)
    chosen = int(wanted) if wanted.isdecimal() and int(wanted) in years else max(years)
    return {chosen: years[chosen]}
