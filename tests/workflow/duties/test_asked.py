"""What each duty does: by which message, to whom, until when, and from when nobody's having done it shows.

Stories begin on Tuesday 10 March 2026, at half past nine.
"""

from typing import Any

import pytest

from config.clock import LONDON
from tests.support.stories import Story, referred, story, table
from workflow import rulebook

CASE = referred()
LIVE = referred(live=True)
CLOSED = CASE.then("closure", named="end", told_referrer=True)
HELD = CASE.then("allocated", to="worker").then("visit", "worker", access="granted")
PLANNED = CASE.then("plan", "worker", which="child_in_need", status="started", contingencies=[
    {"when": "access_denied", "then": ["police_check"]}])  # fmt: skip
WATCHED = PLANNED.then("visit", "key_worker", access="granted", child_seen=True).wait(days=1).then(
    "visit", "key_worker", access="granted", child_seen=True)  # fmt: skip
KNOWN = CASE.then("visit", "nurse", access="granted", child_seen=True)
CALLED = LIVE.then("strategy_discussion", named="talk", requested=True, starts="2026-03-10T15:00+00:00")
INVITED = CALLED.then("invited", "system", who=["teacher", "officer", "nurse"])
ALL_KNOW = LIVE.then("visit", "nurse")
PROPOSED = ALL_KNOW.then("closure_proposed", "worker", named="proposed")
HEARD = PROPOSED.then("view", "teacher", view="agree")
ALL_HEARD = HEARD.then("view", "nurse", view="none")
ASKED = CASE.then("early_help", "worker", status="requested")
DECLINED = ASKED.then("early_help", "coordinator", status="declined", reason_code="agencies_already_involved")
CHALLENGED = LIVE.then("disagreement", "teacher", named="row", with_="decision", status="raised", stage=1)
NEWBORN = referred("midwife", "safe_sleep", born="2026-03-01")
GRADED = LIVE.then("grade", "triage", grade="red", reason=True)


