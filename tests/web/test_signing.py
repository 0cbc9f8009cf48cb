"""A manager signs or returns a closure from the one page on which the evidence is."""

import pytest

from tests.support import further_paths, paths
from tests.support.hub import Hub
from tests.web.desk import Sit
from tests.web.queries import asked

MOST_QUESTIONS = 28


def test_a_closure_is_signed_from_the_page_of_its_evidence(hub: Hub, sit: Sit) -> None:
    reference = paths.ready_to_sign(hub)
    tess = sit("tess")
    page = tess.look(f"/referrals/{reference}/do/sign-off")

    assert "Everything the rules ask for is there." in page.text
    assert "the plan has done its work" in page.text
    assert "three unannounced visits" in page.section("What the plan wanted").lower()
    done = tess.send(f"/referrals/{reference}/do/sign-off", page)

    assert done.path == f"/referrals/{reference}?done=sign-off"
    assert hub.row(reference)["state"] == "closed"


def test_it_is_returned_from_the_same_page_and_not_without_a_reason(hub: Hub, sit: Sit) -> None:
    reference = paths.ready_to_sign(hub)
    tess = sit("tess")
    page = tess.look(f"/referrals/{reference}/do/sign-off")

    refused = tess.send(f"/referrals/{reference}/do/return-closure", page, reason="")
    assert refused.status == 400
    assert "There is a problem" in refused.text
    assert "Everything the rules ask for is there." in refused.text
    assert hub.row(reference)["state"] == "closure_proposed"

    tess.send(f"/referrals/{reference}/do/return-closure", page, reason="nobody asked the father")
    assert hub.row(reference)["state"] == "child_in_need"


def test_what_is_missing_is_said_with_names_and_no_button_to_sign(hub: Hub, sit: Sit) -> None:
    reference = paths.to_closure_proposed(hub)
    page = sit("tess").look(f"/referrals/{reference}/do/sign-off")

    rules = page.section("What the rules ask for")
    assert "gave no view: dsl example, pc example, hv example" in rules
    assert "Silence is not agreement" in page.section("What the others think")
    assert "Sign off the closure" not in page.buttons
    assert "Return the closure" in page.buttons


def without_a_better_profile(hub: Hub) -> str:
    """Go as far as a closure of which a rule only warns: nobody graded the neglect again."""
    reference = paths.to_child_in_need(hub)
    paths.improve(hub, reference)
    hub.act(reference, "record-outcome", "sam", outcome="home_kept", status="met", evidence="three quiet visits")
    hub.act(reference, "propose-closure", "sam", reason_code="needs_met", summary="the plan has done its work")
    paths.agree_all(hub, reference)
    hub.act(reference, "record-told", "sam", who="dsl", words="rang, and said why")
    hub.act(reference, "read-chronology", "tess", noted="read to the end")
    return reference


def test_what_only_warns_is_passed_with_a_reason_and_not_without(hub: Hub, sit: Sit) -> None:
    reference = without_a_better_profile(hub)
    tess = sit("tess")
    place = f"/referrals/{reference}/do/sign-off"
    page = tess.look(place)
    assert "It can be signed, with a reason: 1 rule warns." in page.text

    silent = tess.send(place, page)
    assert silent.status == 400
    assert "The rules warn" in silent.text
    assert hub.row(reference)["state"] == "closure_proposed"

    tess.send(place, page, anyway="the health visitor graded it last week, on paper")
    assert hub.row(reference)["state"] == "closed"


def test_a_reason_that_was_begun_is_there_when_one_comes_back(hub: Hub, sit: Sit) -> None:
    reference = paths.ready_to_sign(hub)
    tess = sit("tess")
    place = f"/referrals/{reference}/do/sign-off"
    page = tess.look(place)
    kept = tess.send(f"/referrals/{reference}/do/return-closure", page, reason="nobody asked the fa", _save="1")

    assert "Saved." in kept.text
    assert "nobody asked the fa" in tess.look(place).page
    assert hub.row(reference)["state"] == "closure_proposed"


def test_a_refusal_shows_the_packet_again(hub: Hub, sit: Sit) -> None:
    reference = paths.to_closure_proposed(hub)

    refused = sit("tess").send(f"/referrals/{reference}/do/sign-off")

    assert refused.status == 400
    assert "This cannot be done yet" in refused.text
    assert "It cannot be signed yet" in refused.text
    assert hub.row(reference)["state"] == "closure_proposed"


def test_the_chronology_is_read_without_losing_the_page(hub: Hub, sit: Sit) -> None:
    reference = paths.ready_to_sign(hub)
    theo = sit("theo")
    page = theo.look(f"/referrals/{reference}/do/sign-off")
    assert "1 thing is missing" in page.text

    back = theo.send(
        f"/referrals/{reference}/do/read-chronology", page, noted="read it all", then="sign-off", upto="999"
    )
    assert back.status == 400  # There is no such entry, and what was read goes no further than what was shown.
    upto = page.page.partition('name="upto" value="')[2].partition('"')[0]
    back = theo.send(
        f"/referrals/{reference}/do/read-chronology", page, noted="read it all", then="sign-off", upto=upto
    )

    assert back.path == f"/referrals/{reference}/do/sign-off?done=read-chronology"
    assert "You have read it to its end today." in back.text
    assert theo.send(f"/referrals/{reference}/do/sign-off", back).path.endswith("?done=sign-off")


