"""How somebody might close a case round those who would object, or leave one with nobody: each way is shut."""

import pytest

from models.tables.referral import RecordRow
from models.tables.work import TaskRow
from tests.support import further_paths, paths
from tests.support.hub import Hub
from workflow.errors import BadCommandError, MashError, NotFoundError, NotPermittedError, RefusedError

ANEW = {"reason_code": "needs_met", "summary": "the plan has done its work"}


def refused(hub: Hub, reference: str, verb: str, by: str, **args: object) -> set[str]:
    with pytest.raises(RefusedError) as error:
        hub.act(reference, verb, by, **args)
    return {refusal.rule for refusal in error.value.refusals}


class TestViews:
    def test_the_newest_view_counts_whichever_way_somebody_has_changed_their_mind(self, hub: Hub) -> None:
        reference = paths.ready_to_sign(hub)
        hub.act(reference, "give-view", "hv", view="disagree", reason="weight is falling")
        assert "agency-vote-recorded" in refused(hub, reference, "sign-off", "tess")

        hub.act(reference, "give-view", "hv", view="agree", reason="weighed again this morning")

        hub.act(reference, "read-chronology", "tess", noted="read to the end")
        assert hub.act(reference, "sign-off", "tess").now == "closed"

    def test_a_view_given_before_it_was_put_forward_is_no_view_on_it(self, hub: Hub) -> None:
        reference = paths.to_child_in_need(hub)
        paths.agree_all(hub, reference)
        hub.act(reference, "record-outcome", "sam", outcome="home_kept", status="met", evidence="seen")
        hub.act(reference, "propose-closure", "sam", **ANEW)

        assert "agency-vote-recorded" in refused(hub, reference, "sign-off", "tess")

    def test_to_put_it_forward_anew_does_not_wash_a_disagreement_away(self, hub: Hub) -> None:
        reference = paths.ready_to_sign(hub)
        hub.act(reference, "give-view", "hv", view="disagree", reason="weight is falling")
        hub.act(reference, "propose-closure", "sam", **ANEW)

        for by in ("sam", "tess", "mona"):
            assert refused(hub, reference, "end-involvement", by, who="hv") == {"voices-are-not-removed"}
        assert "agency-vote-recorded" in refused(hub, reference, "sign-off", "tess")

    def test_one_agency_gives_one_view_and_nobody_elses(self, hub: Hub) -> None:
        reference = paths.to_closure_proposed(hub)
        for _ in range(3):
            hub.act(reference, "give-view", "dsl", view="agree")

        assert "agency-vote-recorded" in refused(hub, reference, "sign-off", "tess")
        with pytest.raises(BadCommandError):
            hub.act(reference, "give-view", "dsl", view="agree", on_behalf_of="hv")


class TestBeingRidOfSomebody:
    @pytest.mark.parametrize("by", ["sam", "tess"])
    def test_neither_author_nor_holder_lets_go_of_whoever_is_waited_for(self, hub: Hub, by: str) -> None:
        reference = paths.to_closure_proposed(hub)
        hub.act(reference, "allocate", "hugo", to="tess")

        assert refused(hub, reference, "end-involvement", by, who="hv") == {"voices-are-not-removed"}

    def test_whoever_was_let_go_hears_of_it_and_is_in_it_again_with_a_word(self, hub: Hub) -> None:
        reference = paths.to_child_in_need(hub)
        hub.act(reference, "end-involvement", "sam", who="hv")
        hub.look(reference)
        assert [row["account_id"] for row in hub.rows(TaskRow, rule="let-go-is-told")] == ["hv"]

        hub.act(reference, "give-view", "hv", view="none", reason="I visit every month")

        paths.improve(hub, reference)
        hub.act(reference, "record-outcome", "sam", outcome="home_kept", status="met", evidence="seen")
        hub.act(reference, "propose-closure", "sam", **ANEW)
        for who in ("dsl", "pc"):
            hub.act(reference, "give-view", who, view="agree")
        assert "agency-vote-recorded" in refused(hub, reference, "sign-off", "tess")

    def test_somebody_who_has_left_is_let_go_by_a_manager_without_a_hand_in_it(self, hub: Hub) -> None:
        reference = paths.to_closure_proposed(hub)
        hub.leaves("hv")

        assert refused(hub, reference, "end-involvement", "sam", who="hv") == {"voices-are-not-removed"}
        hub.act(reference, "end-involvement", "theo", who="hv")


