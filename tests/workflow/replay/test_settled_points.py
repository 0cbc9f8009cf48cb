"""What the format settles, each point as two small stories: one in which a rule speaks, and one in which it has no cause."""

import pytest

from tests.support.casebooks import said, tale, told
from tests.support.stories import table
from workflow.replay.play import play
from workflow.replay.reader import read

C = "kind: contact, id: c1, about: [ada], by: teacher, to: hub"
NFA = "kind: decision, about: [ada], by: triage, manager: hub_manager, outcome: no_further_action, reason: true"
ASSESS = NFA.replace("no_further_action", "assessment")
SPOKE = "kind: spoke_to, about: [ada], by: triage"
PLAN = "kind: plan, about: [ada], by: worker, which: child_in_need, status: started"
GIVEN = "kind: allocated, about: [ada], to: worker"
CLOSED = "kind: closure, about: [ada], by: worker, manager: manager, reason_code: no_further_action"
BEGUN = [f"at: 2024-03-04T09:00, {C}", f"at: 2024-03-04T11:00, {ASSESS}", f"at: 2024-03-04T12:00, {GIVEN}"]
PROMISE = "kind: commitment, about: [ada], by: officer, id: a_call, what: a call"
NOTE = "kind: note, text: Nothing"
MARCH = "at: 2024-03"


SETTLED = table(
    (
        "the referrer is heard when somebody spoke to that practitioner",
        "referrer-heard-before-decision",
        [f"{MARCH}-04, {C}", f"{MARCH}-04T11:00, {SPOKE}, person: mother", f"{MARCH}-04T12:00, {NFA}"],
        [f"{MARCH}-04, {C}", f"{MARCH}-04T11:00, {SPOKE}, person: teacher", f"{MARCH}-04T12:00, {NFA}"],
    ),
    (
        "two failed attempts count as having tried",
        "referrer-heard-before-decision",
        [f"{MARCH}-04, {C}", f"{MARCH}-04T11:00, kind: attempt, about: [ada], by: triage, person: teacher", f"{MARCH}-04T12:00, {NFA}"],
        [f"{MARCH}-04, {C}", f"{MARCH}-04T11:00, kind: attempt, about: [ada], by: triage, person: teacher, times: 2", f"{MARCH}-04T12:00, {NFA}"],
    ),
    (
        "a promise returns under its own name when it is kept",
        "handover-commitment",
        [*BEGUN, f"{MARCH}-05, {PROMISE}, status: made, due: 2024-03-12", f"{MARCH}-13, {NOTE}"],
        [*BEGUN, f"{MARCH}-05, {PROMISE}, status: made, due: 2024-03-12", f"{MARCH}-11, {PROMISE}, status: kept", f"{MARCH}-13, {NOTE}"],
    ),
    (
        "what is due on a day is due until that day is over",
        "handover-commitment",
        [*BEGUN, f"{MARCH}-05, {PROMISE}, status: made, due: 2024-03-12", f"{MARCH}-13T00:01, {PROMISE}, status: kept"],
        [*BEGUN, f"{MARCH}-05, {PROMISE}, status: made, due: 2024-03-12", f"{MARCH}-12T23:30, {PROMISE}, status: kept", f"{MARCH}-13, {NOTE}"],
    ),
    (
        "everybody at work with the child stays so until it is ended",
        "agency-vote-recorded",
        [*BEGUN, f"{MARCH}-18, {CLOSED}"],
        [*BEGUN, f"{MARCH}-17, kind: involvement, about: [ada], who: teacher, status: ended", f"{MARCH}-18, {CLOSED}"],
    ),
    (
        "of social care itself no view is due",
        "agency-vote-recorded",
        [*BEGUN, f"{MARCH}-18, {CLOSED}, views: {{triage: agree}}"],
        [*BEGUN, f"{MARCH}-18, {CLOSED}, views: {{teacher: none}}"],
    ),
    (
        "no reply meets the contingency for access denied",
        "contingency-fires",
        [*BEGUN, f"{MARCH}-05, {PLAN}, contingencies: [{{when: access_denied, then: [police_check]}}]", f"{MARCH}-06, kind: visit, about: [ada], by: worker, access: no_reply", f"{MARCH}-11, {NOTE}"],
        [*BEGUN, f"{MARCH}-05, {PLAN}, contingencies: [{{when: access_denied, then: [police_check]}}]", f"{MARCH}-06, kind: visit, about: [ada], by: worker, access: no_reply", f"{MARCH}-06T10:00, kind: police_check, about: [ada], by: worker, status: requested", f"{MARCH}-11, {NOTE}"],
    ),
    (
        "and the one for a child who is not seen",
        "contingency-fires",
        [*BEGUN, f"{MARCH}-05, {PLAN}, contingencies: [{{when: not_seen, then: [legal_advice]}}]", f"{MARCH}-06, kind: visit, about: [ada], by: worker, access: no_reply", f"{MARCH}-11, {NOTE}"],
        [*BEGUN, f"{MARCH}-05, {PLAN}, contingencies: [{{when: preterm_birth, then: [legal_advice]}}]", f"{MARCH}-06, kind: visit, about: [ada], by: worker, access: no_reply", f"{MARCH}-11, {NOTE}"],
    ),
    (
        "what is told to a worker is a contact, with its clock",
        "referral-decision-one-day",
        [f"{MARCH}-04, {C.replace('hub', 'worker')}", f"{MARCH}-07, {NOTE}"],
        [f"{MARCH}-04, {C.replace('hub', 'worker')}", f"{MARCH}-04T12:00, {NFA}", f"{MARCH}-07, {NOTE}"],
    ),
    (
        "what the police are told counts on a closed case",
        "concern-on-closed-case-is-contact",
        [*BEGUN, f"{MARCH}-18, {CLOSED}", f"{MARCH}-25, {C.replace('c1', 'c2').replace('hub', 'police')}", f"{MARCH}-28, {NOTE}"],
        [*BEGUN, f"{MARCH}-25, {C.replace('c1', 'c2').replace('hub', 'police')}", f"{MARCH}-28, {NOTE}"],
    ),
    (
        "an unknown answer is settled by a factor of the same code",
        "closure-blockers",
        [f"{MARCH}-04, {C}, concerns: [substance_misuse]", f"{MARCH}-04T11:00, {ASSESS}, answers: {{substance_misuse: unknown}}", f"{MARCH}-18, kind: assessment, about: [ada], by: worker, status: completed", f"{MARCH}-18T10:00, {CLOSED}"],
        [f"{MARCH}-04, {C}, concerns: [substance_misuse]", f"{MARCH}-04T11:00, {ASSESS}, answers: {{substance_misuse: unknown}}", f"{MARCH}-18, kind: assessment, about: [ada], by: worker, status: completed, factors_resolved: {{substance_misuse: excluded}}", f"{MARCH}-18T10:00, {CLOSED}"],
    ),
    (
        "or by the plan that covers it, when its outcomes are met",
        "closure-blockers",
        [f"{MARCH}-04, {C}, concerns: [substance_misuse]", f"{MARCH}-04T11:00, {ASSESS}, answers: {{substance_misuse: unknown}}", f"{MARCH}-18, {PLAN}, covers: [substance_misuse], outcomes: [{{id: sober}}]", "at: 2024-06-01, " + CLOSED],
        [f"{MARCH}-04, {C}, concerns: [substance_misuse]", f"{MARCH}-04T11:00, {ASSESS}, answers: {{substance_misuse: unknown}}", f"{MARCH}-18, {PLAN}, covers: [substance_misuse], outcomes: [{{id: sober}}]", "at: 2024-05-31, kind: outcome, about: [ada], id: sober, status: met, evidence: true", "at: 2024-06-01, " + CLOSED],
    ),
    (
        "a chronology serves the day on which it was read",
        "chronology-at-every-decision",
        [*BEGUN, f"{MARCH}-17, kind: chronology_seen, about: [ada], by: worker", f"{MARCH}-18, {CLOSED}"],
        [*BEGUN, f"{MARCH}-18, kind: chronology_seen, about: [ada], by: worker", f"{MARCH}-18, {CLOSED}"],
    ),
    (
        "at a closure the manager's own reading counts, and a stranger's does not",
        "chronology-at-every-decision",
        [*BEGUN, f"{MARCH}-18, kind: chronology_seen, about: [ada], by: hub_manager", f"{MARCH}-18, {CLOSED}"],
        [*BEGUN, f"{MARCH}-18, kind: chronology_seen, about: [ada], by: manager", f"{MARCH}-18, {CLOSED}"],
    ),
    (
        "a contact that came several times counts as often",
        "referral-cluster",
        [f"{MARCH}-04, {C}, times: 3, precision: week"],
        [f"{MARCH}-04, {C}, times: 3, precision: year"],
    ),
    (
        "a disagreement that climbs has the time of its next rung",
        "disagreement-clock",
        [*BEGUN, f"{MARCH}-05, kind: disagreement, about: [ada], by: teacher, with: decision, status: raised", f"{MARCH}-06, kind: disagreement, about: [ada], by: teacher, with: decision, status: escalated", f"{MARCH}-08, {NOTE}"],
        [*BEGUN, f"{MARCH}-05, kind: disagreement, about: [ada], by: teacher, with: decision, status: raised", f"{MARCH}-06, kind: disagreement, about: [ada], by: teacher, with: decision, status: escalated", f"{MARCH}-07, {NOTE}"],
    ),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "speaks", "is_silent"), SETTLED)
