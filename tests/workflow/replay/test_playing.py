"""How a story is played: its moments, its children, what was loose, silent or unknown, and in what order it is answered."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.policy import PolicyBook
from models.vocabulary import Kind
from tests.support.casebooks import said, tale, told
from tests.support.stories import table
from workflow.replay.interventions import Answer
from workflow.replay.play import play
from workflow.replay.reader import read
from workflow.replay.report import as_json
from workflow.replay.shelf import open_casebook, shipped

CONTACT = "at: 2024-03-04T10:00, kind: contact, id: c1, about: [ada], by: teacher, to: hub"  # a Monday
NOTE = "kind: note, text: Nothing"
NO_MANAGER = "kind: decision, about: [ada], by: triage, outcome: no_further_action, reason: true"

MOMENTS = table(
    ("a day is nine o'clock", ["2024-03-04"], ["2024-03-04T09:00"]),
    ("in summer too", ["2024-07-01"], ["2024-07-01T08:00"]),
    ("a moment is local", ["2024-07-01T09:30"], ["2024-07-01T08:30"]),
    ("with seconds", ["2024-07-01T09:30:15"], ["2024-07-01T08:30:15"]),
    ("of another zone", ["2024-07-01T09:30+00:00"], ["2024-07-01T09:30"]),
    ("a day after a moment of it", ["2024-03-04T15:00", "2024-03-04"], ["2024-03-04T15:00", "2024-03-04T15:00"]),
    ("a day after an early moment", ["2024-03-04T07:00", "2024-03-04"], ["2024-03-04T07:00", "2024-03-04T09:00"]),
    ("two at once", ["2024-03-04T15:00", "2024-03-04T15:00"], ["2024-03-04T15:00", "2024-03-04T15:00"]),
)


@pytest.mark.parametrize(("written", "meant"), MOMENTS)
def test_when_an_event_happened(written: list[str], meant: list[str]) -> None:
    casebook = read(tale(*(f"at: {at}, {NOTE}" for at in written)))

    assert [event.at for event in casebook.events] == [datetime.fromisoformat(at).replace(tzinfo=UTC) for at in meant]


def test_the_clock_stops_with_the_day_of_the_last_event() -> None:
    assert not told(CONTACT).breaches
    # On the day after, a contact may still be decided until midnight.
    assert not said(told(CONTACT, f"at: 2024-03-05, {NOTE}"), "referral-decision-one-day", state="breached")


def test_the_clock_runs_on_to_the_day_that_the_head_names() -> None:
    played = told(CONTACT, until="2024-03-06")

    warned, breached = said(played, "referral-decision-one-day")
    assert (warned.state, warned.on <= breached.on, warned.event) == ("warned", True, 0)
    assert (breached.state, breached.on.isoformat(), breached.event) == ("breached", "2024-03-05", 0)


def test_a_clock_sounds_at_the_last_event_before_it() -> None:
    played = told(CONTACT, f"at: 2024-03-04T17:30, {NOTE}", f"at: 2024-03-07, {NOTE}")

    assert said(played, "referral-decision-one-day", state="breached")[0].event == 1


def test_a_clock_that_is_answered_in_time_is_silent() -> None:
    answered = f"at: 2024-03-04T11:00, {NO_MANAGER}"

    assert not said(told(CONTACT, answered, f"at: 2024-04-04, {NOTE}"), "referral-decision-one-day")


def test_what_was_refused_has_happened_all_the_same() -> None:
    played = told(CONTACT, f"at: 2024-03-04T11:00, {NO_MANAGER}", f"at: 2024-04-04, {NOTE}")

    assert said(played, "manager-signs-decision", effect=Answer.REFUSED)[0].event == 1
    assert not played.breaches


LOOSE = table(("to the day", "day", False), ("week", "week", True), ("month", "month", True), ("year", "year", True))


@pytest.mark.parametrize(("precision", "loose"), LOOSE)
def test_what_rests_on_a_loose_date_is_marked_and_plays_all_the_same(precision: str, loose: bool) -> None:
    event = f"{CONTACT}, precision: {precision}"
    decided = f"at: 2024-03-08, {NO_MANAGER}, precision: {precision}"
    played = told(event, decided, until="2024-03-10")

    found = [*said(played, "referral-decision-one-day"), *said(played, "manager-signs-decision")]
    assert len(found) == 3
    assert {each.loose_date for each in found} == {loose}


def test_what_rests_on_silence_alone_is_marked_where_the_source_leaves_much_out() -> None:
    signed_by_himself = f"{NO_MANAGER}, manager: triage"

    for silence, marked in (("unknown", True), ("recorded", False)):
        played = told(CONTACT, f"at: 2024-03-04T11:00, {NO_MANAGER}", silence=silence)
        assert said(played, "manager-signs-decision")[0].rests_on_silence is marked
    played = told(CONTACT, f"at: 2024-03-04T11:00, {signed_by_himself}", silence="unknown")
    assert said(played, "manager-signs-decision")[0].rests_on_silence is False


def test_a_child_exists_from_the_first_event_that_names_them() -> None:
    played = told(CONTACT, f"at: 2024-04-04, {NOTE}")

    assert {child for each in played.interventions for child in each.children} == {"ada"}


def test_what_is_said_of_several_children_at_once_is_one_answer() -> None:
    both = CONTACT.replace("[ada]", "[ada, ben]")
    played = told(both, f"at: 2024-03-04T11:00, {NO_MANAGER.replace('[ada]', '[ada, ben]')}")

    (refused,) = said(played, "manager-signs-decision")
    assert refused.children == ("ada", "ben")


def test_only_the_child_that_a_rule_speaks_of_is_named() -> None:
    both = f"{CONTACT.replace('[ada]', '[ada, ben]')}, concerns: [neglect]"
    answered = f"{NO_MANAGER}, manager: hub_manager, answers: {{neglect: not_found}}"
    rest = NO_MANAGER.replace("[ada]", "[ben]").replace("outcome", "manager: hub_manager, outcome")

    played = told(both, f"at: 2024-03-04T11:00, {answered}", f"at: 2024-03-04T12:00, {rest}")

    assert [each.children for each in said(played, "every-concern-answered")] == [("ben",)]


HIDDEN = "kind: household, about: [ada], what: joined, person: grandfather, with: mother"


def test_what_nobody_knew_is_used_by_no_rule() -> None:
    story = [CONTACT, f"at: 2024-03-04T11:00, {NO_MANAGER.replace('no_further_action', 'assessment')}"]
    with_it = told(*story, f"at: 2024-03-20, {HIDDEN}, known: false", f"at: 2024-05-04, {NOTE}")
    without = told(*story, f"at: 2024-03-20, {NOTE}", f"at: 2024-05-04, {NOTE}")
    known = told(*story, f"at: 2024-03-20, {HIDDEN}", f"at: 2024-05-04, {NOTE}")

    assert with_it.interventions == without.interventions
    assert known.interventions != without.interventions


def test_a_child_of_whom_nobody_knew_does_not_exist() -> None:
    hidden = "at: 2024-03-04, kind: household, about: [ben], what: pregnancy_known, person: mother, known: false"

    assert told(hidden, f"at: 2024-12-04, {NOTE}").interventions == ()


@pytest.mark.parametrize("kind", [Kind.HOUSEHOLD])
def test_only_the_household_can_hold_what_nobody_knew(kind: Kind) -> None:
    from workflow.replay.format import FORMS

    assert [each for each, form in FORMS.items() if "known" in form.keys] == [kind]


def test_answers_stand_in_order_of_day_and_event() -> None:
    played = play(open_casebook("luke-and-matt"))
    order = [(each.on, each.event) for each in played.interventions]

    assert order == sorted(order)


def test_a_refusal_of_an_event_stands_before_what_the_event_brings_to_light() -> None:
    contacts = [CONTACT, CONTACT.replace("c1", "c2").replace("10:00", "10:30").replace("teacher", "nurse")]
    decided = f"at: 2024-03-04T11:00, {NO_MANAGER}"

    here = [(each.event, each.effect) for each in told(*contacts, decided).interventions]
    assert here.index((2, Answer.REFUSED)) < here.index((2, Answer.SIGNAL))


def test_a_long_list_of_findings_is_one_sentence() -> None:
    concerns = "neglect, hygiene, feeding, weight, development"
    played = told(f"{CONTACT}, concerns: [{concerns}]", f"at: 2024-03-04T11:00, {NO_MANAGER}, manager: hub_manager")

    (refused,) = said(played, "every-concern-answered")
    assert refused.says.endswith(".")
    assert refused.says.count(".") == 1


def test_a_replay_changes_nothing_and_says_the_same_twice() -> None:
    for name in ("luke-and-matt", "well-run-unborn"):
        casebook = open_casebook(name)
        before = repr(casebook)

        once, twice = play(casebook), play(casebook)

        assert once.interventions == twice.interventions
        assert repr(casebook) == before


def test_a_replay_says_the_same_in_every_process() -> None:
    """Sets have another order in every process; nothing that is said may depend on it."""
    program = (
        "import json\n"
        "from workflow.replay.play import play\n"
        "from workflow.replay.report import as_json\n"
        "from workflow.replay.shelf import open_casebook\n"
        "print(json.dumps(as_json(play(open_casebook('luke-and-matt')))))\n"
    )
    reports = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[3])},
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(reports) == 1
    assert json.loads(reports.pop()) == as_json(play(open_casebook("luke-and-matt")))


def test_an_authority_without_a_pack_is_played_by_the_base() -> None:
    assert told(CONTACT, authority="nowhere").policy == "england"
    assert told(CONTACT, authority="coventry").policy == "coventry"


@pytest.mark.parametrize(("effect", "answer"), [("refuse", "refused"), ("warn", "warned"), ("off", None)])
def test_an_authority_decides_what_a_rule_comes_to(effect: str, answer: str | None, tmp_path: Path) -> None:
    pack = tmp_path / "here.yaml"
    pack.write_text(
        "policy: 1\nauthority: here\nrules:\n"
        f"  manager-signs-decision:\n    effect: {effect}\n    from: 2015-03-26\n    source: a local decision\n",
        encoding="utf-8",
    )
    casebook = read(tale(CONTACT, f"at: 2024-03-04T11:00, {NO_MANAGER}"))

    found = said(play(casebook, PolicyBook.load("here", tmp_path)), "manager-signs-decision")

    assert [each.effect.value for each in found] == ([answer] if answer else [])


def test_what_lies_before_the_oldest_policy_is_judged_by_it() -> None:
    early = [one.replace("2024-", "2009-") for one in (CONTACT, f"at: 2024-03-04T11:00, {NO_MANAGER}")]

    assert said(told(*early), "manager-signs-decision")


def test_protection_never_waits_for_what_is_missing() -> None:
    called = "at: 2024-03-04T10:05, kind: decision, about: [ada], by: triage, outcome: strategy_discussion"

    assert not [each for each in told(CONTACT, called).interventions if each.effect is Answer.REFUSED]


def test_a_story_without_events_has_nothing_to_answer() -> None:
    assert play(read(tale().replace("events:", "events: []"))).interventions == ()


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_casebook_is_what_it_says_it_is(name: str) -> None:
    played = play(open_casebook(name))

    assert played.clean == (played.casebook.expect == "clean"), [
        (each.on.isoformat(), each.rule, each.says)
        for each in played.interventions
        if each.effect is Answer.REFUSED or each.state == "breached"
    ]
