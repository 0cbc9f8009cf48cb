"""GOV.UK Notify: mail, text messages and letters on paper by its HTTP API, and what has become of each since.

It is spoken to directly: Apprise has no such service. The key goes nowhere; it only signs a token that holds for
thirty seconds.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, Protocol, runtime_checkable

import httpx
import jwt

from notifications.channel_settings import NOTIFY_KEY, ChannelsError, NotifySettings
from notifications.letter import Fate, Letter, Outcome, Receipt, Status
from notifications.mail import ADDRESS

LONGEST_TEXT: Final = 306
"""Letters in a text message: two of the pieces in which telephones send it."""
PHONE: Final = re.compile(r"\+?\d{10,15}")
POSTCODE: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}")
FEWEST_LINES: Final = 3
MOST_LINES: Final = 7
PLACE_OF: Final = {"notify": "email", "notify_sms": "sms", "notify_letter": "letter"}
"""Where each kind of channel is asked for, under `/v2/notifications/`."""
REFUSES_ADDRESS: Final = ("email_address", "phone_number", "address")
"""What Notify's words name where it is the address that is wrong, and not us."""
FATES: Final[dict[str, Fate]] = {
    "delivered": Fate.ARRIVED,
    "sent": Fate.ARRIVED,  # abroad, nobody says more
    "received": Fate.ARRIVED,  # a letter: printed and posted
    "permanent-failure": Fate.BOUNCED,
    "cancelled": Fate.BOUNCED,
    "temporary-failure": Fate.FAILED,
    "technical-failure": Fate.FAILED,
}
"""What Notify says of a message, and what it means here. Everything else is still under way."""


def phone_of(written: str) -> str | None:
    """Return a telephone number as digits, however it is spaced; None where it is none."""
    digits = re.sub(r"[\s().-]", "", written)
    return digits if PHONE.fullmatch(digits) else None


def lines_of(written: str) -> tuple[str, ...] | None:
    """Return the lines of a postal address in the United Kingdom, the postcode last; None where it is none."""
    lines = tuple(" ".join(line.split()) for line in written.splitlines() if line.strip())
    if not FEWEST_LINES <= len(lines) <= MOST_LINES or not POSTCODE.fullmatch(lines[-1].upper()):
        return None
    return (*lines[:-1], lines[-1].upper())


def short_text(letter: Letter) -> str:
    """Say a letter in a text message: the reference and what it is, and the link. The link is never cut."""
    end = f". Sign in: {letter.link}"
    room = max(LONGEST_TEXT - len(end), 0)
    return f"{letter.subject[:room].rstrip()}{end}"


class GovNotify:
    """A channel of GOV.UK Notify, by mail, text message or post. `now` is asked when a token is signed."""

    needs_address = True

    def __init__(self, settings: NotifySettings, now: Callable[[], datetime]) -> None:
        """Keep how it is set up. Reaches nobody yet."""
        self.settings = settings
        self.now = now

    def send(self, letter: Letter) -> Outcome:
        """Make one attempt. What is accepted has not arrived: `fate` says so later."""
        asked = self._asked(letter)
        if asked is None:
            return Outcome(Status.BOUNCED, "the account's address is not one for its channel")
        try:
            answer = httpx.post(
                self._at(PLACE_OF[self.settings.kind]),
                json=asked,
                headers=self._signed(),
                timeout=self.settings.timeout,
                follow_redirects=False,
            )
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            return Outcome(Status.FAILED, f"GOV.UK Notify cannot be reached: {type(error).__name__}")
        except httpx.HTTPError as error:
            return Outcome(Status.UNKNOWN, f"GOV.UK Notify fell silent: {type(error).__name__}")
        return _judged(answer)

    def fate(self, handle: str) -> Receipt | None:
        """Ask what became of a message; None while nobody can say."""
        try:
            answer = httpx.get(
                self._at(handle), headers=self._signed(), timeout=self.settings.timeout, follow_redirects=False
            )
        except httpx.HTTPError:
            return None
        return receipt_of(_read(answer)) if answer.is_success else None

    def _asked(self, letter: Letter) -> dict[str, Any] | None:
        base = {"template_id": self._template(letter), "reference": letter.fingerprint}
        match self.settings.kind:
            case "notify_sms":
                number = phone_of(letter.to)
                words: dict[str, str] = {"body": short_text(letter)}
                return None if number is None else {"phone_number": number, "personalisation": words, **base}
            case "notify_letter":
                lines = lines_of(letter.to)
                if lines is None:
                    return None
                placed = {f"address_line_{at}": line for at, line in enumerate(lines, 1)}
                return {"personalisation": {**placed, "subject": letter.subject, "body": letter.body}, **base}
            case _:
                if not ADDRESS.fullmatch(letter.to):
                    return None
                said = {"subject": letter.subject, "body": letter.body}
                return {"email_address": letter.to, "personalisation": said, **base}

    def _template(self, letter: Letter) -> str:
        return self.settings.templates.get(letter.code, self.settings.template)

    def _at(self, place: str) -> str:
        return f"{self.settings.base_url.rstrip('/')}/v2/notifications/{place}"

    def _signed(self) -> dict[str, str]:
        parts = NOTIFY_KEY.fullmatch(self.settings.key.get_secret_value())
        if parts is None:  # The settings have checked it.
            raise ChannelsError("The GOV.UK Notify key cannot be read.")
        claims = {"iss": parts["service"], "iat": int(self.now().timestamp())}
        return {"Authorization": f"Bearer {jwt.encode(claims, parts['secret'], algorithm='HS256')}"}


@runtime_checkable
class Followed(Protocol):
    """A channel that can be asked later what became of a message."""

    def fate(self, handle: str) -> Receipt | None:
        """Return what became of it, or None while nobody can say."""


def receipt_of(said: Mapping[str, Any]) -> Receipt | None:
    """Read what Notify says of one message, asked or by its own call. None while it is under way, or is no such thing."""
    fate, handle = FATES.get(str(said.get("status"))), said.get("id")
    if fate is None or not isinstance(handle, str):
        return None
    return Receipt(handle, fate, f"GOV.UK Notify says: {said['status']}")


def _judged(answer: httpx.Response) -> Outcome:
    if answer.is_success:
        handle = _read(answer).get("id")
        return Outcome(Status.SENT, "accepted by GOV.UK Notify", handle if isinstance(handle, str) else "")
    if answer.status_code == httpx.codes.BAD_REQUEST and any(name in answer.text for name in REFUSES_ADDRESS):
        return Outcome(Status.BOUNCED, "GOV.UK Notify says that this is no such address")
    return Outcome(Status.FAILED, f"GOV.UK Notify answered {answer.status_code}")


def _read(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, Mapping) else {}