def found(day: Any) -> str | None:
    """Write a moment shortly."""
    return day and f"{day.astimezone(LONDON):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("duty", "before", "template", "whom", "due", "shows"),
    table(
        ("a receipt", "acknowledge-referrer", CASE.wait(days=5), "acknowledged", "teacher", "03-11 23:59",
         "03-11 23:59"),
        ("an outcome", "tell-referrer-outcome", CASE.then("decision", outcome="assessment"), "outcome", "teacher",
         "03-11 23:59", "03-11 23:59"),
        ("a closure, to the referrer", "tell-referrer-outcome", CASE.then("closure", named="end"), "closed", "teacher",
         "03-11 23:59", "03-11 23:59"),
        ("an adult hurt", "adult-event-links-to-child", CASE.with_adult("father", "father").then(
            "incident", "doctor", what="assault", involving=["father"], about=()), "task", "team_manager", "03-10 23:59",
         "03-10 23:59"),
        ("who holds the case", "answers-reach-who-asked", LIVE.then("information_request", "teacher", answered=True),
         "case_holder", "teacher", None, None),
        ("a challenge that is settled", "answers-reach-who-asked", CHALLENGED.then(
            "disagreement", "manager", with_="decision", status="resolved"), "challenge_settled", "teacher", None, None),
        ("a view", "ask-involved-views", HEARD, "view_wanted", "nurse", "03-13 23:59", None),
        ("a view once more", "chase-views", HEARD.wait(days=3), "view_chased", "nurse", "03-13 23:59", None),
        ("a signature", "sign-off-asked", ALL_HEARD, "sign_off_wanted", "team_manager", "03-12 23:59", None),
        ("that it is closed", "tell-involved-closed", ALL_HEARD.then("closure", "worker"), "closed", "nurse", None, None),
        ("whoever was let go", "let-go-is-told", PROPOSED.then("involvement", "worker", who="nurse", status="ended"),
         "task", "nurse", "03-13 23:59", None),
        ("what an agency knows", "asked-agency-told", GRADED.then("check", "triage", agency="police", of="officer",
         status="asked"), "information_wanted", "officer", "03-10 11:33", None),
        ("a meeting that was held before its hour", "cancel-meeting-held-early", INVITED.then("strategy_discussion",
         attended=["officer", "nurse", "manager"]), "invitation_cancelled", "teacher", None, None),
        ("a worker", "case-gets-a-worker", GRADED.then("assessment", "triage", status="started"), "task",
         "team_manager", "03-11 23:59", None),
        ("a case whose worker has gone", "caseholder-handover", HELD.then("allocated", ended="worker"), "task",
         "team_manager", "03-11 23:59", "03-11 23:59"),
        ("a complaint", "complaint-does-not-pause", HELD.then("complaint"), "task", "team_manager", "03-24 23:59",
         "03-24 23:59"),
        ("a worry about a closed case", "concern-on-closed-case-is-contact", CLOSED.then("contact", "key_worker",
         to="worker"), "task", "mash_manager", "03-11 23:59", "03-10 09:33"),
        ("what the plan says", "contingency-fires", PLANNED.then("visit", "worker", access="no_reply",
         child_seen=False), "task", "team_manager", "03-10 23:59", "03-10 23:59"),
        ("what was put off", "deferred-wakes", LIVE.then("decision", outcome="deferred", until="2026-03-10").wait(
            days=1).then("woken"), "woken", "", "03-12 23:59", None),
        ("a family that complies for show", "disguised-compliance-pathway", referred("key_worker",
         "disguised_compliance"), "task", "team_manager", "03-24 23:59", "03-24 23:59"),
        ("a stranger", "hidden-adult-check", CASE.then("incident", "officer", what="assault",
         concerns=["unknown_adult"]), "task", "triage_worker", "03-11 23:59", "03-11 23:59"),
        ("a child found hurt", "immediate-safety-action", CASE.then("visit", "worker", access="granted",
         child_seen=True, injury={"explained": False}), "task", "team_manager", "03-10 23:59", "03-10 23:59"),
        ("a sign of hurt", "strategy-discussion-trigger", referred("teacher", "physical_abuse"), "task",
         "team_manager", "03-11 09:31", "03-11 09:31"),
        ("a meeting", "invite-referrer-and-quorum", CALLED.then("invited", "manager", who=["officer", "nurse",
         "teacher"]), "invitation", "officer", "03-10 15:00", None),
        ("a meeting at another hour", "invite-referrer-and-quorum", INVITED.then("strategy_discussion", requested=True,
         moved=True, starts="2026-03-10T17:00+00:00"), "invitation_changed", "teacher", "03-10 17:00", None),
        ("who watched has gone", "monitoring-lost-review", WATCHED.then("involvement", who="key_worker",
         status="ended"), "task", "team_manager", "03-18 23:59", "03-18 23:59"),
        ("agencies that have not met", "multi-agency-meeting-due", CASE.then("allocated", to="worker").then("visit",
         "nurse", access="granted", child_seen=True).then("visit", "key_worker", access="granted", child_seen=True).then(
            "concern", "teacher"), "task", "social_worker", "05-05 23:59", "05-05 23:59"),
        ("three things in one week", "multi-signal-window", story().then("appointment", what="ophthalmology",
         outcome="was_not_brought").then("visit", "nurse", access="no_reply").then("visit", "worker",
         access="granted", conditions="poor"), "task", "team_manager", "03-11 23:59", "03-11 23:59"),
        ("a new worker", "new-holder-told", LIVE.then("allocated", to="worker"), "allocated", "worker", None, None),
        ("news after a decision", "new-information-reopens-rating", CASE.then("decision", outcome="early_help").then(
            "contact", "nurse", to="worker", concerns=["feeding"]), "task", "mash_manager", "03-11 23:59",
         "03-11 23:59"),
        ("a change, to those at work", "notify-active-network", ALL_KNOW.then("allocated", to="worker"), "network",
         "teacher nurse", None, None),
        ("a medical, to those at work", "notify-active-network", KNOWN.then("visit", "worker", access="granted",
         child_seen=True).then("medical", "doctor", what="child_protection_medical", finding="explained"), "network",
         "teacher nurse", "03-12 23:59", "03-12 23:59"),
        ("an offer", "offer-reaches-early-help", LIVE.then("early_help", "worker", status="requested"), "offer",
         "early_help_coordinator", "03-17 23:59", None),
        ("an offer that was declined", "refusal-reopens-step-down", DECLINED, "offer_declined", "mash_manager",
         "03-11 23:59", "03-11 23:59"),
        ("an offer made again", "repeat-early-help-request-escalates", DECLINED.then("early_help", "worker",
         status="requested"), "repeat_request", "mash_manager", "03-11 23:59", "03-10 09:34"),
        ("a worker's own worry", "open-case-concern-to-manager", referred("worker"), "task", "team_manager",
         "03-10 13:31", "03-10 13:31"),
        ("a challenge between colleagues", "open-challenge-told", CHALLENGED, "challenge_raised", "", "03-11 23:59",
         None),
        ("a challenge that has climbed", "open-challenge-told", CHALLENGED.then("disagreement", "system",
         with_="decision", status="escalated", stage=2), "challenge_climbed", "team_manager", "03-11 23:59", None),
        ("a challenge that has climbed to the top", "open-challenge-told", CHALLENGED.then("disagreement", "system",
         with_="decision", status="escalated", stage=4), "challenge_climbed", "head_of_service", "03-17 23:59", None),
        ("a known family expects a child", "prebirth-trigger", referred("midwife", "mental_health", born=None,
         due="2026-08-01").with_parent(["care_leaver"]), "task", "mash_manager", "03-11 23:59", "03-11 23:59"),
        ("a caller from the public", "public-reporting-route", story().then("contact", "grandfather",
         channel="email"), "task", "", "03-11 23:59", "03-11 23:59"),
        ("two visits that met nobody", "repeated-no-access", CASE.then("visit", "worker", access="no_reply").wait(
            days=1).then("visit", "worker", access="no_reply"), "task", "team_manager", "03-12 23:59", "03-12 23:59"),
        ("a child taken out of school", "school-withdrawal-trigger", story().then("household",
         what="school_withdrawal_asked", person="mother"), "task", "mash_manager", "03-11 23:59", "03-11 23:59"),
        ("a grade to be lowered", "second-person-asked", GRADED.then("grade_proposed", "triage", grade="amber"),
         "second_signature_wanted", "mash_manager", "03-11 23:59", None),
        ("a home that has changed", "stale-assessment", CASE.with_adult("partner", "partner", "mother").then(
            "assessment", "worker", status="completed", outcome="child_in_need").then("household", what="new_partner",
         person="partner"), "task", "team_manager", "03-17 23:59", "03-17 23:59"),
        ("a baby at risk in its sleep", "sudi-risk-tier", NEWBORN.then("tool", "nurse", what="sudi", for_="child",
         result="significant"), "task", "team_manager", "03-17 23:59", "03-17 23:59"),
        ("a broken agreement", "written-agreement-breach", CASE.then("agreement", status="made",
         clauses=["visits"]).then("agreement", status="breached"), "task", "team_manager", "03-12 23:59",
         "03-12 23:59"),
    ),
)  # fmt: skip
def test_a_duty_asks_by_its_message_and_until_its_day(
    duty: str, before: Story, template: str, whom: str, due: str | None, shows: str | None
) -> None:
    ought = next(one for one in before.oughts(rulebook.BY_ID[duty]) if one.template == template and one.verb is None)
    to = " ".join(ought.to) or (ought.to_role and ought.to_role.value) or ""

    assert (ought.template, to, found(ought.due), found(ought.act_by)) == (template, whom, due, shows)


