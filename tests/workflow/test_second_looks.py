"""A second person sees what they sign: who proposes it, both sides, and whether their own signature would count."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.facts import Case
from tests.support import paths
from tests.support.hub import Hub, open_hub
from workflow import store
from workflow.disputes import disputes
from workflow.errors import BadCommandError, RefusedError
from workflow.second_looks import enquiry, lower_grade


@pytest.fixture
def hub(sqlite_template: Path, tmp_path: Path) -> Iterator[Hub]:
    """A hub of its own. What is asked here is asked of the record as it was read, and of no database."""
    path = tmp_path / "mash.db"
    shutil.copy(sqlite_template, path)
    opened = open_hub(f"sqlite:///{path}")
    yield opened
    opened.engine.database.dispose()


def case_of(hub: Hub, reference: str) -> Case:
    """Return the record of a referral."""
    with hub.engine.database.reading() as connection:
        return hub.engine.load(connection, store.number(reference), hub.now).case


def test_a_lower_grade_waits_with_who_proposes_it_and_why(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    assert lower_grade(case_of(hub, reference)) is None

    hub.act(reference, "grade", "tara", grade="green", reason="the school has fed him since")
    waiting = lower_grade(case_of(hub, reference))

    assert waiting is not None
    assert (waiting.grade, waiting.now, waiting.by) == ("green", "amber", "tara")
    assert waiting.words == "the school has fed him since"


def test_a_lower_grade_waits_no_longer_once_the_grade_has_changed(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    hub.act(reference, "grade", "tara", grade="green", reason="the school has fed him since")
    hub.act(reference, "grade", "mona", grade="red", reason="marks on the arm")

    assert lower_grade(case_of(hub, reference)) is None


def test_an_enquiry_is_shown_with_its_worries_its_doctors_and_its_voices(hub: Hub) -> None:
    reference = paths.to_strategy(hub)
    hub.act(reference, "record-medical", "sam", what="child_protection_medical", finding="inconclusive")
    hub.act(reference, "give-view", "hv", view="disagree", reason="the doctor was not sure")

    found = enquiry(case_of(hub, reference), "tess", "tara", hub.engine.terms(hub.now))

    assert [event.get("words") for event in found.worries] == ["came hungry again"]
    assert [event.get("finding") for event in found.medicals] == ["inconclusive"]
    assert {voice.who: voice.view for voice in found.voices}["hv"] == "disagree"
    assert {voice.who: voice.due for voice in found.voices} == {voice.who: None for voice in found.voices}
    assert found.signed == ()


def test_whoever_holds_the_case_or_works_on_it_is_in_the_line(hub: Hub) -> None:
    case, terms = case_of(hub, paths.to_assessment(hub)), hub.engine.terms(hub.now)

    assert enquiry(case, "sam", "sam", terms).in_line
    assert enquiry(case, "sam", "hugo", terms).in_line
    assert not enquiry(case, "theo", "sam", terms).in_line


def test_those_who_are_said_to_have_decided_are_just_those_who_may_not_turn_it_down(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    hub.act(reference, "decide", "mona", outcome="assessment", reason="needs a look", answers="neglect:unknown")
    hub.act(reference, "challenge", "dsl", reason="it cannot wait for an assessment")
    (dispute,) = disputes(case_of(hub, reference), hub.engine.terms(hub.now))

    assert dispute.decided is not None
    assert set(dispute.decided.who) == {"mona", "tara"}
    for who in ("mona", "tess"):
        try:
            hub.act(reference, "settle-challenge", who, outcome="not_upheld", statement="the assessment comes first")
            turned_down = True
        except (BadCommandError, RefusedError):
            turned_down = False
        assert turned_down is (who not in dispute.decided.who)


def test_the_newest_challenge_comes_first_and_one_that_was_settled_is_gone(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    hub.act(reference, "decide", "mona", outcome="assessment", reason="needs a look", answers="neglect:unknown")
    hub.act(reference, "challenge", "dsl", reason="it cannot wait for an assessment")
    hub.act(reference, "allocate", "tess", to="sam")
    terms = hub.engine.terms(hub.now)
    assert [one.raised.words for one in disputes(case_of(hub, reference), terms)] == [
        "it cannot wait for an assessment"
    ]

    hub.act(reference, "settle-challenge", "tess", outcome="upheld", statement="it was brought forward")

    assert disputes(case_of(hub, reference), terms) == ()
