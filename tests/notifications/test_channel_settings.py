"""How the channels are set up is checked in plain sentences that repeat no secret."""

from pathlib import Path

import pytest

from notifications.channel_settings import (
    EMBEDDED,
    ChannelsError,
    EmailSettings,
    MailboxSettings,
    NotifySettings,
    TeamsSettings,
    WebhookSettings,
    read_channels,
    read_channels_file,
)

KEY = "name-6d4e2f10-0000-4000-8000-000000000001-6d4e2f10-0000-4000-8000-000000000002"
EMAIL = "email: {kind: email, host: smtp.example.test, sender: mash@example.test"


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n"])
def test_nothing_set_up_is_the_mailbox_for_everything(text: str | None) -> None:
    assert read_channels(text) == EMBEDDED


def test_every_kind_is_read_and_the_mailbox_is_always_there(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hush\n")
    found = read_channels(
        f"""
        email: {{kind: email, host: smtp.example.test, sender: mash@example.test, username: u, password_file: {tmp_path}/secret}}
        teams: {{kind: teams, rooms: {{front_door_file: {tmp_path}/secret}}}}
        own-service: {{kind: webhook, url: "https://take.example.test/in"}}
        notify: {{kind: notify, key: {KEY}, template: t}}
        """
    )
    assert {name: type(one) for name, one in found.items()} == {
        "mailbox": MailboxSettings,
        "email": EmailSettings,
        "teams": TeamsSettings,
        "own-service": WebhookSettings,
        "notify": NotifySettings,
    }
    email, teams = found["email"], found["teams"]
    assert isinstance(email, EmailSettings)
    assert email.password is not None
    assert email.password.get_secret_value() == "hush"
    assert isinstance(teams, TeamsSettings)
    assert teams.rooms["front_door"].get_secret_value() == "hush"
    assert "hush" not in repr(found)


def test_json_from_the_environment_is_read_as_well() -> None:
    assert isinstance(read_channels('{"email": {"kind": "mailbox"}}')["email"], MailboxSettings)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("email: {kind: email, sender: a@b}", "email: host is missing."),
        (EMAIL + ", colour: red}", "email: colour is not a setting of this kind of channel."),
        (
            "pigeon: {kind: pigeon}",
            "pigeon: `kind` must be mailbox, email, teams, webhook, notify, notify_sms or notify_letter.",
        ),
        (
            "pigeon: {loft: 3}",
            "pigeon: `kind` must be mailbox, email, teams, webhook, notify, notify_sms or notify_letter.",
        ),
        ("email:", "email: says nothing; give at least `kind`."),
        ("[email]", "The channels must be a list of names, each with its settings below it."),
        ("a: b: c", "The channels are not YAML: line 1: mapping values are not allowed here."),
        ("E mail: {kind: mailbox}", "E mail: a channel's name is small letters, digits, - and _, at most 30."),
        ("email: {kind: email, host: h, sender: Mash <a@b>}", "email: sender: is not a mail address; give the address"),
        (EMAIL + ", security: none}", "email: `security: none` is only for a mail server on the same machine"),
        (EMAIL + ", username: u}", "email: `username` and `password` go together; one of them is missing."),
        (EMAIL + ", port: many}", "email: port: input should be a valid integer"),
        (
            EMAIL + ", password_file: /nowhere/at/all}",
            "email: password_file: /nowhere/at/all cannot be read: No such file",
        ),
        (
            "w: {kind: webhook, url: 'http://take.example.test'}",
            "w: url: must begin with https:// (http:// is only for",
        ),
        ("n: {kind: notify, key: wrong, template: t}", "n: key: is not a GOV.UK Notify key"),
        ("t: {kind: teams, rooms: {}}", "t: rooms: dictionary should have at least 1 item"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(ChannelsError) as caught:
        read_channels(text)
    assert says in str(caught.value)


def test_everything_that_is_wrong_is_said_at_once_and_no_secret_is_repeated() -> None:
    with pytest.raises(ChannelsError) as caught:
        read_channels(
            "n: {kind: notify, key: s3cret, template: t}\nt: {kind: teams}\nm: {kind: mailbox, token: s3cret}"
        )
    assert len(str(caught.value).splitlines()) == 3
    assert "s3cret" not in str(caught.value)


def test_the_channels_are_read_from_the_file_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "channels.yaml").write_text("own: {kind: mailbox}\n")
    assert read_channels_file(tmp_path / "channels.yaml").keys() == {"mailbox", "own"}
    assert read_channels_file(None) == EMBEDDED


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ChannelsError, match=r"cannot be read: No such file or directory\."):
        read_channels_file(tmp_path / "channels.yaml")
