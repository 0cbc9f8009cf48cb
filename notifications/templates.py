"""In what words people are told: one subject and one body per code, in plain English, with a reference and a link only.

The bodies are the files in `templates/`. They are given the reference, the link and moments in words, and nothing
else: the rule and the outcome stay behind the sign-in, because even their names can tell what a family lives through.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from notifications.wording import at, deadline

FOLDER: Final = Path(__file__).parent / "templates"
AS_DEPUTY: Final = " (you stand in)"
BY_DUE: Final = "{% if due %} by {{ due }}{% endif %}"


class Urgency(StrEnum):
    """Whether a message is to be seen at once, or waits for the day's letter unless the referral is red or time is short."""

    AT_ONCE = "at_once"
    DIGEST = "digest"


class UnknownTemplateError(LookupError):
    """No message has this code."""

    def __init__(self, code: str) -> None:
        """Name the code that is unknown, and those that are not."""
        super().__init__(f"There is no message {code!r}. The messages are: {', '.join(sorted(TEMPLATES))}.")


@dataclass(frozen=True, slots=True)
class Template:
    """One message: its subject (after the reference), how urgent it is, and whether it asks for something."""

    subject: str
    urgency: Urgency
    asks_for_reply: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A message as it is read."""

    subject: str
    body: str


TEMPLATES: Final[dict[str, Template]] = {
    "acknowledged": Template("we have your referral", Urgency.AT_ONCE, asks_for_reply=False),
    "outcome": Template("a decision has been made", Urgency.AT_ONCE, asks_for_reply=False),
    "invitation": Template(
        "strategy discussion{% if starts %}, {{ starts }}{% endif %}", Urgency.AT_ONCE, asks_for_reply=True
    ),
    "invitation_changed": Template(
        "strategy discussion changed{% if starts %}, now {{ starts }}{% endif %}", Urgency.AT_ONCE, asks_for_reply=True
    ),
    "invitation_cancelled": Template("strategy discussion cancelled", Urgency.AT_ONCE, asks_for_reply=False),
    "view_wanted": Template("your view is wanted" + BY_DUE, Urgency.DIGEST, asks_for_reply=True),
    "view_chased": Template("your view is still wanted" + BY_DUE, Urgency.DIGEST, asks_for_reply=True),
    "offer": Template("can early help take this over?", Urgency.DIGEST, asks_for_reply=True),
    "offer_declined": Template("early help has declined", Urgency.DIGEST, asks_for_reply=True),
    "challenge_raised": Template("a decision is challenged", Urgency.AT_ONCE, asks_for_reply=True),
    "challenge_climbed": Template("a challenge has come up to you", Urgency.AT_ONCE, asks_for_reply=True),
    "challenge_settled": Template("a challenge is settled", Urgency.AT_ONCE, asks_for_reply=False),
    "clock_warned": Template(
        "due{% if due %} by {{ due }}{% else %} soon{% endif %}", Urgency.DIGEST, asks_for_reply=True
    ),
    "clock_breached": Template("a deadline has been missed", Urgency.AT_ONCE, asks_for_reply=True),
    "clock_climbed": Template("still late, and now with you", Urgency.AT_ONCE, asks_for_reply=True),
    "task": Template("something for you to do" + BY_DUE, Urgency.DIGEST, asks_for_reply=True),
    "sign_off_wanted": Template("your signature is wanted" + BY_DUE, Urgency.DIGEST, asks_for_reply=True),
    "second_signature_wanted": Template("a second signature is wanted" + BY_DUE, Urgency.DIGEST, asks_for_reply=True),
    "allocated": Template("this referral is now yours", Urgency.AT_ONCE, asks_for_reply=True),
    "information_wanted": Template("what does your agency know?" + BY_DUE, Urgency.AT_ONCE, asks_for_reply=True),
    "closed": Template("this referral is closed", Urgency.DIGEST, asks_for_reply=False),
    "case_holder": Template("who holds this referral", Urgency.AT_ONCE, asks_for_reply=False),
    "network": Template("something has changed", Urgency.DIGEST, asks_for_reply=False),
    "undelivered": Template("a message did not arrive, please ring", Urgency.AT_ONCE, asks_for_reply=True),
    "repeat_request": Template("help is asked for again", Urgency.DIGEST, asks_for_reply=True),
    "woken": Template("back with you, to decide" + BY_DUE, Urgency.DIGEST, asks_for_reply=True),
}
"""Every message, by its code. What may wait is said once more in `workflow.daily_letter`, which holds it back."""

_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(FOLDER),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701 (plain text: an escaped ampersand would break a link)
    trim_blocks=True,
    lstrip_blocks=True,
)


def find(code: str) -> Template:
    """Return the template of a code; an unknown one is an `UnknownTemplateError`."""
    if code not in TEMPLATES:
        raise UnknownTemplateError(code)
    return TEMPLATES[code]


def link_to(site: str, reference: str) -> str:
    """Return where a referral is read: the only address that a message holds."""
    return f"{site.rstrip('/')}/referrals/{reference}"


def render(code: str, args: Mapping[str, Any], site: str) -> Words:
    """Write a message: `args` as the engine put them into the row, `site` the address at which people sign in."""
    template = find(code)
    meeting = args.get("meeting") or {}
    known = {
        "reference": args["reference"],
        "link": link_to(site, args["reference"]),
        "due": deadline(datetime.fromisoformat(args["due"])) if args.get("due") else None,
        "starts": at(datetime.fromisoformat(meeting["starts"])) if meeting.get("starts") else None,
        "minutes": meeting.get("minutes"),
    }
    subject = _ENVIRONMENT.from_string("{{ reference }}: " + template.subject).render(known)
    if args.get("as_deputy"):  # for whom, is seen after signing in
        subject += AS_DEPUTY
    return Words(subject, _tidy(_ENVIRONMENT.get_template(f"{code}.txt.jinja").render(known)))


def render_daily(wanted: Mapping[str, Sequence[str]], site: str) -> Words:
    """Write the day's letter: under each reference and its link, what is wanted and by when."""
    references = list(wanted)
    about = references[0] if len(references) == 1 else f"{len(references)} referrals"
    known = {"wanted": wanted, "links": {reference: link_to(site, reference) for reference in references}}
    return Words(f"{about}: your letter of the day", _tidy(_ENVIRONMENT.get_template("daily.txt.jinja").render(known)))


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"
