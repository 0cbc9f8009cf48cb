"""The published story, played: each rule that it demands speaks at its day, in the words of the paragraph it comes from.

Days that the review leaves open are ours (the casebook's head says which), so a rule may speak within a window.
"""

import re
from datetime import date, datetime

import pytest

from config.clock import LONDON
from tests.support.stories import table
from workflow.replay.interventions import Answer, Intervention, Played
from workflow.replay.play import play
from workflow.replay.shelf import open_casebook
from workflow.rulebook import BY_ID


@pytest.fixture(scope="module")
def story() -> Played:
    return play(open_casebook("luke-and-matt"))


def spoken(story: Played, rule: str, first: str, last: str) -> list[Intervention]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return [each for each in story.interventions if each.rule == rule and begin <= each.on <= end]


BEFORE_LUKE = table(
    ("named as Kate's referral", "unborn-is-a-subject", "2018-02-09", "2018-02-09", "5.1"),
    ("a quarrel late in the pregnancy", "da-pregnancy-or-infant-uplift", "2018-02-04", "2018-02-09", "5.2"),
    ("two contacts judged singly", "cumulative-contact-view", "2018-02-09", "2018-02-09", "6.1.1"),
    ("Kate's years in care", "parent-care-history-summarised", "2018-02-09", "2018-02-09", "6.1.1"),
    ("voluntary help", "voluntary-service-needs-engagement", "2018-02-09", "2018-02-09", "6.1.1"),
    ("nobody leads", "one-lead-practitioner", "2018-02-09", "2018-02-09", "5.3"),
    ("others are involved", "refusal-reopens-step-down", "2018-02-12", "2018-02-13", "5.3"),
)
NEWBORN = table(
    ("where he sleeps", "every-concern-answered", "2018-02-22", "2018-02-22", "5.4"),
    ("Jake is not heard", "all-carers-heard", "2018-02-22", "2018-02-22", "6.1.3"),
    ("a newborn, neglected", "infant-neglect-assessment-floor", "2018-02-22", "2018-02-22", "6.1.5"),
    ("no talk with early help", "diversion-discussion-recorded", "2018-02-22", "2018-02-22", "6.1.6"),
    ("the second request", "repeat-early-help-request-escalates", "2018-02-22", "2018-02-23", "6.1.6"),
    ("nobody answers it", "early-help-accept-timer", "2018-02-27", "2018-03-02", "6.1.19"),
    ("the nurse's news", "new-information-reopens-rating", "2018-03-01", "2018-03-02", "5.6"),
    ("the third request", "repeat-early-help-request-escalates", "2018-03-02", "2018-03-03", "5.6"),
    ("the suitcase", "access-denied-same-day-decision", "2018-03-15", "2018-03-16", "5.7"),
    ("a worker's worry", "open-case-concern-to-manager", "2018-03-15", "2018-03-19", "5.8"),
    ("raw and in pain", "injury-nonmobile-infant-red", "2018-03-16", "2018-03-17", "5.8"),
    ("the walk-in centre", "medical-attention-confirmed", "2018-03-16", "2018-03-17", "6.1.8"),
    ("tonight", "immediate-safety-action", "2018-03-16", "2018-03-17", "6.1.8"),
    ("still amber", "rating-floor", "2018-03-16", "2018-03-16", "6.5.3"),
    ("three days without a discussion", "strategy-discussion-due", "2018-03-16", "2018-03-17", "6.1.9"),
)
ENQUIRY = table(
    ("the referrer is absent", "referrer-invited-to-strategy", "2018-03-20", "2018-03-20", "6.1.9"),
    ("one agency alone", "single-agency-rationale", "2018-03-20", "2018-03-20", "6.1.10"),
    ("no crime", "single-agency-rationale", "2018-03-20", "2018-03-20", "5.9"),
    ("the neighbour's smell", "explanation-needs-corroboration", "2018-03-28", "2018-03-28", "5.11"),
    ("the conference that faded", "icpc-fifteen-working-days", "2018-04-05", "2018-04-12", "5.9"),
    ("the broken agreement", "written-agreement-breach", "2018-04-12", "2018-04-18", "5.10"),
    ("the heart murmur", "was-not-brought-counter", "2018-04-16", "2018-04-20", "5.13"),
    ("no GP", "gp-registration-due", "2018-03-28", "2018-04-20", "5.9"),
    ("the abscess, unexplained", "s47-medical-evidence", "2018-04-20", "2018-04-20", "6.1.11"),
    ("those who had raised the alarm", "involved-professionals-heard", "2018-04-20", "2018-04-20", "6.1.13"),
    ("not substantiated", "no-icpc-needs-second-signature", "2018-04-20", "2018-04-20", "6.1.15"),
    ("cannabis", "flagged-factor-resolved", "2018-04-20", "2018-04-20", "6.1.12"),
    ("what the ward saw", "inpatient-observations-included", "2018-04-20", "2018-04-20", "6.1.16"),
    ("one reading", "alternative-hypotheses", "2018-04-20", "2018-04-20", "6.1.16"),
    ("a service that reached them seldom", "protective-factor-evidence", "2018-04-20", "2018-04-20", "6.1.17"),
    ("the grandfather", "family-network-explored", "2018-04-20", "2018-04-20", "6.1.18"),
    ("those who knew Kate", "parent-lac-health-request", "2018-02-09", "2018-04-21", "6.1.17"),
    ("contacts that came to nothing", "engagement-ledger", "2018-03-09", "2018-05-17", "5.13"),
    ("closed all the same", "closure-blockers", "2018-05-17", "2018-05-17", "6.1.19"),
    ("early help believed in", "step-down-acceptance-required", "2018-05-17", "2018-05-17", "7.1.5"),
)
CHILD_IN_NEED = table(
    ("told to the worker of a closed case", "concern-on-closed-case-is-contact", "2018-06-12", "2018-06-12", "5.15"),
    ("a home that swings", "oscillation-detected", "2018-03-28", "2018-07-02", "5.16"),
    ("three at once", "referral-cluster", "2018-06-29", "2018-07-02", "5.17"),
    ("amber again", "rating-floor", "2018-06-29", "2018-06-29", "6.5.3"),
    ("eleven photographs", "attachments-reviewed", "2018-07-02", "2018-07-02", "6.1.20"),
    ("no discussion", "strategy-not-held-rationale", "2018-07-02", "2018-07-02", "6.1.21"),
    ("clean for show", "disguised-compliance-pathway", "2018-06-20", "2018-07-06", "6.2.4"),
    ("one visit, together", "assessment-minimum-contact", "2018-07-06", "2018-07-06", "6.1.22"),
    ("no DASH", "da-requires-dash", "2018-07-06", "2018-07-06", "6.1.22"),
    ("Luke's days", "childs-lived-experience", "2018-07-06", "2018-07-06", "6.1.22"),
    ("the dog", "household-hazard-assessed", "2018-07-06", "2018-07-06", "5.16"),
    ("neglect not graded", "neglect-needs-graded-profile", "2018-07-06", "2018-07-06", "6.3.3"),
    ("a plan that misses it", "plan-covers-factors", "2018-07-06", "2018-07-06", "6.1.22"),
    ("no weights", "development-data-overdue", "2018-07-06", "2018-07-20", "5.21"),
    ("Jake outside", "contingency-fires", "2018-07-10", "2018-07-11", "5.22"),
    ("thin meetings", "meeting-quorum-and-minutes", "2018-07-19", "2018-07-19", "5.26"),
    ("the leg", "injury-nonmobile-infant-red", "2018-07-25", "2018-07-26", "5.8"),
    ("a medical by itself", "cp-medical-needs-strategy", "2018-07-26", "2018-07-26", "6.1.24"),
    ("the nurse never heard", "notify-active-network", "2018-07-26", "2018-07-31", "6.1.24"),
    ("the key worker gone", "monitoring-lost-review", "2018-08-01", "2018-08-08", "6.1.25"),
    ("head and back", "physical-finding-followed-up", "2018-08-28", "2018-08-30", "5.27"),
    ("the police not asked", "contingency-fires", "2018-09-06", "2018-09-07", "6.1.25"),
    ("a fortnight unseen", "child-not-seen", "2018-09-04", "2018-09-14", "5.28"),
    ("cleaned by others", "improvement-attribution", "2018-09-20", "2018-09-20", "5.19"),
    ("not sustained", "sustained-improvement", "2018-09-20", "2018-09-20", "6.1.26"),
    ("not graded again", "neglect-needs-graded-profile", "2018-09-20", "2018-09-20", "6.1.27"),
    ("nobody says aye or no", "step-down-agency-views", "2018-09-20", "2018-09-20", "6.6.1"),
    ("the hub declines", "refusal-reopens-step-down", "2018-10-15", "2018-10-16", "6.1.26"),
    ("visits that were not made", "closure-conditions-met", "2018-10-25", "2018-10-25", "5.30"),
    ("outcomes not shown", "plan-outcomes-evidenced", "2018-10-25", "2018-10-25", "6.1.27"),
    ("nobody to hand to", "step-down-acceptance-required", "2018-10-25", "2018-10-25", "5.30"),
    ("on a manager's word", "closure-authorised-on-evidence", "2018-10-25", "2018-10-25", "6.1.27"),
    ("others not asked", "agency-vote-recorded", "2018-10-25", "2018-10-25", "6.6.1"),
    ("the chronology unread", "chronology-at-every-decision", "2018-10-25", "2018-10-25", "6.6.2"),
)
EXPECTING_MATT = table(
    ("a second child", "prebirth-trigger", "2018-10-26", "2018-10-30", "6.1.30"),
    ("thinking aloud", "concern-without-referral", "2018-10-31", "2018-10-31", "5.31"),
    ("a worry about a closed case", "concern-on-closed-case-is-contact", "2018-10-31", "2018-11-01", "5.31"),
    ("too early", "prebirth-defer-not-close", "2018-11-27", "2018-11-27", "6.1.28"),
    ("closed lately", "recent-closure-raises-not-bars", "2018-11-28", "2018-11-28", "5.34"),
    ("one calm evening", "snapshot-is-not-assessment", "2018-11-28", "2018-11-28", "6.1.29"),
    ("tomorrow becomes a week", "handover-commitment", "2018-11-28", "2018-12-05", "6.2.6"),
    ("twelve weeks", "prebirth-wake", "2018-12-05", "2018-12-10", "6.1.28"),
    ("no visit of its own", "closure-needs-own-visit", "2018-12-14", "2018-12-14", "6.1.30"),
    ("no manager", "closure-authorised-on-evidence", "2018-12-14", "2018-12-14", "6.6.1"),
    ("eviction, and no GP", "new-risk-blocks-closure", "2018-12-14", "2018-12-14", "5.35"),
    ("who is the worker?", "involved-can-see-lead", "2018-12-17", "2018-12-17", "6.5.2"),
    ("the private scan", "claim-verified-or-unverified", "2019-02-12", "2019-02-12", "5.37"),
    ("worried, and no referral", "concern-without-referral", "2019-03-13", "2019-03-13", "5.39"),
)
MATT = table(
    ("ten weeks early", "preterm-with-history-alert", "2019-04-09", "2019-04-11", "6.1.32"),
    ("father in the same hospital", "adult-event-links-to-child", "2019-05-03", "2019-05-07", "5.42"),
    ("in the first year of practice", "newly-qualified-cosign", "2019-05-14", "2019-05-14", "6.6.3"),
    ("nobody answers", "repeated-no-access", "2019-05-15", "2019-05-16", "5.43"),
    ("planned on the day", "discharge-plan-before-discharge", "2019-05-21", "2019-05-21", "5.44"),
    ("sleep", "sudi-risk-tier", "2019-05-21", "2019-05-24", "5.44"),
    ("toys in the cot", "advice-repeated-escalates", "2019-05-22", "2019-05-22", "5.46"),
    ("every visit announced", "unannounced-visit-quota", "2019-05-24", "2019-06-12", "5.45"),
    ("no notes", "visit-recorded-in-24h", "2019-05-24", "2019-05-29", "5.46"),
    ("the eye clinic", "was-not-brought-counter", "2019-06-03", "2019-06-05", "5.47"),
    ("the mattress again", "recurring-concern-counter", "2019-06-06", "2019-06-13", "5.47"),
    ("one week's signs", "multi-signal-window", "2019-06-04", "2019-06-12", "5.47"),
    ("the knife", "weapon-or-new-adult-in-household", "2019-06-10", "2019-06-11", "5.48"),
    ("who sleeps on the sofa", "weapon-or-new-adult-in-household", "2019-06-10", "2019-06-12", "5.48"),
)


