"""Who is asked before a closure, and told after it. The live record only."""

from tests.support.stories import referred
from workflow.duties.closure import ASK_VIEWS, CHASE_VIEWS, LET_GO, SIGNATURE, TELL_ALL

PROPOSED = referred(live=True).then("visit", "nurse").then("closure_proposed", "worker", named="proposed")
HALF = PROPOSED.then("view", "teacher", view="agree")
HEARD = HALF.then("view", "nurse", view="none")


def test_everybody_at_work_with_the_child_is_asked_once() -> None:
    assert [one.key for one in PROPOSED.oughts(ASK_VIEWS)] == ["view:proposed:teacher", "view:proposed:nurse"]


def test_only_the_silent_are_asked_again_when_the_time_is_nearly_over() -> None:
    assert HALF.oughts(CHASE_VIEWS) == []
    assert [one.to for one in HALF.wait(days=3).oughts(CHASE_VIEWS)] == [("nurse",)]


def test_the_manager_hears_when_everybody_was_heard() -> None:
    assert HALF.oughts(SIGNATURE) == []
    assert len(HEARD.oughts(SIGNATURE)) == 1


def test_the_one_who_is_asked_to_sign_can_be_neither_author_nor_holder() -> None:
    mine = (
        referred(live=True).then("closure_proposed", "manager", holder="worker").then("view", "teacher", view="agree")
    )

    assert [one.besides for one in mine.oughts(SIGNATURE)] == [("manager", "worker")]


def test_whoever_others_have_noted_as_gone_hears_of_it() -> None:
    let_go = PROPOSED.then("involvement", "worker", named="gone", who="nurse", status="ended")

    assert [(one.key, one.to) for one in let_go.oughts(LET_GO)] == [("let-go:gone", ("nurse",))]
    assert let_go.then("view", "nurse", view="none").oughts(LET_GO) == []
    assert PROPOSED.then("involvement", "worker", who="nurse", status="started").oughts(LET_GO) == []
    assert PROPOSED.then("involvement", "worker", who="grandfather", status="ended").oughts(LET_GO) == []
    assert PROPOSED.then("involvement", "nurse", who="nurse", status="ended").oughts(LET_GO) == []


def test_a_proposal_put_forward_anew_asks_everybody_anew() -> None:
    anew = HEARD.then("closure_proposed", "worker", named="anew")

    assert [one.key for one in anew.oughts(ASK_VIEWS)] == ["view:anew:teacher", "view:anew:nurse"]


def test_nobody_is_asked_about_what_was_sent_back() -> None:
    assert PROPOSED.then("closure_returned", "manager").oughts(ASK_VIEWS) == []


def test_everybody_but_the_referrer_who_gets_the_outcome_is_told_when_it_is_closed() -> None:
    assert HEARD.oughts(TELL_ALL) == []
    assert [one.to for one in HEARD.then("closure", "worker").oughts(TELL_ALL)] == [("nurse",)]


def test_nobody_is_told_of_a_closure_that_a_new_referral_has_overtaken() -> None:
    assert HEARD.then("closure", "worker").then("contact", "teacher").oughts(TELL_ALL) == []


def test_a_story_tells_nobody_that_it_is_closed() -> None:
    assert referred().then("visit", "nurse").then("closure", "worker").oughts(TELL_ALL) == []
