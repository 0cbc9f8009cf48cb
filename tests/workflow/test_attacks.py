"""The four rules attacked by hand, and their near misses: each refusal says what is missing and who can mend it."""

from datetime import timedelta

import pytest

from tests.support import paths
from tests.support.hub import Hub
from workflow.errors import BadCommandError, MashError, NotFoundError, NotPermittedError, OutOfTurnError, RefusedError


def refused(error: pytest.ExceptionInfo[RefusedError]) -> set[str]:
    """Return the rules that refused."""
    for refusal in error.value.refusals:
        assert refusal.missing.endswith(".")
        assert refusal.who_can_mend
        assert refusal.source
    return {refusal.rule for refusal in error.value.refusals}


def hold(hub: Hub, reference: str, attended: str) -> None:
    hub.act(reference, "hold-strategy", "tess", attended=attended, decision="section47_joint", rationale="risk of harm")


def test_a_strategy_discussion_without_the_referrer_records_no_outcome(hub: Hub) -> None:
    reference = paths.to_strategy(hub)

    with pytest.raises(RefusedError) as error:
        hold(hub, reference, "desk_sw,pc,hv")

    assert refused(error) == {"referrer-invited-to-strategy"}


@pytest.mark.parametrize("missing", ["desk_sw", "pc", "hv"])
def test_a_strategy_discussion_without_its_quorum_records_no_outcome(hub: Hub, missing: str) -> None:
    reference = paths.to_strategy(hub)
    there = ",".join(who for who in ("desk_sw", "pc", "hv", "dsl") if who != missing)

    with pytest.raises(RefusedError) as error:
        hold(hub, reference, there)

    assert "strategy-quorum" in refused(error)


@pytest.mark.parametrize("way", ["attends", "writes", "is excused"])
def test_a_referrer_who_attends_or_writes_or_is_excused_lets_it_go_on(hub: Hub, way: str) -> None:
    reference = paths.to_strategy(hub)
    there = "desk_sw,pc,hv"
    if way == "attends":
        there += ",dsl"
    elif way == "writes":
        hub.act(reference, "send-account", "dsl", words="what I saw on Monday")
    else:
        hub.act(reference, "excuse", "tess", who="dsl", code="would_breach_timescale", reason="abroad until Thursday")

    hold(hub, reference, there)

    assert hub.made[-1].now == "section_47"


def test_an_excuse_for_any_other_reason_does_not_count(hub: Hub) -> None:
    reference = paths.to_strategy(hub)
    with pytest.raises(BadCommandError, match="other excuses nobody"):
        hub.act(reference, "excuse", "tess", who="dsl", code="other", reason="not thought necessary")

    with pytest.raises(RefusedError) as error:
        hold(hub, reference, "desk_sw,pc,hv")

    assert refused(error) == {"referrer-invited-to-strategy"}


