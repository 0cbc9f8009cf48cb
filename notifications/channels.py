"""The channels: mailbox, mail, Teams, a webhook, GOV.UK Notify. Nothing else in the product knows Apprise.

Each letter gets its own Apprise object with one service in it, because Apprise 1 does not say which of several
failed, and none of Apprise's own waiting: the post decides when to try again.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import httpx
import jwt
from apprise import Apprise, AppriseAsset, NotifyBase, PersistentStoreMode
from apprise.plugins.custom_json import NotifyJSON
from apprise.plugins.workflows import NotifyWorkflows

from notifications.channel_settings import (
    NOTIFY_KEY,
    ChannelsError,
    ChannelSettings,
    EmailSettings,
    MailboxSettings,
    NotifySettings,
    TeamsSettings,
    WebhookSettings,
)
from notifications.letter import Channel, Letter, Outcome, Status
from notifications.mail import ADDRESS, Email, MailServer
from notifications.mailbox import Mailbox

ASSET: Final = AppriseAsset(
    app_id="MASH",
    app_desc="MASH",
    app_url="",
    image_url_mask="",
    image_url_logo="",
    secure_logging=True,
    http_redirects=False,  # A redirect would carry the message to where nobody agreed to send it.
    async_mode=False,
    storage_mode=PersistentStoreMode.MEMORY,
)
# By class and not by URL: to look a URL up, Apprise loads all of its 140 plugins.
JSON: Final[Callable[..., NotifyBase]] = NotifyJSON
WORKFLOW: Final[Callable[..., NotifyBase]] = NotifyWorkflows
LOUD: Final = ("apprise", "urllib3")


def _scrub(record: logging.LogRecord) -> bool:
    # Apprise's debug lines hold whole messages, its warnings addresses; urllib3's lines the secret in a workflow's
    # address. Keep only that something was said.
    record.msg, record.args, record.exc_info = f"{record.name} had trouble with a message.", (), None
    return True


def hush() -> None:
    """Keep what the libraries would log about a message out of every log, whatever level the logs are set to."""
    for name in LOUD:
        logger = logging.getLogger(name)
        logger.setLevel(logging.ERROR)
        if _scrub not in logger.filters:
            logger.addFilter(_scrub)


class ByApprise:
    """A channel that Apprise carries. `service` gives the one service that a letter goes to, or None for no such place."""

    needs_address = True

    def __init__(self, service: Callable[[Letter], NotifyBase | None], timeout: float) -> None:
        """Keep how a letter finds its service, and how many seconds to wait for it."""
        hush()
        self.service = service
        self.timeout = timeout

    def send(self, letter: Letter) -> Outcome:
        """Make one attempt. Apprise says yes or no; a service of our own may say more."""
        service = self.service(letter)
        if service is None:
            return Outcome(Status.BOUNCED, "the account's address is not known to its channel")
        service.request_rate_per_sec = 0
        service.socket_connect_timeout = service.socket_read_timeout = self.timeout
        carrier = Apprise(asset=ASSET)
        carrier.add(service)
        delivered = carrier.notify(body=letter.body, title=letter.subject)
        if isinstance(service, GovNotify):
            return service.outcome
        if delivered:
            return Outcome(Status.SENT, "accepted by the service")
        return Outcome(Status.FAILED, "the service refused it or did not answer")


class GovNotify(NotifyBase):  # type: ignore[no-untyped-call]  # Apprise's own hook has no types
    """GOV.UK Notify for Apprise, which has none: one mail by its HTTP API, the key only in the signature of a token."""

    service_name: Any = "GOV.UK Notify"
    secure_protocol: Any = "govuknotify"

    def __init__(self, settings: NotifySettings, letter: Letter, now: Callable[[], datetime]) -> None:
        """Address one mail. `now` is asked when it is sent: a token holds for thirty seconds."""
        super().__init__(schema=self.secure_protocol, host="notify", asset=ASSET)  # type: ignore[no-untyped-call]
        self.settings = settings
        self.letter = letter
        self.now = now
        self.outcome = Outcome(Status.FAILED, "not tried")

    def url(self, *_args: Any, **_kwargs: Any) -> str:
        """Return what Apprise may print: nothing of the recipient or the key."""
        return f"{self.secure_protocol}://"

    def send(self, body: str, title: str = "", *_args: Any, **_kwargs: Any) -> bool:
        """Send the mail, and keep what came of it in `outcome`."""
        asked = {
            "email_address": self.letter.to,
            "template_id": self.settings.template,
            "personalisation": {"subject": title, "body": body},
            "reference": self.letter.fingerprint,
        }
        try:
            answer = httpx.post(
                f"{self.settings.base_url.rstrip('/')}/v2/notifications/email",
                json=asked,
                headers={"Authorization": f"Bearer {self._token()}"},
                timeout=self.settings.timeout,
                follow_redirects=False,
            )
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            self.outcome = Outcome(Status.FAILED, f"GOV.UK Notify cannot be reached: {type(error).__name__}")
        except httpx.HTTPError as error:
            self.outcome = Outcome(Status.UNKNOWN, f"GOV.UK Notify fell silent: {type(error).__name__}")
        else:
            self.outcome = _judge(answer)
        return self.outcome.status is Status.SENT

    def _token(self) -> str:
        parts = NOTIFY_KEY.fullmatch(self.settings.key.get_secret_value())
        if parts is None:  # The settings have checked it.
            raise ChannelsError("The GOV.UK Notify key cannot be read.")
        return jwt.encode(
            {"iss": parts["service"], "iat": int(self.now().timestamp())}, parts["secret"], algorithm="HS256"
        )


def _judge(answer: httpx.Response) -> Outcome:
    if answer.is_success:
        return Outcome(Status.SENT, "accepted by GOV.UK Notify")
    if answer.status_code == httpx.codes.BAD_REQUEST and "email_address" in answer.text:
        return Outcome(Status.BOUNCED, "GOV.UK Notify says that this is no mail address")
    return Outcome(Status.FAILED, f"GOV.UK Notify answered {answer.status_code}")


def open_channels(
    settings: Mapping[str, ChannelSettings], home: Path, now: Callable[[], datetime]
) -> dict[str, Channel]:
    """Open every channel by its name. Reaches nobody yet. `now` is the clock, for the tokens of GOV.UK Notify."""
    return {name: _open(name, one, home, now) for name, one in settings.items()}


def _open(name: str, settings: ChannelSettings, home: Path, now: Callable[[], datetime]) -> Channel:
    match settings:
        case MailboxSettings():
            return Mailbox(home, needs_address=settings.needs_address)
        case EmailSettings():
            password = settings.password.get_secret_value() if settings.password else None
            server = MailServer(
                settings.host, settings.port, settings.security, settings.username, password, settings.timeout
            )
            return Email(server, settings.sender)
        case TeamsSettings():
            return _open_teams(name, settings)
        case WebhookSettings():
            return ByApprise(lambda letter: _webhook(settings, letter), settings.timeout)
        case NotifySettings():
            return ByApprise(
                lambda letter: GovNotify(settings, letter, now) if ADDRESS.fullmatch(letter.to) else None,
                settings.timeout,
            )


def _open_teams(name: str, settings: TeamsSettings) -> Channel:
    rooms: dict[str, dict[str, Any]] = {}
    for room, url in settings.rooms.items():
        parts = NotifyWorkflows.parse_native_url(url.get_secret_value())  # type: ignore[no-untyped-call]
        if not parts or not parts.get("workflow") or not parts.get("signature"):
            raise ChannelsError(f"{name}: rooms: {room} is not the address of a Teams workflow.")
        rooms[room] = parts
    return ByApprise(
        lambda letter: WORKFLOW(**rooms[letter.to], asset=ASSET) if letter.to in rooms else None, settings.timeout
    )


def _webhook(settings: WebhookSettings, letter: Letter) -> NotifyBase:
    parts = urlsplit(settings.url)
    headers = {"Idempotency-Key": letter.fingerprint}
    if settings.token is not None:
        headers["Authorization"] = f"Bearer {settings.token.get_secret_value()}"
    return JSON(
        secure=parts.scheme == "https",
        host=parts.hostname,
        port=parts.port,
        fullpath=parts.path,
        params=dict(parse_qsl(parts.query)),
        headers=headers,
        payload={"to": letter.to, "key": letter.fingerprint},
        asset=ASSET,
    )
