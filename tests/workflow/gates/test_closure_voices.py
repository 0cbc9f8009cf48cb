"""Nobody is taken out of a case so that their voice need not be heard."""

from dataclasses import replace

import pytest

from tests.support.stories import Story, referred, table
from workflow.gates.closure_voices import VOICES

SEEN = referred(live=True).then("visit", "nurse").then("allocated", to="worker")
PROPOSED = SEEN.then("closure_proposed", "worker", holder="worker")
AGAINST = PROPOSED.then("view", "nurse", view="disagree")
RAISED = AGAINST.then("disagreement", "nurse", with_="closure_proposed", status="raised")
SETTLED = RAISED.then("disagreement", "manager", with_="closure_proposed", status="resolved")
EARLIER = AGAINST.then("closure", "worker").then("contact", "teacher")


def gone(story: Story, who: str) -> Story:
    """Let somebody's account be closed."""
    people = {**story.family.practitioners, who: replace(story.family.practitioners[who], active=False)}
    return replace(story, family=replace(story.family, practitioners=people))


@pytest.mark.parametrize(
    ("before", "by", "who", "verdict"),
    table(
        ("before anything is put forward", SEEN, "worker", "nurse", "nothing"),
        ("by the author, before a view", PROPOSED, "worker", "nurse", "said"),
        ("by a manager without a hand in it", PROPOSED, "second_manager", "nurse", "nothing"),
        ("by a manager who was given the case", PROPOSED.then("allocated", to="manager"), "manager", "nurse", "said"),
        ("after the view was given", PROPOSED.then("view", "nurse", view="agree"), "worker", "nurse", "nothing"),
        ("after the view was given as none", PROPOSED.then("view", "nurse", view="none"), "worker", "nurse", "nothing"),
        ("who disagrees, by the author", AGAINST, "worker", "nurse", "said"),
        ("who disagrees, by anybody", AGAINST, "second_manager", "nurse", "said"),
        ("who disagreed and was sent back", AGAINST.then("closure_returned", "manager"), "worker", "nurse", "said"),
        ("who disagreed and has come round", AGAINST.then("view", "nurse", view="agree"), "worker", "nurse", "nothing"),
        ("whose disagreement is open", RAISED, "second_manager", "nurse", "said"),
        ("whose disagreement is settled", SETTLED, "worker", "nurse", "nothing"),
        ("who disagreed in an earlier case", EARLIER, "worker", "nurse", "nothing"),
        ("who disagreed and has left, by the author", gone(AGAINST, "nurse"), "worker", "nurse", "said"),
        ("who disagreed and has left, by another", gone(AGAINST, "nurse"), "second_manager", "nurse", "nothing"),
        ("of the council's own", PROPOSED, "worker", "manager", "nothing"),
        ("a relative, who gives no view", PROPOSED, "worker", "grandfather", "nothing"),
    ),
)
def test_an_involvement_is_not_ended_to_be_rid_of_a_view(before: Story, by: str, who: str, verdict: str) -> None:
    assert before.verdict(VOICES, "involvement", by, who=who, status="ended") == verdict


def test_to_begin_is_always_possible_and_a_story_is_taken_as_it_is_told() -> None:
    told = referred().then("visit", "nurse").then("closure_proposed", "worker").then("view", "nurse", view="disagree")

    assert AGAINST.verdict(VOICES, "involvement", "worker", who="nurse", status="started") == "nothing"
    assert told.verdict(VOICES, "involvement", "worker", who="nurse", status="ended") == "nothing"