def test_whoever_holds_the_case_is_told_that_another_manager_signs(hub: Hub, sit: Sit) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "allocate", "hugo", to="tess")
    page = sit("tess").look(f"/referrals/{reference}/do/sign-off")

    assert "Another manager signs." in page.text
    assert "Sign off the closure" not in page.buttons


@pytest.mark.parametrize("who", ["dsl", "ella", "sam", "aud"])
def test_nobody_else_comes_near_the_evidence(hub: Hub, sit: Sit, who: str) -> None:
    reference = paths.ready_to_sign(hub)
    page = sit(who).look(f"/referrals/{reference}/do/sign-off")

    assert page.status in {400, 403, 404}
    assert "the plan has done its work" not in page.text


def test_a_change_under_ones_hands_is_said_and_nothing_is_signed(hub: Hub, sit: Sit) -> None:
    reference = paths.ready_to_sign(hub)
    tess = sit("tess")
    page = tess.look(f"/referrals/{reference}/do/sign-off")
    hub.act(reference, "give-view", "dsl", view="disagree", reason="hungry again on Monday")

    refused = tess.send(f"/referrals/{reference}/do/sign-off", page)

    assert "This referral changed while you were writing" in refused.text
    assert "hungry again on Monday" in refused.section("What the others think")
    assert hub.row(reference)["state"] == "closure_proposed"


@pytest.mark.parametrize(
    ("who", "verb"), [("sam", "propose-closure"), ("tess", "offer-step-down")], ids=["closing", "stepping down"]
)
def test_whoever_puts_it_forward_sees_the_same_packet_fill(hub: Hub, sit: Sit, who: str, verb: str) -> None:
    reference = paths.to_child_in_need(hub)
    place = f"/referrals/{reference}/do/{verb}"
    person = sit(who)
    assert "Nothing recorded" in person.look(place).section("What the plan wanted")

    paths.improve(hub, reference)
    hub.act(reference, "record-outcome", "sam", outcome="home_kept", status="met", evidence="three quiet visits")

    assert "Three quiet visits" in sit(who).look(place).section("What the plan wanted")


def test_the_page_asks_no_more_however_long_the_record(hub: Hub, sit: Sit) -> None:
    reference = paths.ready_to_sign(hub)
    place, asks = f"/referrals/{reference}/do/sign-off", []
    for more in (0, 10):
        for _ in range(more):
            hub.act(reference, "record-visit", "sam", access="granted", child_seen=True)
        tess = sit("tess")
        with asked(hub.engine.database) as said:
            tess.look(place)
        asks.append(len(said))

    assert asks[0] == asks[1] <= MOST_QUESTIONS


def test_a_lower_grade_is_agreed_by_a_second_person(hub: Hub, sit: Sit) -> None:
    reference = paths.to_decision(hub)
    hub.act(reference, "grade", "tara", grade="green", reason="the school has fed him since")
    place = f"/referrals/{reference}/do/agree-grade"

    own = sit("tara").look(place)
    assert "You proposed it" in own.text
    mona = sit("mona")
    assert "the school has fed him since" in mona.look(place).text
    mona.send(place)

    assert hub.row(reference)["grade"] == "green"


def test_a_challenge_is_settled_with_both_sides_in_sight(hub: Hub, sit: Sit) -> None:
    reference = paths.to_decision(hub)
    hub.act(reference, "decide", "mona", outcome="assessment", reason="needs a look", answers="neglect:unknown")
    hub.act(reference, "challenge", "dsl", reason="it cannot wait for an assessment")
    place = f"/referrals/{reference}/do/settle-challenge"

    assert "You had a hand in the decision" in sit("mona").look(place).text
    tess = sit("tess")
    page = tess.look(place)
    assert "Needs a look" in page.section("What was decided")
    assert "It cannot wait for an assessment" in page.section("The challenge to it")
    assert "Practitioners" in page.section("Where it stands")
    done = tess.send(place, page, outcome="upheld", statement="it was brought forward")

    assert done.path.endswith("?done=settle-challenge")


def test_an_enquiry_is_signed_second_by_somebody_outside_the_line(hub: Hub, sit: Sit) -> None:
    reference = further_paths.to_section_47(hub)
    hub.wait(hours=2)
    hub.act(reference, "allocate", "hugo", to="tess")
    place = f"/referrals/{reference}/do/second-sign"

    assert "your signature would not count" in sit("tess").look(place).text
    theo = sit("theo")
    page = theo.look(place)
    assert "came hungry again" in page.section("What the worries were")
    theo.send(place, page)

    assert "Signed already by theo example" in theo.look(place).text