def test_a_point_that_the_format_settles(rule: str, speaks: list[str], is_silent: list[str]) -> None:
    assert said(told(*speaks), rule)
    assert not said(told(*is_silent), rule)


BORN = table(
    ("born after the first event", "born: 2024-09-01", True),
    ("due after it", "due: 2024-09-01", True),
    ("born before it", "born: 2024-03-01", False),
)


@pytest.mark.parametrize(("born", "unborn"), BORN)
def test_a_child_is_unborn_until_the_day_of_birth(born: str, unborn: bool) -> None:
    """A pregnancy thought too early wakes again; a child who is there already does not."""
    contact = f"at: 2024-03-04, {C.replace('ada', 'ben')}, pregnancy: {{of: mother, weeks: 6}}"
    decision = f"at: 2024-03-04T11:00, {NFA.replace('ada', 'ben')}, reason_code: too_early_in_pregnancy"
    story = tale(contact, decision, until="2024-06-01").replace("born: 2024-02-01", born)

    assert bool(said(play(read(story)), "prebirth-wake")) is unborn


def test_who_is_missing_from_a_list_rests_on_silence_where_the_source_leaves_much_out() -> None:
    meeting = (
        "kind: strategy_discussion, about: [ada], attended: [manager, teacher], decision: assessment, rationale: true"
    )
    sorry = f"{meeting}, apologies: {{officer: on leave, nurse: on leave}}"

    for silence, words, rests in (("unknown", meeting, True), ("recorded", meeting, False), ("unknown", sorry, False)):
        played = told(*BEGUN, f"{MARCH}-05, {words}", silence=silence)
        assert [each.rests_on_silence for each in said(played, "strategy-quorum")] == [rests]
