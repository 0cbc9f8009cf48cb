"""Telling the hub about a child: one page, a receipt, and a brother or sister next."""

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import ValidationError

from models.commands.front_door import Refer
from models.vocabulary import Kind
from web import evidence, refer_form
from web.doing import Outcome
from web.faults import faults
from web.page import Form, Looking, Page, Sending
from web.posted import Posted
from workflow import access, drafts
from workflow.errors import BadCommandError, NotFoundError, NotPermittedError, RefusedError
from workflow.evidence import refer_with
from workflow.permissions import may
from workflow.sealing import KeyMissingError
from workflow.seen import CaseFile

router = APIRouter()
PLACE: Final = "/refer"
_BY_THE_SCRIPT: Final = "x-mash-keeps"


@router.get("/refer")
def form(page: Looking, sibling: str = "", received: str = "") -> Response:
    """Show the form, with what was typed before and not sent, or with the family of a brother or sister."""
    _may_refer(page)
    kept = page.kept()
    if kept is not None and not received:
        return _form(page, kept.values, kept=True)
    values = kept.values if kept is not None else {}
    if sibling and not values:
        file = access.open_file(page.product.engine, sibling, page.actor, page.now, "refer a brother or sister")
        values = {"sibling": [file.seen.reference], **refer_form.family_of(file)}
    return _form(page, values, received=received)


@router.post("/refer")
def done(page: Sending, posted: Form) -> Response:
    """Tell the hub, or say what is missing with all that was typed still there."""
    _may_refer(page)
    if posted.saves:
        page.keep(posted)
        by_script = page.request.headers.get(_BY_THE_SCRIPT)
        return Response(status_code=204) if by_script else page.go(f"{PLACE}?saved=1")
    reference, outcome = _carry_out(page, posted)
    if outcome is not None:
        return _form(page, posted.values, outcome=outcome)
    page.drop()
    if posted.one("next") != "sibling":
        return page.go(f"{PLACE}/received/{reference}")
    next_one = {"sibling": [reference], **refer_form.family(posted.values)}
    drafts.keep(page.product.database, page.actor.id, PLACE, next_one, page.now)
    return page.go(f"{PLACE}?received={reference}")


@router.get("/refer/received/{reference}")
def receipt(page: Looking, reference: str) -> Response:
    """Say that it has arrived, what happens next, and by when. The same whether or not the hub knew of the child."""
    file = access.open_file(page.product.engine, reference, page.actor, page.now, "receipt")
    told = [one.at for one in file.seen.record if one.kind == Kind.CONTACT.value]
    terms = page.product.engine.terms(page.now)
    answered = terms.due(max(told, default=page.now), "decision_and_ack")
    return page.show("received.html", seen=file.seen, answered=answered)


def _may_refer(page: Page) -> None:
    if not may(page.actor.role, "refer"):
        raise NotPermittedError("To tell the hub about a child is not yours to do.", "Ring the hub.")


def _carry_out(page: Page, posted: Posted) -> tuple[str, Outcome | None]:
    """Tell the hub. Returns the reference, or what stands in the way."""
    engine = page.product.engine
    asked = refer_form.asked(page).values()
    details = evidence.counted(refer_form.details(asked, posted), posted)
    errors = refer_form.missing(details) | evidence.faults(page, posted)
    try:
        command = Refer.model_validate(details)
        if errors:
            return "", Outcome(errors)
        return refer_with(engine, page.actor, page.now, command, posted.files, page.product.seal).reference, None
    except ValidationError as error:
        return "", Outcome(_in_order(faults(error.errors(), asked) | errors))
    except RefusedError as error:
        passable = error.only_warned
        return "", Outcome(refusals=tuple(error.refusals), passable=passable)
    except NotFoundError:
        return "", Outcome(
            {"sibling": "Reference of a brother's or sister's referral: there is none that you may know of"}
        )
    except (BadCommandError, KeyMissingError) as error:
        # What is advised there is for a terminal, where details are written name=value.
        return "", Outcome(says=error.says, advice="" if "=" in error.advice else error.advice)


def _in_order(errors: Mapping[str, str]) -> dict[str, str]:
    """Return faults in the order in which the form asks."""
    order = [name for section in (*refer_form.SECTIONS, refer_form.HEARD) for name in section.names]
    return dict(sorted(errors.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order)))


def _form(
    page: Page,
    values: Mapping[str, list[str]],
    *,
    outcome: Outcome | None = None,
    kept: bool = False,
    received: str = "",
) -> Response:
    questions = refer_form.asked(page)
    came = _received(page, received)
    values = {"channel": ["form" if page.actor.role in refer_form.OUTSIDE else "phone"], **values}
    return page.show(
        "refer.html",
        200 if outcome is None else 400,
        sections=tuple(refer_form.sections(questions)),
        carers=questions["carers"],
        worries=refer_form.worries(),
        rows=refer_form.rows(values),
        values=values,
        typed={name.partition(".")[0] for name, said in values.items() if any(said) and name != "channel"},
        outcome=outcome or Outcome(),
        kept=kept,
        saved="saved" in page.request.query_params,
        received=came.seen.reference if came else "",
    )


def _received(page: Page, reference: str) -> CaseFile | None:
    """Return the referral that has just been made, for the line that says so; nothing where there is none."""
    if not reference:
        return None
    try:
        return access.open_file(page.product.engine, reference, page.actor, page.now, "receipt")
    except NotFoundError:
        return None
