"""When a pregnancy without a midwife is late, and what shows that a midwife has it in hand."""

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.clocks.antenatal import BOOKING

# Due on 16 December 2026: the weeks count from 11 March, so 12+6 falls on 9 June and 20+0 on 29 July.
EARLY = referred("key_worker", "non_engagement", born=None, due="2026-12-16", at="2026-05-04T10:00")
BY_WEEKS = story(None, at="2026-05-04T10:00").then("contact", "key_worker", pregnancy={"of": "mother", "weeks": 8})
LATE = referred("doctor", "late_antenatal_care", born=None, due="2026-06-01", at="2026-03-10T10:00")


@pytest.mark.parametrize(
    ("before", "due"),
    table(
        ("the review: nothing booked", EARLY, "2026-07-29"),
        ("counted from the weeks told", BY_WEEKS, "2026-07-27"),
        ("no weeks and no due date", story(None).then("household", "nurse", what="pregnancy_known"), None),
        ("the review: appointments missed", EARLY.then("appointment", "midwife", what="antenatal", outcome="missed"), "2026-07-29"),
        ("the review: a midwife at a closed door", EARLY.then("visit", "midwife", access="no_reply"), "2026-07-29"),
        ("the review: an early scan", EARLY.then("appointment", what="scan", outcome="attended"), "2026-07-29"),
        ("an early scan by a midwife", EARLY.then("appointment", "midwife", what="scan", outcome="attended"), "2026-07-29"),
        ("only the doctor", EARLY.then("appointment", "doctor", what="gp", outcome="attended"), "2026-07-29"),
        ("booked", EARLY.then("appointment", what="antenatal_booking", outcome="attended"), None),
        ("at a clinic", EARLY.then("appointment", "doctor", what="antenatal", outcome="attended"), None),
        ("seen at home by the midwife", EARLY.then("visit", "midwife", access="granted"), None),
        ("a midwife in the meeting", EARLY.then("meeting", "worker", which="professionals", attended=["midwife"]), None),
        ("a midwife's view", EARLY.then("assessment", "worker", status="completed", views={"midwife": "agree"}), None),
        ("referred by the midwife", referred("midwife", born=None, due="2026-12-16"), None),
        ("referred by the midwife as late", referred("midwife", "late_antenatal_care", born=None, due="2026-12-16"), "2026-07-29"),
        ("known only late: days to arrange it", LATE, "2026-03-24"),
        ("born", EARLY.wait(days=200).then("household", what="birth"), None),
        ("born already", referred(), None),
        ("an age nobody knows", referred(born=None), None),
    ),
)  # fmt: skip
def test_a_pregnancy_without_a_midwife(before: Story, due: str | None) -> None:
    assert before.due(BOOKING) == due


def test_the_warning_comes_at_twelve_weeks_and_six_days() -> None:
    warn = EARLY.running(BOOKING)[0].warn

    assert warn is not None
    assert warn.date().isoformat() == "2026-06-09"


def test_late_care_that_somebody_named_does_not_rest_on_silence() -> None:
    assert EARLY.running(BOOKING)[0].silent
    assert not LATE.running(BOOKING)[0].silent
