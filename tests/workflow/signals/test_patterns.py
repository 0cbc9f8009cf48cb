"""What comes back and what swings is seen, and is not seen where there is nothing to see."""

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.rule import Signal
from workflow.signals.patterns import OSCILLATION, RECURRING

POOR = {"access": "granted", "conditions": "poor"}
GOOD = {"access": "granted", "conditions": "good"}


def worries(*codes: str, apart: int = 20, at: Story | None = None) -> Story:
    """Let one worry after another be told, some days apart."""
    told = at or story()
    for code in codes:
        told = told.then("concern", "nurse", concerns=[code]).wait(days=apart)
    return told


def homes(*found: str, apart: int = 10) -> Story:
    """Let the home be found so and so, some days apart."""
    told = story()
    for how in found:
        told = told.then("visit", "nurse", access="granted", conditions=how).wait(days=apart)
    return told


THREE = worries("hygiene", "hygiene", "hygiene")
SWUNG = homes("poor", "good", "poor", "good")


@pytest.mark.parametrize(
    ("signal", "before", "times"),
    table(
        ("the review: the same worry for the third time", RECURRING, THREE, 1),
        ("twice", RECURRING, worries("hygiene", "hygiene"), 0),
        ("three different worries", RECURRING, worries("hygiene", "feeding", "weight"), 0),
        ("twice in one day", RECURRING, worries("hygiene", "hygiene", "hygiene", apart=0), 0),
        ("told as three times", RECURRING, story().then("concern", concerns=["weight"], times=3), 1),
        ("a calm visit between", RECURRING, worries("hygiene", at=worries("hygiene", "hygiene").then("visit", **GOOD)), 1),
        ("over more than a year", RECURRING, worries("hygiene", "hygiene", "hygiene", apart=190), 0),
        ("weighed in a discussion", RECURRING, worries("hygiene", at=worries("hygiene", "hygiene").then("strategy_discussion", decision="assessment")), 0),
        ("a discussion asked for and not held", RECURRING, worries("hygiene", at=worries("hygiene", "hygiene").then("strategy_discussion", requested=True)), 1),
        ("weighed in a conference", RECURRING, worries("hygiene", at=worries("hygiene", "hygiene").then("conference", which="initial")), 0),
        ("six times", RECURRING, worries(*["hygiene"] * 6), 2),
        ("another worry days later is the same review", RECURRING, worries("weight", at=worries("weight", "weight", "hygiene", "hygiene", "hygiene", apart=3), apart=0), 1),
        ("nobody knew", RECURRING, worries("hygiene", "hygiene").then("household", what="joined", known=False, concerns=["hygiene"]), 0),
        ("a family that keeps away has a ledger of its own", RECURRING, worries("avoidance", "avoidance", "avoidance"), 0),
        ("the review: poor, spotless, poor, spotless", OSCILLATION, SWUNG, 1),
        ("poor, then good for good", OSCILLATION, homes("poor", "good", "good", "good"), 0),
        ("one relapse", OSCILLATION, homes("poor", "good", "poor"), 0),
        ("neither good nor poor", OSCILLATION, homes("adequate", "good", "adequate", "good"), 0),
        ("three swings in more than a year", OSCILLATION, homes("poor", "good", "poor", "good", apart=190), 0),
        ("poor by a worry told", OSCILLATION, referred("key_worker", "home_conditions").then("visit", **GOOD).then("visit", access="granted", concerns=["home_conditions"]).then("visit", **GOOD), 1),
        ("six swings", OSCILLATION, homes("poor", "good", "poor", "good", "poor", "good", "poor"), 2),
    ),
)  # fmt: skip
def test_a_pattern_over_time(signal: Signal, before: Story, times: int) -> None:
    assert len(before.raised(signal)) == times


def test_a_pattern_keeps_its_name_as_the_story_goes_on() -> None:
    first = THREE.raised(RECURRING)

    assert [one.key for one in THREE.then("visit", "nurse", **GOOD).raised(RECURRING)] == [one.key for one in first]


@pytest.mark.parametrize(
    ("before", "floor"),
    table(
        ("not yet dealt with", worries("hygiene", "hygiene", at=referred("nurse", "hygiene").wait(days=3)), "amber"),
        ("dealt with", worries("hygiene", "hygiene", at=referred("nurse", "hygiene").wait(days=3)).then("decision", outcome="assessment"), None),
    ),
)  # fmt: skip
def test_a_worry_that_comes_back_is_never_green_until_it_is_dealt_with(before: Story, floor: str | None) -> None:
    assert [one.floor and one.floor.code for one in before.raised(RECURRING)] == [floor]
