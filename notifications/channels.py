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

from apprise import Apprise, AppriseAsset, NotifyBase, PersistentStoreMode
from apprise.plugins.custom_json import NotifyJSON
from apprise.plugins.workflows import NotifyWorkflows

from notifications.channel_settings import (
    ChannelsError,
    ChannelSettings,
    EmailSettings,
    MailboxSettings,
    NotifySettings,
    TeamsSettings,
    WebhookSettings,
)
from notifications.govuk_notify import GovNotify
from notifications.letter import Channel, Letter, Outcome, Status
from notifications.mail import Email, MailServer
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
        """Make one attempt. Apprise says yes or no, and nothing more."""
        service = self.service(letter)
        if service is None:
            return Outcome(Status.BOUNCED, "the account's address is not known to its channel")
        service.request_rate_per_sec = 0
        service.socket_connect_timeout = service.socket_read_timeout = self.timeout
        carrier = Apprise(asset=ASSET)
        carrier.add(service)
        delivered = carrier.notify(body=letter.body, title=letter.subject)
        if delivered:
            return Outcome(Status.SENT, "accepted by the service")
        return Outcome(Status.FAILED, "the service refused it or did not answer")


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
            return Email(server, settings.sender, settings.bounces)
        case TeamsSettings():
            return _open_teams(name, settings)
        case WebhookSettings():
            return ByApprise(lambda letter: _webhook(settings, letter), settings.timeout)
        case NotifySettings():
            return GovNotify(settings, now)


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