def test_nothing_closes_while_a_view_is_missing(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    hub.act(reference, "give-view", "dsl", view="agree")
    hub.act(reference, "read-chronology", "tess", noted="read")

    with pytest.raises(RefusedError) as error:
        hub.act(reference, "sign-off", "tess")

    assert "agency-vote-recorded" in refused(error)


def test_silence_is_still_not_a_view_after_a_month(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    hub.wait(days=30)
    hub.act(reference, "read-chronology", "tess", noted="read")

    with pytest.raises(RefusedError) as error:
        hub.act(reference, "sign-off", "tess")

    assert "agency-vote-recorded" in refused(error)


def test_a_disagreement_stands_in_the_way_until_it_is_settled(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    paths.agree_all(hub, reference)
    hub.act(reference, "give-view", "hv", view="disagree", reason="weight is falling")
    hub.act(reference, "read-chronology", "tess", noted="read")

    with pytest.raises(RefusedError) as error:
        hub.act(reference, "sign-off", "tess")

    assert "agency-vote-recorded" in refused(error)


def test_the_worker_cannot_sign_off_at_all(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)

    with pytest.raises(NotPermittedError):
        hub.act(reference, "sign-off", "sam")


def test_a_manager_cannot_sign_off_a_case_they_hold(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "allocate", "mona", to="tess")

    with pytest.raises(RefusedError) as error:
        hub.act(reference, "sign-off", "tess")

    assert "sign-off-independent" in refused(error)


def test_a_signed_closure_closes_and_stays_closed(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)

    assert hub.act(reference, "sign-off", "tess").now == "closed"
    with pytest.raises(OutOfTurnError, match="closed"):
        hub.act(reference, "give-view", "dsl", view="agree")


def test_a_new_concern_takes_a_proposed_closure_back(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)

    done = hub.act(reference, "add-concern", "dsl", concerns="injury", words="a bruise on the cheek")

    assert done.now == "child_in_need"
    with pytest.raises(OutOfTurnError):
        hub.act(reference, "sign-off", "tess")


def test_a_challenge_takes_a_proposed_closure_back(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)

    assert hub.act(reference, "challenge", "hv", reason="nothing has lasted").now == "child_in_need"
    hub.act(reference, "propose-closure", "sam", reason_code="needs_met", summary="again")
    paths.agree_all(hub, reference)
    hub.act(reference, "read-chronology", "tess", noted="read")
    with pytest.raises(RefusedError) as error:
        hub.act(reference, "sign-off", "tess")
    assert "challenge-settled-before-closure" in refused(error)


def step_down(hub: Hub) -> str:
    reference = paths.to_child_in_need(hub)
    paths.improve(hub, reference)
    hub.act(reference, "record-tool", "sam", what="graded_care_profile", result=paths.BETTER)
    hub.act(reference, "record-outcome", "sam", outcome="home_kept", status="met", evidence="seen")
    for who in ("dsl", "pc", "hv"):
        hub.act(reference, "give-view", who, view="agree")
    hub.act(reference, "offer-step-down", "tess", reason="lower need now")
    return reference


@pytest.mark.parametrize("why", ["agencies_already_involved", "no_capacity", "consent_refused"])
def test_a_refused_step_down_goes_back_and_cannot_be_closed(hub: Hub, why: str) -> None:
    reference = step_down(hub)

    done = hub.act(reference, "decline", "ella", reason_code=why, reason="others are already there")

    assert done.now == "child_in_need"
    with pytest.raises(OutOfTurnError):
        hub.act(reference, "make-first-contact", "ella")
    hub.act(reference, "propose-closure", "sam", reason_code="stepped_down", summary="early help has it")
    paths.agree_all(hub, reference)
    hub.act(reference, "read-chronology", "tess", noted="read")
    with pytest.raises(RefusedError) as error:
        hub.act(reference, "sign-off", "tess")
    assert "step-down-acceptance-required" in refused(error)


@pytest.mark.parametrize("done", [(), ("accept",), ("consent",)], ids=["nothing", "accepted only", "consent only"])
def test_first_contact_needs_acceptance_and_consent_first(hub: Hub, done: tuple[str, ...]) -> None:
    reference = step_down(hub)
    if "accept" in done:
        hub.act(reference, "accept", "ella", lead="ella")
    if "consent" in done:
        hub.act(reference, "record-consent", "sam", consent="given")

    with pytest.raises(RefusedError) as error:
        hub.act(reference, "make-first-contact", "ella")

    assert "step-down-acceptance-required" in refused(error)


def test_an_accepted_step_down_closes_after_consent_and_first_contact(hub: Hub) -> None:
    reference = step_down(hub)
    hub.act(reference, "accept", "ella", lead="ella")
    hub.act(reference, "record-consent", "sam", consent="given")

    assert hub.act(reference, "make-first-contact", "ella").now == "closure_proposed"
    paths.agree_all(hub, reference, "ella")
    hub.act(reference, "read-chronology", "tess", noted="read")
    with pytest.raises(RefusedError) as refused:
        hub.act(reference, "sign-off", "tess")
    assert [one.rule for one in refused.value.refusals] == ["referrer-told-before-closure"]
    hub.act(reference, "record-told", "sam", who="dsl", words="rang her, and said why")
    assert hub.act(reference, "sign-off", "tess").now == "closed"


def test_a_lower_grade_needs_somebody_else(hub: Hub) -> None:
    reference = hub.refer(born="2024-06-01")
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "grade", "tara", grade="red", reason="not sure yet")
    hub.act(reference, "grade", "tara", grade="amber", reason="nothing acute after all")

    with pytest.raises(RefusedError):
        hub.act(reference, "agree-grade", "tara")
    hub.act(reference, "agree-grade", "mona")


def test_an_injured_baby_cannot_be_graded_amber(hub: Hub) -> None:
    born = (hub.now - timedelta(days=60)).date()
    reference = hub.refer(born=born, concerns=["unexplained_injury"], child_mobile=False, explained=False)
    hub.act(reference, "begin-triage", "tara")

    with pytest.raises(RefusedError) as error:
        hub.act(reference, "grade", "tara", grade="amber", reason="small mark")

    assert "rating-floor" in refused(error)
    hub.act(reference, "grade", "tara", grade="red", reason="small mark on a baby")


def test_another_agencys_referral_does_not_exist(hub: Hub) -> None:
    reference = hub.refer()
    unknown = "M999999"

    says = []
    for asked in (reference, unknown):
        with pytest.raises(NotFoundError) as error:
            hub.act(asked, "give-view", "kit", view="agree")
        says.append(error.value.says.replace(asked, "REF"))
    assert says[0] == says[1]


def test_nobody_records_another_agencys_view(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)

    with pytest.raises(BadCommandError, match="views"):
        hub.act(reference, "sign-off", "tess", views={"hv": "agree"})
    with pytest.raises(MashError):
        hub.act(reference, "give-view", "aud", view="agree")


def test_whoever_decides_that_nothing_is_done_does_not_sign_the_closure_too(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    decided = {"outcome": "no_further_action", "reason": "the school has it in hand", "answers": "neglect:not_found"}
    hub.act(reference, "decide", "mona", **decided)
    paths.agree_all(hub, reference)
    hub.act(reference, "record-told", "tara", who="dsl", words="rang, and said why")
    hub.act(reference, "read-chronology", "mona", noted="read")

    with pytest.raises(RefusedError) as error:
        hub.act(reference, "sign-off", "mona")
    assert refused(error) == {"sign-off-independent"}

    hub.act(reference, "read-chronology", "tess", noted="read")
    assert hub.act(reference, "sign-off", "tess").now == "closed"


def test_a_decision_does_not_run_ahead_of_agencies_that_were_asked_without_saying_why(hub: Hub) -> None:
    reference = hub.refer()
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "grade", "tara", grade="amber", reason="home conditions")
    hub.act(reference, "ask", "tara", of="pc,hv")
    hub.act(reference, "spoke-to", "tara", person="dsl", account="consistent")
    hub.act(reference, "check-history", "tara", scope=paths.ALL_HISTORY)
    hub.act(reference, "read-chronology", "tara", noted="no earlier contacts")
    hub.act(reference, "put-for-decision", "tara")
    decided = {"outcome": "assessment", "reason": "needs a fuller look", "answers": "neglect:unknown"}

    with pytest.raises(RefusedError) as error:
        hub.act(reference, "decide", "mona", **decided)
    assert refused(error) == {"agency-checks-complete"}

    assert hub.act(reference, "decide", "mona", **decided, anyway="the visit cannot wait").now == "assessment"


NOTICE = [
    # called at, held at, is shortness of time an excuse
    ("in two hours", timedelta(), timedelta(hours=2), True),
    ("the next afternoon", timedelta(), timedelta(days=1, hours=4), True),
    ("the day after the next", timedelta(), timedelta(days=2), False),
    ("in a week", timedelta(), timedelta(days=7), False),
    ("on Friday evening for Monday", timedelta(days=3, hours=8), timedelta(days=6), True),
    ("on Friday evening for Wednesday", timedelta(days=3, hours=8), timedelta(days=8), False),
]


@pytest.mark.parametrize(("called", "held", "sound"), [row[1:] for row in NOTICE], ids=[row[0] for row in NOTICE])
def test_shortness_of_time_excuses_nobody_who_had_time(
    hub: Hub, called: timedelta, held: timedelta, sound: bool
) -> None:
    start = hub.now
    reference = hub.refer(concerns=["injury"])
    hub.now = start + called
    hub.act(reference, "call-strategy", "tara", at=(start + held).isoformat(), reason="marks on the arm")
    hub.look(reference)

    given = {"who": "dsl", "code": "would_breach_timescale", "reason": "abroad until Thursday"}
    if sound:
        hub.act(reference, "excuse", "tess", **given)
        return
    with pytest.raises(RefusedError) as error:
        hub.act(reference, "excuse", "tess", **given)
    assert refused(error) == {"referrer-invited-to-strategy"}
    assert "There was time to come or to write: dsl could know of it from 1" in error.value.refusals[0].missing
    with pytest.raises(RefusedError) as error:
        hold(hub, reference, "desk_sw,pc,hv")
    assert "referrer-invited-to-strategy" in refused(error)


def test_an_excuse_does_not_outlast_a_meeting_that_is_put_off_for_days(hub: Hub) -> None:
    reference = paths.to_strategy(hub)
    hub.act(reference, "excuse", "tess", who="dsl", code="would_breach_timescale", reason="abroad until Thursday")
    later = hub.now + timedelta(days=6)
    hub.act(reference, "move-meeting", "tara", at=later.isoformat())
    hub.now = later

    with pytest.raises(RefusedError) as error:
        hold(hub, reference, "desk_sw,pc,hv")

    assert refused(error) == {"referrer-invited-to-strategy"}
