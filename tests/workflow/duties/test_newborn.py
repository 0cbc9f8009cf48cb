"""A baby that comes early, and a baby in danger in its sleep: what nobody has done about it."""

from typing import Any

import pytest

from tests.support.stories import Story, story, table
from workflow.duties.newborn import PRETERM, SUDI
from workflow.rule import Duty

BORN = {"born": "2026-03-10", "due": "2026-05-20"}
EARLY = story(**BORN).with_parent(["care_leaver"])
BIRTH = EARLY.then("household", what="birth", person="child")
KNOWN: dict[str, Any] = {"which": "child_in_need", "status": "started"}
PREPARED = EARLY.then(
    "plan", "worker", contingencies=[{"when": "preterm_birth", "then": ["strategy_discussion"]}], **KNOWN
)
TERM = story("2026-03-10", due="2026-03-12").with_parent(["care_leaver"])
SOFA = story("2026-02-10").then("contact", "midwife", concerns=["safe_sleep"])
HIGH = SOFA.then("tool", "nurse", what="sudi", for_="child", result="significant")


@pytest.mark.parametrize(
    ("duty", "before", "asked"),
    table(
        ("the review: early, and a family known", PRETERM, BIRTH.wait(days=3), 1),
        ("the day is not over", PRETERM, BIRTH, 0),
        ("by the weeks told", PRETERM, story("2026-03-10").with_child(gestation_at_birth="29+6").with_parent(["care_leaver"]).then("household", what="birth").wait(days=3), 1),
        ("at its time", PRETERM, TERM.then("household", what="birth").wait(days=3), 0),
        ("at its time, and kept on a ward", PRETERM, TERM.then("medical", what="admitted").wait(days=3), 1),
        ("on a ward weeks later", PRETERM, TERM.wait(days=20).then("medical", what="admitted").wait(days=3), 0),
        ("a family nobody knows", PRETERM, story(**BORN).then("household", what="birth").wait(days=3), 0),
        ("foreseen in the plan", PRETERM, PREPARED.then("household", what="birth").wait(days=3), 0),
        ("the hospital refers", PRETERM, BIRTH.then("contact", "doctor", concerns=["neglect"]).wait(days=3), 0),
        ("a meeting is called", PRETERM, BIRTH.then("meeting", which="discharge_planning", status="requested").wait(days=3), 0),
        ("the worker comes to the ward", PRETERM, BIRTH.then("visit", "worker", access="granted").wait(days=3), 0),
        ("only the nurse comes", PRETERM, BIRTH.then("visit", "nurse", access="granted").wait(days=3), 1),
        ("given to a worker", PRETERM, BIRTH.then("allocated", to="worker").wait(days=3), 0),
        ("the review: unsafe sleep, and no tier", SUDI, SOFA.wait(days=15), 1),
        ("two weeks are not over", SUDI, SOFA.wait(days=13), 0),
        ("no danger named", SUDI, story("2026-02-10").then("contact", "midwife", concerns=["hygiene"]).wait(days=15), 0),
        ("drugs at home", SUDI, story("2026-02-10").with_parent(["substance_misuse"]).then("contact", "midwife").wait(days=15), 1),
        ("born too early", SUDI, story("2026-02-10", due="2026-04-10").then("contact", "midwife").wait(days=15), 1),
        ("an older child", SUDI, story("2024-02-10").then("contact", "nurse", concerns=["safe_sleep"]).wait(days=15), 0),
        ("in the first year of the day it was due", SUDI, story("2025-03-01", due="2025-05-01").then("contact", "nurse", concerns=["safe_sleep"]).wait(days=15), 1),
        ("no case open", SUDI, story("2026-02-10").then("concern", "nurse", concerns=["safe_sleep"]).wait(days=15), 0),
        ("not born yet", SUDI, story(None, due="2026-06-01").then("contact", "midwife", concerns=["safe_sleep"]).wait(days=15), 0),
        ("tiered as everybody's", SUDI, SOFA.then("tool", what="sudi", for_="child", result="universal").wait(days=15), 0),
        ("tiered before the worry", SUDI, story("2026-02-10").then("tool", what="sudi", result="additional").then("contact", concerns=["safe_sleep"]).wait(days=15), 0),
        ("a brother's tier", SUDI, SOFA.then("tool", what="sudi", for_="brother", result="universal").wait(days=15), 1),
        ("the highest tier, and only advice", SUDI, HIGH.wait(days=8), 1),
        ("the highest tier, and there is still time", SUDI, HIGH.wait(days=6), 0),
        ("the highest tier, and a safety plan", SUDI, HIGH.then("safety_plan", "worker", status="made").wait(days=15), 0),
        ("the highest tier, and a plan changed", SUDI, HIGH.then("plan", which="child_in_need", status="changed").wait(days=15), 0),
        ("the highest tier, under a plan that covers it", SUDI, SOFA.then("plan", covers=["safe_sleep"], **KNOWN).then("tool", what="sudi", result="significant").wait(days=15), 0),
    ),
)  # fmt: skip
def test_what_nobody_has_done_for_a_newborn(duty: Duty, before: Story, asked: int) -> None:
    assert len(before.missed(duty)) == asked
