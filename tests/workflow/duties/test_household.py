"""What befalls the adults reaches the child's worker, and a changed home is looked at anew."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.duties.household import ADULT_EVENT, STALE

BEATEN: dict[str, Any] = {"what": "assault", "involving": ["father"], "about": []}
OPEN = referred().with_adult("father", "father")
HURT = OPEN.then("incident", "doctor", **BEATEN)
DONE: dict[str, Any] = {"status": "completed", "outcome": "child_in_need"}
ASSESSED = referred().with_adult("partner", "relative").then("assessment", "worker", **DONE)
CAME = ASSESSED.then("household", what="new_partner", person="partner")


@pytest.mark.parametrize(
    ("before", "told"),
    table(
        ("the review: the father hurt, and nobody links him", HURT, True),
        ("treated for it", OPEN.then("medical", "doctor", what="attended", for_="father", about=[]), True),
        ("closed not long ago", OPEN.then("closure").then("incident", "doctor", **BEATEN), True),
        ("closed long ago", OPEN.then("closure").wait(days=500).then("incident", "doctor", **BEATEN), False),
        ("never known to the hub", story().with_adult("father", "father").then("incident", "doctor", **BEATEN), False),
        ("before the child was known", story().with_adult("father", "father").then("incident", "doctor", **BEATEN).then(
            "contact", "teacher"), False),
        ("the hospital tells the hub", HURT.then("contact", "doctor", concerns=["other"]), False),
        ("the hospital tells the worker", HURT.then("concern", "doctor", shared_with=["worker"]), False),
        ("weighed in a meeting", HURT.then("meeting", which="professionals", status="held"), False),
        ("discussed", HURT.then("strategy_discussion", requested=True), False),
        ("somebody else goes on as before", HURT.then("visit", "worker", access="granted"), True),
        ("recorded of the child as well", OPEN.then("incident", "doctor", **{**BEATEN, "about": ["child"]}), False),
        ("somebody who has nothing to do with the child",
         OPEN.with_adult("cousin", "other", "father").then("incident", "doctor", **{**BEATEN, "involving": ["cousin"]}),
         False),
        ("a colleague of whoever saw it tells the hub", HURT.with_practitioner("ward", "ward_nurse", "hospital").then(
            "contact", "ward"), False),
        ("told before it happened again", OPEN.then("contact", "doctor").then("incident", "doctor", **BEATEN), True),
        ("told by nobody who is known", OPEN.then("incident", **BEATEN), True),
        ("told by nobody who is known, and then by a stranger", OPEN.then("incident", **BEATEN).then("contact"), True),
        ("the child itself treated", OPEN.then("medical", "doctor", what="attended", for_="child", about=[]), False),
        ("an appointment of his", OPEN.then("appointment", "doctor", what="attended", for_="father", about=[]), False),
        ("two adults' troubles, the first long ago",
         story().with_adult("father", "father").then("incident", "doctor", **BEATEN).then("contact", "teacher").wait(
             days=1).then("incident", "doctor", **BEATEN), True),
        ("nobody knew", OPEN.then("incident", "doctor", **BEATEN, known=False), False),
        ("of no weight", OPEN.then("incident", "doctor", **{**BEATEN, "what": "other"}), False),
    ),
)  # fmt: skip
def test_what_befalls_an_adult_is_told_to_those_who_work_with_the_child(before: Story, told: bool) -> None:
    assert len(before.oughts(ADULT_EVENT)) == told


AT_HOME: dict[str, Any] = {"what": "domestic_abuse", "involving": ["father"], "child_present": True}
SEEN_BY_POLICE = OPEN.then("incident", "officer", **AT_HOME)
NOTIFIED: dict[str, Any] = {"channel": "police_notification", "concerns": ["domestic_abuse"]}


@pytest.mark.parametrize(
    ("before", "late"),
    table(
        ("told the next day", SEEN_BY_POLICE.wait(days=1).then("contact", "officer", **NOTIFIED), False),
        ("told after a week", SEEN_BY_POLICE.wait(days=7).then("contact", "officer", **NOTIFIED), True),
        ("the school tells after a week", SEEN_BY_POLICE.wait(days=7).then("contact", "teacher", **NOTIFIED), False),
        ("a call about something else", SEEN_BY_POLICE.wait(days=7).then("contact", "officer", channel="phone"), False),
        (
            "told the next day, and again after a week",
            SEEN_BY_POLICE.wait(days=1).then("contact", "officer", **NOTIFIED).wait(days=7).then("contact", "officer", **NOTIFIED),
            False,
        ),
        (
            "no child was there",
            OPEN.then("incident", "officer", **{**AT_HOME, "child_present": False}).wait(days=7).then("contact", "officer", **NOTIFIED),
            False,
        ),
        (
            "known to the month only",
            OPEN.then("incident", "officer", **AT_HOME, precision="month").wait(days=7).then("contact", "officer", **NOTIFIED),
            False,
        ),
    ),
)  # fmt: skip
def test_what_the_police_saw_is_told_the_next_working_day(before: Story, late: bool) -> None:
    assert bool(before.oughts(ADULT_EVENT)) is late


@pytest.mark.parametrize(
    ("before", "asked"),
    table(
        ("the review: a new partner, and the old conclusion", CAME, True),
        ("a carer has left", ASSESSED.then("household", what="left", person="mother"), True),
        ("no assessment to rely on", referred().then("household", what="joined", person="partner"), False),
        ("a baby is born", ASSESSED.then("household", what="birth", person="child"), False),
        ("a dog", ASSESSED.then("household", what="animal"), False),
        ("assessed anew", CAME.then("assessment", "worker", status="started"), False),
        (
            "checked with the police",
            CAME.then("check", "worker", agency="police", person="partner", status="asked"),
            False,
        ),
        ("spoken to", CAME.then("spoke_to", "worker", person="partner"), False),
        ("the mother spoken to, but not the partner", CAME.then("spoke_to", "worker", person="mother"), True),
        ("weighed in a meeting", CAME.then("meeting", which="core_group", status="held"), False),
        ("a tool used about the partner", CAME.then("tool", "worker", what="dash", for_="partner"), False),
        ("the partner met on a visit", CAME.then("visit", "worker", access="granted", with_=["partner"]), False),
        ("a visit to the mother", CAME.then("visit", "worker", access="granted", with_=["mother"]), True),
        ("a meeting of which no status is told", CAME.then("meeting", which="core_group"), False),
        ("a meeting that was cancelled", CAME.then("meeting", which="core_group", status="cancelled"), True),
        (
            "an assessment that is not complete",
            referred()
            .with_adult("partner", "relative")
            .then("assessment", "worker", status="started")
            .then("household", what="new_partner", person="partner"),
            False,
        ),
        (
            "something else was completed",
            referred()
            .with_adult("partner", "relative")
            .then("early_help", "worker", status="completed")
            .then("household", what="new_partner", person="partner"),
            False,
        ),
        ("a move, by nobody in particular", ASSESSED.then("household", what="joined"), False),
        (
            "a sister comes to live there",
            ASSESSED.with_sister().then("household", what="joined", person="sister"),
            False,
        ),
        (
            "an address, and then a partner",
            ASSESSED.then("household", what="moved_address").then("household", what="new_partner", person="partner"),
            True,
        ),
        (
            "another sort of event says that somebody left",
            ASSESSED.then("agency_decision", what="left", person="mother"),
            False,
        ),
        ("the history searched", CAME.then("history_checked", "worker", scope=["household"]), False),
        ("nobody knew", ASSESSED.then("household", what="joined", person="partner", known=False), False),
        ("closed since", CAME.then("closure"), False),
    ),
)
def test_a_conclusion_lapses_when_the_home_changes(before: Story, asked: bool) -> None:
    assert len(before.oughts(STALE)) == asked
