"""What came with a contact, on its way in and on its way out: files sent with a form, and each opened in its place."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from fastapi.responses import Response

from models.commands.base import Command
from web.fields import Choice
from web.page import Looking, Page
from web.posted import FILES, Posted
from workflow import evidence, evidence_files
from workflow.concerns_read import notes
from workflow.engine import SEES_EVERYTHING
from workflow.errors import MashError, NotFoundError
from workflow.evidence import Attached
from workflow.seen import CaseFile

router = APIRouter()
_DIGITS: Final = 18


@router.get("/referrals/{reference}/evidence/{file}")
def one(page: Looking, reference: str, file: str) -> Response:
    """Hand out one file. Its address and its name on the way say nothing about anybody."""
    if not (file.isascii() and file.isdigit() and len(file) <= _DIGITS):
        raise NotFoundError("There is no such file.")
    product = page.product
    found = evidence.open_one(product.engine, reference, int(file), page.actor, page.now, product.seal)
    if found.content is None:
        raise MashError(
            "This file stays sealed: the key that sealed it is not here, or the file was damaged.",
            "Ask whoever sent it to send it again, and tell whoever runs mash.",
        )
    name = f"evidence-{file}.{found.ending}"
    return Response(found.content, media_type=found.type, headers={"Content-Disposition": f'inline; filename="{name}"'})


def act(page: Page, reference: str, verb: str, command: Command, posted: Posted) -> None:
    """Do an act of a form, with the files that came with it."""
    engine, actor, now = page.product.engine, page.actor, page.now
    if verb == "review-evidence":
        evidence.review(engine, reference, actor, now, command, posted.version)
    elif verb == "add-concern" and posted.files:
        evidence.add_concern(engine, reference, actor, now, command, posted.version, posted.files, page.product.seal)
    else:
        engine.act(reference, verb, actor, now, command, seen_version=posted.version)


def counted(details: dict[str, Any], posted: Posted) -> dict[str, Any]:
    """Return the details of an act, with the files counted. More may have come than were sent: on paper, or seen."""
    if not posted.files:
        return details
    written = str(details.get("attachments") or "0")
    if written.isascii() and written.isdigit() and int(written[:_DIGITS]) < len(posted.files):
        return {**details, "attachments": len(posted.files)}
    return {**details, "attachments": written}


def faults(page: Page, posted: Posted) -> dict[str, str]:
    """Return what is wrong with the files that came with a form, at the field that takes them."""
    settings = page.product.settings
    found = evidence_files.faults(
        posted.files, settings.file_megabytes * evidence_files.MEGABYTE, settings.files_at_once
    )
    return {FILES: " ".join([*found, "None of the files was taken."])} if found else {}


def of(page: Page, file: CaseFile) -> tuple[Attached, ...]:
    """Return the files of a referral, as far as this person may know of them."""
    with page.product.database.reading() as connection:
        if page.actor.role in SEES_EVERYTHING:
            return evidence.attached(connection, file.seen.reference)
        return evidence.own_files(connection, file.seen.reference, page.actor)


def choices(page: Page, file: CaseFile) -> tuple[Choice, ...]:
    """Return the files that can be noted."""
    return tuple(Choice(str(found.id), found.name) for found in of(page, file))


def beside(page: Page, file: CaseFile) -> Mapping[str, Any]:
    """Return the files for a page that shows them in place: by the contact they came with, with what was noted."""
    found: dict[int, list[Attached]] = {}
    for attached in of(page, file):
        found.setdefault(attached.record, []).append(attached)
    opened = page.request.query_params.get("open", "")
    return {"files": found, "notes": notes(file.case) if file.case else {}, "in_place": opened}


def reviewing(page: Page, file: CaseFile) -> dict[str, Any]:
    """Return what the form needs by which somebody says that all of it was opened."""
    given = beside(page, file)
    left = evidence.unopened(
        [one for some in given["files"].values() for one in some],
        file.case.record if file.case else (),
        page.actor.id,
    )
    return {**given, "left": {one.id for one in left}}