@pytest.mark.parametrize(
    ("rule", "first", "last", "paragraph"),
    [*BEFORE_LUKE, *NEWBORN, *ENQUIRY, *CHILD_IN_NEED, *EXPECTING_MATT, *MATT],
)
def test_the_rule_that_the_review_demands_speaks_at_its_day(
    rule: str, first: str, last: str, paragraph: str, story: Played
) -> None:
    assert re.search(rf"\b{re.escape(paragraph)}\b(?!\.\d)", BY_ID[rule].source)
    assert spoken(story, rule, first, last), [each.on.isoformat() for each in story.interventions if each.rule == rule]


DONE_WELL = table(
    ("the key worker refers with photographs", "2018-06-29T09:30"),
    ("two workers look over the home first", "2018-03-21T10:00"),
    ("the police look in", "2018-11-27T18:10"),
    ("nurse and worker visit together", "2019-05-23T10:00"),
    ("practical care is checked before discharge", "2019-05-20T10:00"),
)


@pytest.mark.parametrize("at", DONE_WELL)
def test_what_was_done_well_is_refused_by_no_rule(at: str, story: Played) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=LONDON)
    (event,) = [event for event in story.casebook.events if event.at == moment]

    assert not [each for each in story.interventions if each.event == event.index and each.effect is Answer.REFUSED]


def test_every_paragraph_of_the_facts_is_told(story: Played) -> None:
    told = {paragraph for each in story.casebook.told for paragraph in each.ref.split(", ")}

    assert {f"5.{number}" for number in range(1, 52)} <= told


def test_every_event_names_its_paragraphs_and_is_told_in_a_line(story: Played) -> None:
    for told in story.casebook.told:
        assert re.fullmatch(r"\d+\.\d+(\.\d+)?(, \d+\.\d+(\.\d+)?)*", told.ref), told
        assert told.text


def test_the_days_that_the_review_gives_are_not_loose(story: Played) -> None:
    """Of which there are few: the others are marked as known only to the week or month."""
    firm = {event.at.date().isoformat() for event in story.casebook.events if not event.loose}

    assert firm == {
        "2018-04-20", "2018-05-17", "2019-04-09", "2019-05-14", "2019-05-20", "2019-05-21", "2019-05-22", "2019-05-23",
        "2019-05-24", "2019-05-29", "2019-06-06", "2019-06-10", "2019-06-11", "2019-06-12", "2019-06-13",
    }  # fmt: skip
