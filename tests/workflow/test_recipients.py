"""Whose turn it is: there is always somebody, somebody who is there, and for a breach somebody else than the owner."""

import pytest

from models.vocabulary import Role
from tests.support.hub import Hub
from workflow import recipients
from workflow.errors import BadCommandError

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def manager(hub: Hub, owner: str, *besides: str, authority: str = "coventry") -> str:
    with hub.engine.database.reading() as connection:
        return recipients.manager_of(connection, authority, owner, besides)


def in_role(hub: Hub, owner: str, role: Role | None, *besides: str) -> str:
    with hub.engine.database.reading() as connection:
        return recipients.in_role(connection, "coventry", owner, role, besides)


@pytest.mark.parametrize(
    ("owner", "found"),
    [
        ("sam", "tess"),
        ("tara", "mona"),
        ("desk_sw", "tess"),
        ("tess", "theo"),
        ("theo", "tess"),
        ("mona", "tess"),
        ("hugo", "tess"),
        ("nobody", "tess"),
    ],
)
def test_the_manager_of_an_owner_is_of_the_same_team_or_along_the_line(hub: Hub, owner: str, found: str) -> None:
    assert manager(hub, owner) == found


@pytest.mark.parametrize(
    ("gone", "found"),
    [
        (("tess",), "theo"),
        (("tess", "theo"), "mona"),
        (("tess", "theo", "mona"), "hugo"),
        (("tess", "theo", "mona", "hugo"), "sam"),
    ],
)
def test_who_has_left_is_nobodys_manager_and_the_last_resort_is_the_owner(
    hub: Hub, gone: tuple[str, ...], found: str
) -> None:
    for account in gone:
        hub.leaves(account)

    assert manager(hub, "sam") == found


@pytest.mark.parametrize(
    ("besides", "found"), [((), "tess"), (("tess",), "theo"), (("tess", "theo"), "mona"), (("hugo",), "tess")]
)
def test_who_cannot_be_the_one_is_passed_over(hub: Hub, besides: tuple[str, ...], found: str) -> None:
    assert manager(hub, "sam", *besides) == found


@pytest.mark.parametrize(
    ("role", "owner", "found"),
    [
        (None, "sam", "sam"),
        (Role.TEAM_MANAGER, "sam", "tess"),
        (Role.MASH_MANAGER, "tara", "mona"),
        (Role.HEAD_OF_SERVICE, "sam", "hugo"),
        (Role.HEAD_OF_SERVICE, "hugo", "mona"),
        (Role.EARLY_HELP_COORDINATOR, "sam", "ella"),
        (Role.AUDITOR, "sam", "aud"),
    ],
)
def test_a_role_is_a_person(hub: Hub, role: Role | None, owner: str, found: str) -> None:
    assert in_role(hub, owner, role) == found


def test_a_role_that_nobody_has_falls_to_whoever_stands_in(hub: Hub) -> None:
    hub.leaves("ella")
    hub.leaves("hugo")

    assert in_role(hub, "sam", Role.EARLY_HELP_COORDINATOR) == "mona"
    assert in_role(hub, "sam", Role.HEAD_OF_SERVICE) == "mona"


def test_another_authoritys_managers_are_nobodys_here(hub: Hub) -> None:
    hub.hire("far", "team_manager", authority="elsewhere", team="north")

    assert manager(hub, "sam") == "tess"
    assert manager(hub, "far", authority="elsewhere") == "far"


def test_work_goes_to_whoever_holds_least_and_to_nobody_who_has_left(hub: Hub) -> None:
    hub.hire("tim", "triage_worker", agency="hub", team="hub")

    def next_one() -> str:
        with hub.engine.database.reading() as connection:
            return recipients.least_loaded(connection, "coventry", (Role.TRIAGE_WORKER,))

    assert next_one() == "tara"
    hub.refer()
    assert next_one() == "tim"
    hub.leaves("tim")
    assert next_one() == "tara"
    hub.leaves("tara")
    with pytest.raises(BadCommandError, match="coventry has nobody who could own a referral"):
        next_one()


def test_an_owner_who_is_there_has_no_successor(hub: Hub) -> None:
    with hub.engine.database.reading() as connection:
        assert recipients.successor(connection, "coventry", "sam") is None
    hub.leaves("sam")
    with hub.engine.database.reading() as connection:
        assert recipients.successor(connection, "coventry", "sam") == "tess"