class TestWhoSigns:
    def test_an_owner_who_was_never_given_the_case_does_not_sign_it(self, hub: Hub) -> None:
        reference = hub.refer()
        hub.act(reference, "begin-triage", "mona")
        at = hub.now.isoformat()
        hub.act(reference, "call-strategy", "mona", at=at, reason="marks")
        held = {"attended": further_paths.EVERYBODY, "decision": "no_further_action", "rationale": "a fall"}
        hub.act(reference, "hold-strategy", "tess", **held)

        assert "sign-off-independent" in refused(hub, reference, "sign-off", "mona")
        assert "sign-off-independent" in refused(hub, reference, "sign-off", "tess")

    def test_a_manager_who_gives_the_case_away_does_not_sign_it_a_minute_later(self, hub: Hub) -> None:
        reference = paths.ready_to_sign(hub)
        hub.act(reference, "allocate", "hugo", to="tess")
        hub.act(reference, "end-allocation", "tess", who="tess")
        hub.act(reference, "allocate", "tess", to="sam")

        assert "sign-off-independent" in refused(hub, reference, "sign-off", "tess")

    def test_a_manager_given_the_case_after_it_was_put_forward_does_not_sign_it(self, hub: Hub) -> None:
        reference = paths.ready_to_sign(hub)
        hub.act(reference, "allocate", "mona", to="theo")
        hub.act(reference, "read-chronology", "theo", noted="read to the end")

        assert refused(hub, reference, "sign-off", "theo") == {"sign-off-independent"}


class TestWhoHolds:
    @pytest.mark.parametrize("to", ["dsl", "aud", "ella", "far", "gone", "nobody"])
    def test_a_case_is_held_by_nobody_who_could_not_answer_for_it(self, hub: Hub, to: str) -> None:
        hub.hire("far", "social_worker", authority="elsewhere")
        hub.hire("gone", "social_worker")
        hub.leaves("gone")
        reference = paths.to_assessment(hub)

        with pytest.raises(BadCommandError):
            hub.act(reference, "allocate", "tess", to=to)
        assert hub.row(reference)["owner_id"] == "sam"

    def test_whoever_has_left_does_nothing_more_even_from_a_page_still_open(self, hub: Hub) -> None:
        reference = paths.to_assessment(hub)
        sam, dsl = hub.actor("sam"), hub.actor("dsl")
        for account in ("sam", "dsl"):
            hub.leaves(account)

        with pytest.raises(NotPermittedError, match="no longer in use"):
            hub.engine.act(reference, "record-visit", sam, hub.now, {"access": "no_reply"})
        with pytest.raises(MashError):
            hub.engine.act(reference, "add-concern", dsl, hub.now, {"concerns": "neglect", "words": "again"})

    @pytest.mark.parametrize(
        ("verb", "by", "args"),
        [
            ("invite", "tara", {"who": "kit"}),
            ("involve", "tara", {"who": "kit"}),
            ("ask", "tara", {"of": "kit"}),
            ("add-concern", "tara", {"concerns": "neglect", "words": "rang again", "on_behalf_of": "kit"}),
        ],
    )
    def test_nothing_waits_for_somebody_who_has_left(self, hub: Hub, verb: str, by: str, args: dict[str, str]) -> None:
        reference = paths.to_strategy(hub)
        hub.leaves("kit")
        before = len(hub.rows(RecordRow))

        with pytest.raises(BadCommandError, match="kit has left"):
            hub.act(reference, verb, by, **args)
        assert len(hub.rows(RecordRow)) == before

    def test_a_triage_worker_of_another_authority_cannot_take_a_case_over(self, hub: Hub) -> None:
        hub.hire("far", "triage_worker", authority="elsewhere")
        reference = hub.refer()

        with pytest.raises(NotFoundError):
            hub.act(reference, "begin-triage", "far")
        assert hub.row(reference)["owner_id"] == "tara"
