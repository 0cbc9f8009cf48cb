"""Doing one thing to a referral: the form of an act, what stands in its way, and what came of sending it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import ValidationError

from web import evidence
from web.beside import beside, prefilled
from web.choices import Around, offered
from web.faults import faults
from web.fields import Field, fields
from web.page import Form, Looking, Page, Sending
from web.posted import OWN, Posted, args
from web.referral import TABS
from web.titles import title
from workflow import access
from workflow.actions.act import Verb
from workflow.errors import BadCommandError, ChangedError, NotFoundError, OutOfTurnError, Refusal, RefusedError
from workflow.permissions import KEYS_IN, may
from workflow.sealing import KeyMissingError
from workflow.seen import CaseFile, Decided
from workflow.verbs import VERBS

router = APIRouter()
_FOR_THE_HUB: Final = frozenset({"on_behalf_of", "caller", "caller_reach", "caller_is", "name_withheld", "anonymous"})
"""What only the hub writes down: who rang, where somebody else types."""
_BY_THE_SCRIPT: Final = "x-mash-keeps"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of sending a form that was not carried out."""

    errors: Mapping[str, str] = field(default_factory=dict)
    says: str = ""
    advice: str = ""
    refusals: tuple[Refusal, ...] = ()
    passable: bool = False
    changed: tuple[Decided, ...] = ()


@router.get("/referrals/{reference}/do/{name}")
def form(page: Looking, reference: str, name: str) -> Response:
    """Show the form of an act, with what was typed before and not sent."""
    verb = _verb(name)
    kept = page.kept()
    return _form(page, reference, verb, kept.values if kept else None, kept=kept is not None)


@router.post("/referrals/{reference}/do/{name}")
def done(page: Sending, posted: Form, reference: str, name: str) -> Response:
    """Do it, or say what stands in the way with all that was typed still there."""
    verb = _verb(name)
    if posted.saves:
        page.keep(posted)
        return (
            Response(status_code=204) if page.request.headers.get(_BY_THE_SCRIPT) else page.go(f"{page.path}?saved=1")
        )
    file = access.open_file(page.product.engine, reference, page.actor, page.now, f"form {verb.name}")
    outcome = _carry_out(page, file, verb, posted)
    if outcome is not None:
        return _form(page, reference, verb, posted.values, outcome=outcome, file=file)
    page.drop()
    on = f"/do/{posted.one('then')}" if posted.one("then") in VERBS else ""
    return page.go(f"/referrals/{file.seen.reference}{on}?done={verb.name}")


def _carry_out(page: Page, file: CaseFile, verb: Verb, posted: Posted) -> Outcome | None:
    """Carry an act out. None when it is done."""
    asked = _asked(page, file, verb)
    unanswered = {one.name: f"{one.label.rstrip('?')}: choose yes or no" for one in asked if not_answered(one, posted)}
    details = evidence.counted({**args(asked, posted), "anyway": posted.one("anyway")}, posted)
    wrong = evidence.faults(page, posted) | unanswered
    try:
        command = verb.command.model_validate(details)
        if wrong:
            return Outcome(wrong)
        evidence.act(page, file.seen.reference, verb.name, command, posted)
    except ValidationError as error:
        return Outcome(faults(error.errors(), asked) | wrong)
    except ChangedError:
        return Outcome(changed=file.seen.decisions[posted.version or 0 :])
    except RefusedError as error:
        return Outcome(refusals=tuple(error.refusals), passable=error.only_warned)
    except (BadCommandError, KeyMissingError) as error:
        return Outcome(says=error.says, advice=error.advice)
    return None


def around(page: Page, file: CaseFile) -> Around:
    """Return a case with everybody who could have a part in it."""
    with page.product.database.reading() as connection:
        return Around(
            file, tuple(access.people(connection, page.actor.authority)), lambda: evidence.choices(page, file)
        )


def _asked(page: Page, file: CaseFile, verb: Verb) -> tuple[Field, ...]:
    """Return the questions of an act for whoever does it: an agency speaks for itself, and for nobody who rang."""
    found = fields(verb.name, verb.command, offered(verb.name, around(page, file)))
    if page.actor.role not in KEYS_IN:
        found = tuple(one for one in found if one.name != "told_at")
    return found if file.seen.whole else tuple(one for one in found if one.name not in _FOR_THE_HUB)


def not_answered(field: Field, posted: Posted) -> bool:
    """Tell whether a question that has no safe answer of its own was passed over."""
    return field.kind == "answer" and posted.one(field.name) not in {"yes", "no"}


def _verb(name: str) -> Verb:
    if name not in VERBS:
        raise NotFoundError("There is no such act.")
    return VERBS[name]


def _form(
    page: Page,
    reference: str,
    verb: Verb,
    values: Mapping[str, list[str]] | None,
    *,
    outcome: Outcome | None = None,
    kept: bool = False,
    file: CaseFile | None = None,
) -> Response:
    file = file or access.open_file(page.product.engine, reference, page.actor, page.now, f"form {verb.name}")
    option = next((one for one in file.seen.options if one.verb == verb.name), None)
    if option is None and outcome is None:
        raise _not_now(page, verb, file)
    asked = _asked(page, file, verb)
    given: dict[str, Any] = {
        "file": file,
        "seen": file.seen,
        "tabs": TABS if file.seen.whole else (),
        "tab": None,
        "verb": verb,
        "title": title(verb.name),
        "fields": asked,
        "by_name": {one.name: one for one in asked},
        "values": values if values is not None else _defaults(asked, verb) | prefilled(verb.name, file),
        "outcome": outcome or Outcome(),
        "blocked": option.blocked if option and outcome is None else (),
        "kept": kept,
        "saved": "saved" in page.request.query_params,
        "was_done": title(was) if (was := page.request.query_params.get("done", "")) in VERBS else "",
    }
    own = f"do/{verb.name}.html"
    template = own if own in page.product.own_forms else "do.html"
    return page.show(template, 200 if outcome is None else 400, **given, **beside(verb.name, page, file))


def _not_now(page: Page, verb: Verb, file: CaseFile) -> OutOfTurnError:
    if not may(page.actor.role, verb.name):
        return OutOfTurnError(f"“{title(verb.name)}” is not yours to do.", "The referral says whose move it is.")
    return OutOfTurnError(f"“{title(verb.name)}” cannot be done now: this referral stands at {file.seen.label}.")


def _defaults(asked: tuple[Field, ...], verb: Verb) -> dict[str, list[str]]:
    """Return what a form holds before anybody has typed: the act's own defaults, where a person would see them."""
    found: dict[str, list[str]] = {}
    for one in asked:
        default = verb.command.model_fields[one.name].default
        if isinstance(default, str | int) and not isinstance(default, bool) and default != "":
            found[one.name] = [str(default)]
    return found


def typed(values: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return what somebody typed, without what the form carries for itself."""
    return {name: said for name, said in values.items() if name not in OWN}
