"""Who may do what: the whole matrix, and what must never be in it."""

from random import Random

import pytest

from models.vocabulary import Role
from tests.support import paths
from tests.support.doings import anything, counted
from tests.support.house import ROOT
from tests.support.hub import ACCOUNTS, Hub
from workflow.errors import NotPermittedError
from workflow.permissions import MAY, may
from workflow.verbs import REFER, VERBS

PAGE = ROOT / "docs" / "permissions.md"


def test_every_verb_has_a_line_in_the_table_and_no_line_is_without_a_verb() -> None:
    assert set(MAY) == {*VERBS, REFER.name}


@pytest.mark.parametrize("verb", sorted(MAY))
def test_an_auditor_changes_nothing(verb: str) -> None:
    assert not may(Role.AUDITOR, verb)


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_what_is_not_in_the_table_is_not_allowed(role: Role) -> None:
    assert not may(role, "close-without-asking")


@pytest.mark.parametrize("verb", ["sign-off", "decide", "conclude-enquiry", "complete-assessment", "return-closure"])
def test_only_managers_sign(verb: str) -> None:
    assert MAY[verb] == {Role.MASH_MANAGER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE}


@pytest.mark.parametrize("verb", ["challenge", "ask-who-holds", "give-view", "add-concern", "refer"])
def test_a_partner_can_always_speak(verb: str) -> None:
    assert may(Role.PARTNER, verb)


def test_the_system_never_decides() -> None:
    allowed = {verb for verb in MAY if may(Role.SYSTEM, verb)}

    assert allowed == {"wake", "invite", "tell", "climb-challenge", "pass-on"}


def page() -> dict[str, frozenset[Role]]:
    """Read the table as people read it: the page that says who may do what."""
    rows = [line.split("|")[1:-1] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    roles = [Role(head.strip().replace(" ", "_")) for head in rows[0][2:]]
    return {
        row[0].strip().strip("`"): frozenset(role for role, mark in zip(roles, row[2:], strict=True) if mark.strip())
        for row in rows
        if "`" in row[0]
    }


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_may_do_what_the_page_says_and_nothing_else(role: Role) -> None:
    assert {verb for verb in MAY if may(role, verb)} == {verb for verb, roles in page().items() if role in roles}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("verb", sorted(VERBS))
def test_the_engine_refuses_whoever_may_not_before_it_looks_any_closer(hub: Hub, verb: str) -> None:
    reference = paths.to_strategy(hub)
    hub.act(reference, "invite", "tara", who="kit,ella,dsl,wife")  # so that everybody may know of it
    hub.look(reference)
    version = hub.row(reference)["version"]
    details = counted(verb, anything(Random(0), verb), hub.now)
    for account, (role, *_) in ACCOUNTS.items():
        if not may(Role(role), verb):
            with pytest.raises(NotPermittedError, match=r"^As .* you may not"):
                hub.act(reference, verb, account, **details)

    assert hub.row(reference)["version"] == version
