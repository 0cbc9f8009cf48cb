"""What contradicts itself is not written down: a visit, a view, an answer that nobody asked for."""

from typing import Any

import pytest

from tests.support import paths
from tests.support.hub import Hub
from tests.support.stories import table
from workflow.errors import BadCommandError


@pytest.mark.parametrize(
    ("details", "says"),
    table(
        ("nobody opened, the child seen", {"access": "no_reply", "child_seen": True}, "Nobody opened"),
        ("nobody opened, the child alone", {"access": "no_reply", "child_seen_alone": True}, "Nobody opened"),
        ("nobody opened, the home seen", {"access": "no_reply", "conditions": "good"}, "Nobody opened"),
        ("nobody opened, the bed seen", {"access": "no_reply", "sleep_space_seen": True}, "Nobody opened"),
        ("not let in, the child alone", {"access": "denied", "child_seen_alone": True}, "Nobody was let in"),
        ("not let in, the home seen", {"access": "denied", "conditions": "poor"}, "Nobody was let in"),
        ("not let in, the bed seen", {"access": "denied", "sleep_space_seen": True}, "Nobody was let in"),
    ),
)
def test_a_visit_does_not_see_what_it_cannot_have_seen(hub: Hub, details: dict[str, Any], says: str) -> None:
    reference = hub.refer()
    with pytest.raises(BadCommandError, match=says) as refused:
        hub.act(reference, "record-visit", "sam", **details)

    assert "access=granted" in refused.value.advice
    assert hub.row(reference)["version"] == 1


@pytest.mark.parametrize(
    "details",
    [
        {"access": "no_reply"},
        {"access": "no_reply", "words": "curtains drawn, a dog barking", "sleep_space_seen": False},
        {"access": "denied", "child_seen": True, "anyway": "seen at the door, and seen again tomorrow"},
        {"access": "granted", "child_seen": True, "child_seen_alone": True, "conditions": "adequate"},
    ],
)
def test_a_visit_that_can_have_been_so_is_recorded(hub: Hub, details: dict[str, Any]) -> None:
    reference = hub.refer()

    assert hub.act(reference, "record-visit", "sam", **details).version == 2


@pytest.mark.parametrize("reason", [{}, {"reason": "  "}])
def test_whoever_disagrees_says_why(hub: Hub, reason: dict[str, str]) -> None:
    reference = paths.to_decision(hub)
    with pytest.raises(BadCommandError, match="Why do you disagree"):
        hub.act(reference, "give-view", "hv", view="disagree", **reason)

    hub.act(reference, "give-view", "hv", view="disagree", reason="weight is falling")
    hub.act(reference, "give-view", "pc", view="agree")
    hub.act(reference, "give-view", "dsl", view="none")


def test_an_agency_that_nobody_asked_is_told_what_to_use_instead(hub: Hub) -> None:
    reference = hub.refer()
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "ask", "tara", of="pc")
    with pytest.raises(BadCommandError, match="Nobody has asked your agency") as refused:
        hub.act(reference, "reply", "dsl", words="hungry again on Monday")
    assert "`add-concern`" in refused.value.advice
    assert "`give-view`" in refused.value.advice

    hub.act(reference, "reply", "pc", words="nothing known")
    hub.act(reference, "reply", "pc", words="one call last year, found since")
    hub.act(reference, "add-concern", "dsl", concerns="hygiene", words="came in the same clothes")
