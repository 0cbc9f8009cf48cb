"""The front door lived, not told: what its new rules ask for can be given by the verbs they name."""

from datetime import timedelta
from typing import Any

import pytest

from models.events import Event
from models.vocabulary import Kind
from tests.support import paths
from tests.support.hub import Hub
from workflow import store
from workflow.errors import BadCommandError, RefusedError

MOTHER = {"carers": "Demo Mother:mother"}


def record(hub: Hub, reference: str) -> tuple[Event, ...]:
    """Return what is on the record of a referral's family."""
    with hub.engine.database.reading() as connection:
        return hub.engine.load(connection, store.number(reference), hub.now).case.record


def mother(hub: Hub, reference: str) -> str:
    """Return the id of the mother."""
    with hub.engine.database.reading() as connection:
        people = hub.engine.load(connection, store.number(reference), hub.now).case.family.people
    return next(one.id for one in people.values() if not one.child)


def refused(hub: Hub, reference: str, verb: str, by: str, **args: Any) -> set[str]:
    """Do what is refused, and return by which rules."""
    with pytest.raises(RefusedError) as caught:
        hub.act(reference, verb, by, **args)
    return {refusal.rule for refusal in caught.value.refusals}


def decided(**more: Any) -> dict[str, Any]:
    """Return an early help decision that has everything but what is left out."""
    return {
        "outcome": "early_help",
        "reason": "help at home",
        "answers": "neglect:not_found",
        "lead": "ella",
        "discussed_with": "ella",
        **more,
    }


def test_nothing_is_decided_before_agencies_history_and_carers_were_asked(hub: Hub) -> None:
    reference = hub.refer(**MOTHER)
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "grade", "tara", grade="amber", reason="a young child")
    hub.act(reference, "put-for-decision", "tara")
    no = {"outcome": "no_further_action", "reason": "below threshold", "answers": "neglect:not_found"}

    missing = {"history-check", "agency-checks-complete", "referrer-heard-before-decision", "all-carers-heard"}
    assert missing <= refused(hub, reference, "decide", "mona", **no)

    hub.act(reference, "ask", "tara", of="pc,hv")
    hub.act(reference, "reply", "pc", words="nothing known")
    hub.act(reference, "reply", "hv", words="nothing known")
    hub.act(reference, "spoke-to", "tara", person="dsl")
    hub.act(reference, "spoke-to", "tara", person=mother(hub, reference), interpreter="independent")
    hub.act(reference, "check-history", "tara", scope="child,household,parents")
    hub.act(reference, "read-chronology", "tara", noted="nothing before")
    assert hub.act(reference, "decide", "mona", **no).now.value == "closure_proposed"


def test_a_carer_who_cannot_be_reached_holds_nothing_up(hub: Hub) -> None:
    reference = paths.to_decision(hub, **MOTHER)
    assert refused(hub, reference, "decide", "mona", **decided()) == {"all-carers-heard"}

    for _ in range(2):
        hub.act(reference, "record-attempt", "tara", person=mother(hub, reference))
    hub.act(reference, "decide", "mona", **decided())


def test_a_family_that_keeps_away_gets_early_help_only_with_a_fallback_and_a_day(hub: Hub) -> None:
    reference = paths.to_decision(hub, concerns=["avoidance"])
    early_help = decided(answers="avoidance:confirmed")
    assert refused(hub, reference, "decide", "mona", **early_help) == {"voluntary-service-needs-engagement"}

    day = (hub.now + timedelta(weeks=4)).date().isoformat()
    hub.act(reference, "decide", "mona", **early_help, fallback=True, review_on=day)
    decision = next(one for one in record(hub, reference) if one.kind is Kind.DECISION)
    assert (decision.get("fallback"), decision.get("review_on")) == (True, day)


def test_a_worry_is_logged_with_whom_it_was_talked_over_or_why_it_is_not_sent_on(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    logged = {"concerns": "weight", "words": "has lost weight since the spring"}
    assert refused(hub, reference, "log-concern", "hv", **logged) == {"concern-without-referral"}

    hub.act(reference, "log-concern", "hv", **logged, shared_with="tara")
    hub.act(reference, "log-concern", "hv", **logged, reason="weighed again next week")
    hub.act(reference, "log-concern", "hv", **logged, anyway="the worker rings tomorrow")
    told = [one for one in record(hub, reference) if one.kind is Kind.CONCERN]
    assert [sorted(one.data.keys() - {"words", "id"}) for one in told] == [
        ["concerns", "referred", "shared_with"],
        ["concerns", "reason", "referred"],
        ["concerns", "referred"],
    ]


def test_an_adult_of_the_family_is_asked_about_by_name(hub: Hub) -> None:
    reference = hub.refer(**MOTHER)
    hub.act(reference, "begin-triage", "tara")
    who = mother(hub, reference)
    hub.act(reference, "ask", "tara", of="pc", person=who)
    hub.act(reference, "record-household", "tara", what="new_partner", person=who)

    assert [one.get("person") for one in record(hub, reference) if one.kind in {Kind.CHECK, Kind.HOUSEHOLD}] == [
        who,
        who,
    ]


@pytest.mark.parametrize(
    ("verb", "args"),
    [
        ("ask", {"of": "pc", "person": "nobody"}),
        ("spoke-to", {"person": "nobody"}),
        ("record-household", {"what": "joined", "person": "nobody"}),
        ("record-incident", {"what": "other", "involving": "nobody"}),
        ("log-concern", {"concerns": "weight", "words": "thinner", "shared_with": "nobody"}),
    ],
)
def test_nobody_unknown_is_put_on_the_record(hub: Hub, verb: str, args: dict[str, str]) -> None:
    reference = hub.refer()
    before = record(hub, reference)

    with pytest.raises(BadCommandError, match="nobody"):
        hub.act(reference, verb, "tara", **args)
    assert record(hub, reference) == before
