"""The packet of evidence says what is there and what is missing, and the engine never says otherwise."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from models.facts import Case
from tests.support import paths
from tests.support.hub import Hub, open_hub
from tests.support.stories import table
from workflow import store
from workflow.errors import RefusedError
from workflow.packet import Packet, packet
from workflow.packet_parts import MOST_VISITS


@pytest.fixture
def hub(sqlite_template: Path, tmp_path: Path) -> Iterator[Hub]:
    """A hub of its own. What is asked here is asked of the record as it was read, and of no database."""
    path = tmp_path / "mash.db"
    shutil.copy(sqlite_template, path)
    opened = open_hub(f"sqlite:///{path}")
    yield opened
    opened.engine.database.dispose()


def case_of(hub: Hub, reference: str, who: str = "tess") -> Case:
    """Return the record of a referral as somebody reads it."""
    with hub.engine.database.reading() as connection:
        return hub.engine.load(connection, store.number(reference), hub.now, (who,)).case


def gathered(hub: Hub, reference: str, who: str = "tess", verb: str = "sign-off") -> Packet:
    """Return the packet as somebody sees it who means to do something."""
    owner = hub.row(reference)["owner_id"]
    return packet(case_of(hub, reference, who), verb, hub.actor(who), owner, hub.now, hub.engine.terms(hub.now))


def missing(found: Packet) -> set[str]:
    """Return the rules that refuse."""
    return {rule.rule for rule in found.missing}


def views_only(hub: Hub) -> str:
    """Go as far as a closure on which everybody agrees, and nobody has read the chronology."""
    reference = paths.to_closure_proposed(hub)
    paths.agree_all(hub, reference)
    return reference


def dissented(hub: Hub) -> str:
    """Go as far as a closure with which the school disagrees, without saying so on the ladder."""
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "give-view", "dsl", view="disagree", reason="hungry again on Monday")
    hub.act(reference, "read-chronology", "tess", noted="read to the end")
    return reference


def decided_at_the_door(hub: Hub) -> str:
    """Go as far as a decision of no further action, which puts the closure forward itself."""
    reference = paths.to_decision(hub)
    hub.act(
        reference,
        "decide",
        "mona",
        outcome="no_further_action",
        reason="the school was mistaken",
        answers="neglect:not_found",
        discussed_with="dsl",
    )
    return reference


@pytest.mark.parametrize(
    ("arrange", "who"),
    table(
        ("nobody has said anything yet", paths.to_closure_proposed, "tess"),
        ("everybody agrees and nobody has read", views_only, "tess"),
        ("only the signature is wanted", paths.ready_to_sign, "tess"),
        ("another manager, who has not read", paths.ready_to_sign, "theo"),
        ("a disagreement that was not taken up", dissented, "tess"),
        ("whoever decided would sign", decided_at_the_door, "mona"),
    ),
)
def test_the_engine_refuses_by_just_the_rules_for_which_something_is_missing(
    hub: Hub, arrange: Callable[[Hub], str], who: str
) -> None:
    reference = arrange(hub)
    hub.wait(minutes=1)
    found = gathered(hub, reference, who)

    try:
        hub.engine.act(reference, "sign-off", hub.actor(who), hub.now, {})
        refused: set[str] = set()
    except RefusedError as error:
        refused = {refusal.rule for refusal in error.refusals}

    if found.missing:
        assert refused == missing(found)
    else:
        assert refused == {rule.rule for rule in found.warned}


def test_a_packet_that_is_ready_is_signed(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    found = gathered(hub, reference)

    assert (found.missing, found.warned, found.may_not_sign) == ((), (), False)
    hub.act(reference, "sign-off", "tess")
    assert hub.row(reference)["state"] == "closed"


def test_every_rule_of_a_closure_is_either_met_or_missing(hub: Hub) -> None:
    found = gathered(hub, paths.to_closure_proposed(hub))

    kept = [rule.rule for rule in (*found.met, *found.missing, *found.warned)]
    assert sorted(kept) == sorted(rule.rule for rule in found.rules)
    assert {"agency-vote-recorded", "chronology-at-every-decision"} <= missing(found)
    assert {"closure-needs-own-visit", "plan-outcomes-evidenced"} <= {rule.rule for rule in found.met}


def test_what_is_missing_names_those_it_waits_for_and_the_acts_that_mend_it(hub: Hub) -> None:
    found = gathered(hub, paths.to_closure_proposed(hub))

    (vote,) = [rule for rule in found.missing if rule.rule == "agency-vote-recorded"]
    assert set(vote.missing[0].of) == {"dsl", "pc", "hv"}
    assert vote.mended_by == ("give-view", "end-involvement", "challenge")


def test_whoever_is_silent_is_shown_as_silent_since_they_were_asked(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    proposed = hub.now
    hub.act(reference, "give-view", "pc", view="none")
    hub.act(reference, "give-view", "hv", view="agree", reason="thriving")

    voices = {voice.who: voice for voice in gathered(hub, reference).voices}

    assert {who: voice.view for who, voice in voices.items()} == {"dsl": None, "pc": "none", "hv": "agree"}
    assert voices["dsl"].asked == proposed
    assert voices["dsl"].due is not None
    assert voices["dsl"].due > proposed
    assert voices["hv"].words == "thriving"


def test_a_view_on_an_earlier_proposal_is_not_one_on_this(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    paths.agree_all(hub, reference)
    hub.act(reference, "propose-closure", "sam", reason_code="needs_met", summary="written again, with more in it")

    assert {voice.view for voice in gathered(hub, reference).voices} == {None}


def test_a_disagreement_is_unsettled_until_it_was_challenged_and_settled(hub: Hub) -> None:
    reference = dissented(hub)
    (against,) = [voice for voice in gathered(hub, reference).voices if voice.view == "disagree"]

    assert (against.who, against.settled) == ("dsl", False)


@pytest.mark.parametrize(
    ("arrange", "who", "barred"),
    table(
        ("the manager who decided at the door", decided_at_the_door, "mona", True),
        ("a manager with no hand in it", decided_at_the_door, "tess", False),
        ("the manager of the worker who wrote it", paths.to_closure_proposed, "tess", False),
    ),
)
def test_whoever_wrote_it_is_told_that_another_signs(
    hub: Hub, arrange: Callable[[Hub], str], who: str, barred: bool
) -> None:
    assert gathered(hub, arrange(hub), who).may_not_sign is barred


def test_whoever_holds_it_is_told_that_another_signs(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "allocate", "hugo", to="tess")

    assert gathered(hub, reference, "tess").may_not_sign
    assert not gathered(hub, reference, "hugo").may_not_sign


def test_the_worker_sees_the_packet_before_it_is_put_forward(hub: Hub) -> None:
    reference = paths.to_child_in_need(hub)
    before = gathered(hub, reference, "sam", "propose-closure")
    paths.improve(hub, reference)
    hub.act(reference, "record-outcome", "sam", outcome="home_kept", status="met", evidence="three unannounced visits")
    after = gathered(hub, reference, "sam", "propose-closure")

    assert before.put_forward is None
    assert not before.may_not_sign
    assert "plan-outcomes-evidenced" in missing(before)
    assert "plan-outcomes-evidenced" not in missing(after)
    assert [(one.name, one.status, one.evidence) for one in before.outcomes] == [("home_kept", None, "")]
    assert [(one.name, one.status, one.evidence) for one in after.outcomes] == [
        ("home_kept", "met", "three unannounced visits")
    ]


def test_a_step_down_is_held_to_the_rules_of_a_step_down(hub: Hub) -> None:
    reference = paths.to_child_in_need(hub)
    found = gathered(hub, reference, "tess", "offer-step-down")

    assert "step-down-agency-views" in missing(found)
    assert "sign-off-independent" not in {rule.rule for rule in found.rules}
    assert {voice.view for voice in found.voices} == {None}

    with pytest.raises(RefusedError) as refused:
        hub.act(reference, "offer-step-down", "tess", reason="steady for a while")

    assert {refusal.rule for refusal in refused.value.refusals} == missing(found)


def test_visits_are_counted_and_the_newest_are_listed(hub: Hub) -> None:
    reference = paths.to_child_in_need(hub)
    for at in range(MOST_VISITS + 2):
        hub.wait(days=1)
        hub.act(reference, "record-visit", "sam", access="granted", child_seen=True, child_seen_alone=at == 0)
    hub.act(reference, "record-visit", "sam", access="no_reply", announced=True)

    found = gathered(hub, reference).visits

    assert (found.made, found.saw, found.alone, found.refused) == (MOST_VISITS + 3, MOST_VISITS + 2, 1, 1)
    assert len(found.newest) == MOST_VISITS
    assert not found.newest[0].let_in
    assert found.own is not None
    assert found.own.by == "sam"
    assert found.others is None


def test_nobody_is_said_to_be_heard_whom_nobody_has_heard(hub: Hub) -> None:
    reference = paths.to_decision(hub, carers="Demo Jenny:mother")
    (child, mother) = gathered(hub, reference, "mona").family
    assert (child.child, child.at, mother.child, mother.at) == (True, None, False, None)

    hub.act(reference, "spoke-to", "tara", person=mother.who, alone=True, account="consistent", reason="glad of help")
    (child, mother) = gathered(hub, reference, "mona").family

    assert child.at is None
    assert (mother.how, mother.by, mother.alone, mother.words) == ("spoke_to", "tara", True, "glad of help")


def test_a_child_seen_alone_on_a_visit_has_been_heard(hub: Hub) -> None:
    reference = paths.to_assessment(hub)
    hub.act(reference, "record-visit", "sam", access="granted", child_seen=True)
    assert gathered(hub, reference).family[0].at is None

    hub.act(reference, "record-visit", "sam", access="granted", child_seen=True, child_seen_alone=True)

    assert gathered(hub, reference).family[0].how == "visit"


def test_an_earlier_closure_says_how_soon_somebody_was_worried_again(hub: Hub) -> None:
    first = paths.ready_to_sign(hub)
    hub.act(first, "sign-off", "tess")
    closed = hub.now
    again = hub.wait(weeks=7).refer()

    (before,) = gathered(hub, again, "tara", "propose-closure").closures

    assert (before.at, before.reason_code, before.manager) == (closed, "needs_met", "tess")
    assert before.back is not None
    assert before.back - before.at == timedelta(weeks=7)


def test_a_closure_that_was_sent_back_is_remembered_with_its_reason(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    hub.act(reference, "return-closure", "tess", reason="nobody asked the father")

    found = gathered(hub, reference, "sam", "propose-closure")

    assert [(one.by, one.words) for one in found.returned] == [("tess", "nobody asked the father")]
    assert found.put_forward is None


def test_a_reading_counts_for_whoever_read_that_day_and_to_the_end(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    assert gathered(hub, reference, "tess").reading.today
    assert not gathered(hub, reference, "theo").reading.today

    hub.act(reference, "record-visit", "sam", access="granted", child_seen=True)
    later = gathered(hub, reference, "tess").reading
    assert (later.today, later.by, later.new) == (False, "tess", 1)

    hub.act(reference, "read-chronology", "tess", noted="read again", upto=later.upto)
    assert gathered(hub, reference, "tess").reading.today
    hub.wait(days=1)
    assert not gathered(hub, reference, "tess").reading.today


def test_an_open_challenge_is_in_the_packet_with_its_rung_and_its_clock(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    hub.act(reference, "challenge", "dsl", reason="still hungry on Mondays")
    raised = hub.now
    hub.act(reference, "climb-challenge", "dsl")

    (dispute,) = gathered(hub, reference, "sam", "propose-closure").disputes

    assert (dispute.about, dispute.raised.who, dispute.raised.at) == ("closure_proposed", ("dsl",), raised)
    assert dispute.raised.words == "still hungry on Mondays"
    assert (dispute.rung, dispute.rungs[dispute.rung - 1], dispute.since) == (2, "line_managers", hub.now)
    assert dispute.due > dispute.since
    assert dispute.decided is not None
    assert dispute.decided.who == ("sam",)
    assert dispute.decided.words == "the plan has done its work"
