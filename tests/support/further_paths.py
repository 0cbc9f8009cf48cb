"""Paths to the stages further on: early help, the enquiry, the conference, the protection plan, the step-down."""

from datetime import timedelta

from tests.support import paths
from tests.support.hub import Hub

EVERYBODY = "sam,desk_sw,pc,hv,dsl"


def to_deferred(hub: Hub, **refer: object) -> str:
    """Go as far as a decision that is put off for three weeks."""
    reference = paths.to_decision(hub, **refer)
    until = (hub.now + timedelta(days=21)).date().isoformat()
    hub.act(reference, "decide", "mona", outcome="deferred", reason="the scan comes first", until=until)
    return reference


def to_early_help_offered(hub: Hub, **refer: object) -> str:
    """Go as far as an offer to early help, straight from the front door."""
    reference = paths.to_decision(hub, **refer)
    hub.act(
        reference,
        "decide",
        "mona",
        outcome="early_help",
        reason="the family wants help at home",
        answers="neglect:not_found",
        lead="ella",
        discussed_with="ella",
        fallback=True,
        review_on=(hub.now + timedelta(days=21)).date().isoformat(),
    )
    return reference


def to_section_47(hub: Hub, **refer: object) -> str:
    """Go as far as a section 47 enquiry, in a social worker's hands."""
    reference = paths.to_strategy(hub, **refer)
    hub.look(reference)
    hub.act(
        reference,
        "hold-strategy",
        "tess",
        attended=EVERYBODY,
        decision="section47_joint",
        rationale="likely to suffer significant harm",
        offence_considered=True,
        interim_safety_plan=True,
    )
    hub.act(reference, "allocate", "tess", to="sam")
    return reference


def to_conference(hub: Hub, **refer: object) -> str:
    """Go as far as a conference that has been decided on."""
    reference = to_section_47(hub, **refer)
    hub.wait(days=2)
    see(hub, reference)
    paths.agree_all(hub, reference)
    hub.act(reference, "conclude-enquiry", "tess", outcome="conference", then="conference", reason="at risk of harm")
    return reference


def to_child_protection(hub: Hub, **refer: object) -> str:
    """Go as far as a child protection plan with one outcome, and its first core group."""
    reference = to_conference(hub, **refer)
    hub.wait(days=5)
    hub.act(
        reference,
        "hold-conference",
        "tess",
        attended=EVERYBODY,
        outcome="child_protection_plan",
        category="neglect",
        reason="likely to suffer significant harm",
    )
    start_plan(hub, reference, "fed_and_warm")
    hub.wait(days=5)
    hub.act(reference, "hold-meeting", "sam", which="core_group", attended=EVERYBODY, invited=EVERYBODY)
    return reference


def to_step_down_offered(hub: Hub, **refer: object) -> str:
    """Go as far as an offer to early help at the end of a child in need plan."""
    return offer_step_down(hub, paths.to_child_in_need(hub, **refer), "home_kept")


def offer_step_down(hub: Hub, reference: str, outcome: str) -> str:
    """Let a child in need plan do its work, and offer the case to early help."""
    paths.improve(hub, reference)
    hub.act(reference, "record-tool", "sam", what="graded_care_profile", result=paths.BETTER)
    hub.act(reference, "record-outcome", "sam", outcome=outcome, status="met", evidence="three unannounced visits")
    paths.agree_all(hub, reference)
    hub.act(reference, "offer-step-down", "tess", reason="lower need now")
    return reference


def start_plan(hub: Hub, reference: str, outcome: str) -> None:
    """Start whatever plan the referral stands at."""
    due = (hub.now + timedelta(weeks=20)).date().isoformat()
    hub.act(reference, "start-plan", "sam", covers="neglect", outcomes=outcome, due=due)


def see(hub: Hub, reference: str) -> None:
    """Visit without a word beforehand, and see the child alone."""
    seen = {"announced": False, "child_seen": True, "child_seen_alone": True, "sleep_space_seen": True}
    hub.act(reference, "record-visit", "sam", access="granted", conditions="adequate", **seen)


def sign(hub: Hub, reference: str, manager: str = "tess", *also: str) -> str:
    """Have everybody say what they think of a closure, tell who referred, read the chronology, and sign."""
    paths.agree_all(hub, reference, *also)
    hub.act(reference, "record-told", "sam", who="dsl", words="rang, and said why")
    hub.act(reference, "read-chronology", manager, noted="read to the end")
    return str(hub.act(reference, "sign-off", manager).now)
