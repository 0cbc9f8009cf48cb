"""How the channels are set up: a YAML text from a file or the environment, checked with plain sentences.

    email:
      kind: email
      host: smtp.example.org
      sender: mash@example.org
      username: mash
      password_file: /run/secrets/smtp

The name on the left is what an account's `channel` says. Any setting may be given as `NAME_file`: it is then read
from that file, so that a secret need not stand in the text.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from notifications.mail import ADDRESS

THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,29}")
NOTIFY_KEY: Final = re.compile(
    r".+-(?P<service>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(?P<secret>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
)


class ChannelsError(ValueError):
    """The channels cannot be set up as they are described. Says what is wrong, and where."""


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class MailboxSettings(_Settings):
    """Letters as files on this machine."""

    kind: Literal["mailbox"]
    needs_address: bool = False


class EmailSettings(_Settings):
    """A mail server. `timeout` in seconds, for each answer of the server.

    `bounces` is the address to which mail that cannot be delivered after all comes back; without it, the sender.
    """

    kind: Literal["email"]
    host: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None
    password: SecretStr | None = None
    sender: str
    bounces: str | None = None
    timeout: float = Field(default=15, gt=0, le=60)

    @field_validator("sender", "bounces")
    @classmethod
    def _is_an_address(cls, sender: str | None) -> str | None:
        if sender is not None and not ADDRESS.fullmatch(sender):
            raise ValueError("is not a mail address; give the address alone, without a name")
        return sender

    @model_validator(mode="after")
    def _is_safe(self) -> "EmailSettings":
        if self.security == "none" and self.host not in THIS_MACHINE:
            raise ValueError("`security: none` is only for a mail server on the same machine; use starttls or tls")
        if (self.username is None) != (self.password is None):
            raise ValueError("`username` and `password` go together; one of them is missing")
        return self


class TeamsSettings(_Settings):
    """Teams rooms by name, each with the address of its workflow. An account's address names a room."""

    kind: Literal["teams"]
    rooms: dict[str, SecretStr] = Field(min_length=1)
    timeout: float = Field(default=8, gt=0, le=60)


class WebhookSettings(_Settings):
    """A service of the council's own that takes messages on. `token` is sent as a bearer token."""

    kind: Literal["webhook"]
    url: str
    token: SecretStr | None = None
    timeout: float = Field(default=8, gt=0, le=60)

    @field_validator("url")
    @classmethod
    def _is_safe(cls, url: str) -> str:
        return safe_url(url)


class NotifySettings(_Settings):
    """GOV.UK Notify, by mail (`notify`), text message (`notify_sms`) or letter on paper (`notify_letter`).

    The template holds ((subject)) and ((body)); that of a text message only ((body)); that of a letter its address
    lines as well. `templates` names others for single messages, by their code. With `receipts`, a token that Notify is
    told to bring, it may say by itself what became of a message; without it, it is asked.
    """

    kind: Literal["notify", "notify_sms", "notify_letter"]
    key: SecretStr
    template: str
    templates: dict[str, str] = Field(default_factory=dict)
    receipts: SecretStr | None = None
    base_url: str = "https://api.notifications.service.gov.uk"
    timeout: float = Field(default=8, gt=0, le=60)

    @field_validator("key")
    @classmethod
    def _is_a_key(cls, key: SecretStr) -> SecretStr:
        if not NOTIFY_KEY.fullmatch(key.get_secret_value()):
            raise ValueError("is not a GOV.UK Notify key (name, service id and secret, joined by hyphens)")
        return key

    @field_validator("base_url")
    @classmethod
    def _is_safe(cls, url: str) -> str:
        return safe_url(url)


ChannelSettings = MailboxSettings | EmailSettings | TeamsSettings | WebhookSettings | NotifySettings
_ONE: Final[TypeAdapter[ChannelSettings]] = TypeAdapter(Annotated[ChannelSettings, Field(discriminator="kind")])

EMBEDDED: Final[dict[str, ChannelSettings]] = {
    "mailbox": MailboxSettings(kind="mailbox"),
    "email": MailboxSettings(kind="mailbox", needs_address=True),
}
"""The channels when nothing is set up: everything lands in the mailbox on this machine, mail too."""


def safe_url(url: str) -> str:
    """Return a URL that may carry messages: https, or http to this machine. Otherwise a `ValueError` says why."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return url
    if parts.scheme == "http" and parts.hostname in THIS_MACHINE:
        return url
    raise ValueError("must begin with https:// (http:// is only for this machine)")


def read_channels(text: str | None) -> dict[str, ChannelSettings]:
    """Read the channels from YAML (or JSON, which is YAML). None or nothing is the embedded mailbox.

    Raises `ChannelsError` with everything that is wrong, one sentence to a line; secrets are never repeated.
    """
    try:
        given = yaml.safe_load(text or "")
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise ChannelsError(f"The channels are not YAML: {line}{error.problem}.") from None
    except yaml.YAMLError:
        raise ChannelsError("The channels are not YAML: they hold a character that belongs in no text.") from None
    if given is None:
        return dict(EMBEDDED)
    if not isinstance(given, Mapping):
        raise ChannelsError("The channels must be a list of names, each with its settings below it.")
    wrong: list[str] = []
    found: dict[str, ChannelSettings] = {"mailbox": EMBEDDED["mailbox"]}
    for name, settings in given.items():
        try:
            found[str(name)] = _read_one(str(name), settings)
        except ChannelsError as error:
            wrong.append(str(error))
    if wrong:
        raise ChannelsError("\n".join(wrong))
    return found


def read_channels_file(path: Path | None) -> dict[str, ChannelSettings]:
    """Read the channels from a file; no file named is the embedded mailbox. Raises `ChannelsError`."""
    if path is None:
        return read_channels(None)
    try:
        return read_channels(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ChannelsError(f"The channels in {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ChannelsError(f"The channels in {path} cannot be read: this is not text in UTF-8.") from None


def _read_one(name: str, settings: Any) -> ChannelSettings:
    if not NAME.fullmatch(name):
        raise ChannelsError(f"{name}: a channel's name is small letters, digits, - and _, at most 30.")
    if not isinstance(settings, Mapping):
        raise ChannelsError(f"{name}: says nothing; give at least `kind`.")
    try:
        return _ONE.validate_python(_with_files(name, settings))
    except ValidationError as error:
        raise ChannelsError("\n".join(_sentence(name, dict(item)) for item in error.errors())) from None


def _with_files(name: str, settings: Mapping[Any, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key, value in settings.items():
        if isinstance(value, Mapping):
            read[str(key)] = _with_files(name, value)
        elif str(key).endswith("_file"):
            try:
                read[str(key).removesuffix("_file")] = Path(str(value)).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise ChannelsError(f"{name}: {key}: {value} cannot be read: {error.strerror}.") from None
        else:
            read[str(key)] = value
    return read


def _sentence(name: str, item: dict[str, Any]) -> str:
    where = ": ".join([name, *(str(part) for part in item["loc"][1:])])
    match item["type"]:
        case "missing":
            return f"{where} is missing."
        case "extra_forbidden":
            return f"{where} is not a setting of this kind of channel."
        case "union_tag_invalid" | "union_tag_not_found":
            return f"{where}: `kind` must be mailbox, email, teams, webhook, notify, notify_sms or notify_letter."
        case "value_error":
            return f"{where}: {item['ctx']['error']}."
        case _:
            return f"{where}: {item['msg'][:1].lower()}{item['msg'][1:]}."