@pytest.mark.parametrize(
    ("duty", "before", "verb", "given"),
    table(
        ("a meeting is called", "invite-referrer-and-quorum", CALLED, "invite",
         {"who": ("teacher", "officer", "nurse")}),
        ("a day has come", "deferred-wakes", LIVE.then("decision", outcome="deferred", until="2026-03-10"), "wake", {}),
        ("a challenge is answered by nobody", "open-challenge-told", CHALLENGED.wait(days=2), "climb-challenge", {}),
    ),
)  # fmt: skip
def test_what_the_engine_does_itself(duty: str, before: Story, verb: str, given: dict[str, Any]) -> None:
    assert [(one.verb, dict(one.args)) for one in before.oughts(rulebook.BY_ID[duty]) if one.verb] == [(verb, given)]


@pytest.mark.parametrize(
    ("duty", "before", "besides"),
    table(
        ("who wrote the closure does not sign it", "sign-off-asked", ALL_HEARD, ("worker",)),
        ("who lowers a grade does not agree to it", "second-person-asked", GRADED.then("grade_proposed", "triage",
         grade="amber"), ("triage",)),
    ),
)  # fmt: skip
def test_whose_turn_it_cannot_be(duty: str, before: Story, besides: tuple[str, ...]) -> None:
    assert [one.besides for one in before.oughts(rulebook.BY_ID[duty])] == [besides]
