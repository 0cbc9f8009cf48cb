"""What became of each worry, who has opened what came with it, and whether what was said to dispel it was looked into."""

import pytest

from tests.support.stories import Story, referred, table
from workflow.concerns_read import Raised, now_and_before, raised, summed, unopened

WORRIED = referred("teacher", "neglect", "domestic_abuse")
FATES = table(
    ("nobody has answered", WORRIED, "unanswered"),
    ("confirmed at the front door", WORRIED.then("decision", answers={"domestic_abuse": "confirmed"}), "confirmed"),
    ("found not to be so", WORRIED.then("decision", answers={"domestic_abuse": "not_found"}), "not_found"),
    ("still unknown", WORRIED.then("decision", answers={"domestic_abuse": "unknown"}), "unknown"),
    (
        "unknown first, confirmed by the assessment",
        WORRIED.then("decision", answers={"domestic_abuse": "unknown"}).then(
            "assessment", status="completed", factors_resolved={"domestic_abuse": "confirmed"}
        ),
        "confirmed",
    ),
    (
        "confirmed first; that a later look knew nothing takes nothing back",
        WORRIED.then("decision", answers={"domestic_abuse": "confirmed"}).then(
            "assessment", status="completed", factors_resolved={"domestic_abuse": "unresolved"}
        ),
        "confirmed",
    ),
    (
        "excluded by the assessment",
        WORRIED.then("assessment", status="completed", factors_resolved={"domestic_abuse": "excluded"}),
        "not_found",
    ),
    ("something else was answered", WORRIED.then("decision", answers={"neglect": "confirmed"}), "unanswered"),
)


def first(tale: Story) -> Raised:
    """Return the first occasion of a story."""
    return raised(tale.case)[-1]


@pytest.mark.parametrize(("tale", "fate"), FATES)
def test_what_became_of_a_worry(tale: Story, fate: str) -> None:
    assert {one.code: one.answer for one in first(tale).fates}["domestic_abuse"] == fate


def test_what_was_answered_before_it_was_raised_answers_nothing() -> None:
    tale = WORRIED.then("decision", answers={"neglect": "confirmed"}).then("concern", "nurse", concerns=["neglect"])

    assert [one.answer for one in raised(tale.case)[0].fates] == ["unanswered"]


def test_a_later_referral_does_not_answer_an_earlier_one() -> None:
    tale = WORRIED.then("closure", "worker", manager="manager").then("contact", "nurse", concerns=["neglect"])
    tale = tale.then("decision", answers={"neglect": "confirmed"})

    assert [one.answer for one in first(tale).fates] == ["unanswered", "unanswered"]


def test_a_plan_takes_a_worry_up_without_answering_it() -> None:
    fate = first(WORRIED.then("plan", "worker", which="child_in_need", status="started", covers=["neglect"])).fates[0]

    assert (fate.answer, fate.planned is not None) == ("unanswered", True)


def test_files_are_unopened_until_somebody_notes_that_they_opened_them() -> None:
    sent = referred("teacher", attachments=3)
    opened = sent.then("reviewed_evidence", "triage", for_=["first"])

    assert [one.attachments for one in unopened(raised(sent.case))] == [3]
    assert list(unopened(raised(opened.case))) == []
    assert first(opened).opened is not None


def test_what_was_opened_was_this_and_not_another() -> None:
    sent = referred("teacher", attachments=3).then("reviewed_evidence", "triage", for_=["another"])

    assert first(sent).opened is None


CLAIMS = table(
    ("nobody went to find out", {"what": "fell off the bed", "verified": False}, False, False),
    ("somebody bears it out", {"what": "fell off the bed", "verified": True}, True, True),
)


@pytest.mark.parametrize(("claim", "verified", "checked"), CLAIMS)
def test_what_the_family_says_is_verified_or_not(claim: dict[str, object], verified: bool, checked: bool) -> None:
    newest = raised(WORRIED.then("visit", "worker", access="granted", claim=claim).case)[0]

    assert (newest.claim, newest.verified, newest.checked) == ("fell off the bed", verified, checked)


def test_a_claim_that_somebody_looked_into_later_is_checked() -> None:
    tale = WORRIED.then("visit", "worker", access="granted", claim={"what": "fell", "verified": False})
    tale = tale.then("medical", "doctor", what="child_protection_medical")

    assert raised(tale.case)[0].checked


def test_a_visit_without_a_worry_is_no_concern() -> None:
    assert len(raised(WORRIED.then("visit", "worker", access="granted").case)) == 1


def test_this_referral_is_parted_from_those_before() -> None:
    tale = WORRIED.then("closure", "worker", manager="manager").then("contact", "nurse", concerns=["injury"])
    now, before = now_and_before(tale.case, raised(tale.case))
    live = referred("teacher", live=True).then("closure", "worker").then("contact", "nurse", concerns=["injury"])
    now, before = now_and_before(live.case, raised(live.case))

    assert [one.event.by for one in now] == ["nurse"]
    assert [one.event.by for one in before] == ["teacher"]


def test_worries_are_added_up_by_how_often_and_by_how_many() -> None:
    tale = WORRIED.then("concern", "nurse", concerns=["neglect"], times=3).then(
        "decision", answers={"domestic_abuse": "confirmed", "neglect": "unknown"}
    )

    rows = summed(raised(tale.case))
    assert [(row.fate.code, row.times, row.voices) for row in rows] == [("neglect", 4, 2), ("domestic_abuse", 1, 1)]
