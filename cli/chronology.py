"""The chronology of a child or a family: on the screen, for scripts, and as a document for a conference or a court."""

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from cli.given import readable, spoken
from cli.opening import ActingAs, AsJson, open_product
from cli.printing import clean, emit, say, screen
from workflow.errors import BadCommandError

if TYPE_CHECKING:
    from workflow.chronology_shown import Chronicle

FORMS: Final = (".html", ".txt", ".csv")
WIDEST: Final = 80
NARROWEST: Final = 40

Out = Annotated[str, typer.Option("--out", metavar="FILE", help="Write it to a file: .html (A4), .txt or .csv.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that exists.")]
Several = list[str] | None
OnlyChild = Annotated[Several, typer.Option("--child", metavar="NAME", help="Only this child. May be repeated.")]
OnlyAgency = Annotated[Several, typer.Option("--agency", metavar="AGENCY", help="Only what this agency did.")]
OnlyKnownTo = Annotated[Several, typer.Option("--known-to", metavar="AGENCY", help="Only what this agency knew.")]
OnlyTheme = Annotated[
    Several,
    typer.Option(
        "--theme",
        metavar="THEME",
        help="concerns, visits, appointments, decisions, meetings, household, health; or a kind of event.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(chronology)


def chronology(
    reference: Annotated[str, typer.Argument(metavar="REF", help="A referral of the child, open or closed.")],
    family: Annotated[bool, typer.Option("--family", help="With brothers and sisters.")] = False,
    child: OnlyChild = None,
    agency: OnlyAgency = None,
    theme: OnlyTheme = None,
    since: Annotated[str, typer.Option("--from", metavar="DAY", help="From this day on.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="Until this day, and on it.")] = "",
    known_to: OnlyKnownTo = None,
    significant: Annotated[bool, typer.Option("--significant", help="Leave out what is routine.")] = False,
    out: Out = "",
    force: Force = False,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Show all that happened to a child, and who knew of it. The look is logged.

    It is built from the record, across referrals and agencies. An agency sees its own part.
    """
    from workflow import access
    from workflow.chronology_wanted import Asked

    place = placed(out, force=force)
    product = open_product()
    actor = product.actor(acting_as)
    first, last = _days(since, until, product.now)
    asked = Asked(_words(child), _words(agency), _themes(theme), first, last, _words(known_to), significant)
    what = f"{'family ' if family else ''}chronology{', as a document' if place else ''}"
    found = access.chronology(product.engine, reference, actor, product.now, asked, family=family, what=what)
    show(found, place, force=force, as_json=as_json)
    if not (place or as_json):
        _what_next(found, actor.id)


def _words(given: Several) -> tuple[str, ...]:
    if not all(readable(word) for word in given or ()):
        raise BadCommandError("A name holds a character that is no text in UTF-8.", "Write it anew.")
    return tuple(given or ())


def _themes(given: Several) -> tuple[str, ...]:
    """Refuse an unknown theme before anything is looked at."""
    from workflow.chronology_wanted import read_themes

    return tuple(read_themes(_words(given)))


def _days(since: str, until: str, now: datetime) -> tuple[date | None, date | None]:
    first, last = day_given(since, "--from", now), day_given(until, "--until", now)
    if first and last and first > last:
        raise BadCommandError("--from lies after --until.", "Turn them round.")
    return first, last


def placed(out: str, *, force: bool) -> Path | None:
    """Return where a document is to be written, or say why it cannot be."""
    from cli.writing import check_place

    if not out:
        return None
    place = Path(out)
    if place.suffix.lower() not in FORMS or not readable(out):
        raise BadCommandError(
            "The file's ending says what is written: .html, .txt or .csv.", "For example: --out chronology.html."
        )
    check_place(place, force=force)
    return place


def day_given(written: str, option: str, now: datetime) -> date | None:
    """Read a day: 2018-03-16, 16/03/2018, today, yesterday."""
    if not written:
        return None
    said = spoken(written.strip().lower(), now)
    if said is not None:
        return said.date()
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(written.strip(), form).date()  # noqa: DTZ007 (a day, which has no zone)
        except ValueError:
            continue
    raise BadCommandError(f"{option} is no day: {clean(written)!r}.", "Write it so: 2018-03-16, or 16/03/2018.")


def show(found: "Chronicle", place: Path | None, *, force: bool, as_json: bool) -> None:
    """Print a chronology, or write it to its file."""
    from notifications.documents.text import chronology_text

    if place is not None:
        from cli.writing import write_whole

        write_whole(place, _document(found, place.suffix.lower()), force=force)
        count = len(found.entries)
        if as_json:
            emit({"file": str(place), "entries": count, "left_out": dict(found.left_out)})
        else:
            say(f"{place} holds {count} {'entry' if count == 1 else 'entries'}. {found.leaves_out}")
            say("It is confidential: it names a child and a family.")
    elif as_json:
        emit(_as_data(found))
    else:
        width = max(min(screen() or WIDEST, WIDEST), NARROWEST)
        print(chronology_text(found, width), end="")


def _document(found: "Chronicle", form: str) -> str:
    from notifications.documents.page import chronology_page
    from notifications.documents.sheet import chronology_sheet
    from notifications.documents.text import chronology_text

    if form == ".csv":
        return f"\ufeff{chronology_sheet(found)}"  # without this mark a spreadsheet does not take it for UTF-8
    return chronology_page(found) if form == ".html" else chronology_text(found)


def _as_data(found: "Chronicle") -> dict[str, Any]:
    from notifications.documents.rows import rows

    return {
        "title": found.title,
        "reference": found.whence.reference,
        "whole": found.whence.whole,
        "notes": found.notes,
        "children": [asdict(child) for child in found.children],
        "left_out": dict(found.left_out),
        "upto": found.upto,
        "entries": [
            {
                **{key: value for key, value in asdict(row.entry).items() if key not in {"children", "by", "agency"}},
                "children": [name for name, _ in row.children],
                "by": row.who,
                "agency": row.agency,
                "marks": row.marks,
                "known_to": [found.names.agency(one) for one in row.entry.known_to],
            }
            for row in rows(found)
        ],
    }


def _what_next(found: "Chronicle", account: str) -> None:
    if found.whence.to_note and found.entries and not found.left_out:
        print()
        say(
            "To put on record that you have read it: mash act"
            f" {found.whence.reference} read-chronology upto={found.upto} noted='...' --as {account}"
        )
