"""Who may do what: the whole matrix, and what must never be in it."""

import pytest

from models.vocabulary import Role
from workflow.permissions import MAY, may
from workflow.verbs import REFER, VERBS


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
