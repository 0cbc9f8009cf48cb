"""How referrals go, from the call to the signature: the outcomes of a year in England, told as what people do and when."""

from datetime import timedelta
from typing import Any, Final

from models.vocabulary import State
from tools.practice import Steps
from tools.practice_child import HISTORY, Child, read, tool, views, visit

FACTORS: Final = frozenset({"mental_health", "alcohol_misuse", "domestic_abuse"})
MIX: Final[tuple[tuple[str, float], ...]] = (
    ("no_further_action", 6.5),
    ("early_help", 5.0),
    ("not_in_need", 31.0),
    ("child_in_need", 21.5),
    ("enquiry_nothing_found", 13.0),
    ("enquiry_child_in_need", 12.0),
    ("conference", 11.0),
)
"""Children in need statistics, year ending March 2025: 6.5% no further action, 31% assessed and not in need, 36% an
enquiry, 11% a conference. Early help and the rest of the plans are what is left, shared out as a guess."""


def minutes(low: int, high: int, child: Child) -> timedelta:
    """Return how long something took, a little longer where people are late."""
    took = child.world.chance.uniform(low, high) * (1 + (child.world.chance.random() < child.late))
    return timedelta(minutes=took)


def journey(child: Child, outcome: str) -> Steps:
    """Go the whole way."""
    enquiry = outcome.startswith("enquiry") or outcome == "conference"
    yield from front_door(child, urgent=enquiry)
    known = {"no_further_action": "not_found", "early_help": "confirmed"}.get(outcome, "unknown")
    answers = ",".join(f"{code}:{known}" for code in child.concerns)
    if enquiry:
        yield from protected(child, outcome)
        return
    if outcome == "no_further_action":
        child.do(
            "decide", child.manager, outcome=outcome, reason="checked; the school goes on watching", answers=answers
        )
        yield from closed(child)
        return
    if outcome == "early_help":
        yield from helped_early(child, answers)
        return
    child.do("decide", child.manager, outcome="assessment", reason="a fuller look is needed", answers=answers)
    yield from assessed(child, "child_in_need" if outcome == "child_in_need" else "no_further_action")


def front_door(child: Child, *, urgent: bool) -> Steps:
    """Take it on, grade it, ask, listen, look it up, and put it before a manager: within the day."""
    yield minutes(5, 20, child) if urgent else minutes(10, 60, child)
    child.do("begin-triage", child.worker)
    grade = "red" if urgent else "amber"
    child.do("grade", child.worker, grade=grade, reason="by the hub's guide")
    child.do("ask", child.worker, of="pc,hv")
    if child.attachments:
        child.do("review-evidence", child.worker)
    yield minutes(5, 20, child) if urgent else minutes(10, 60, child)
    child.do("spoke-to", child.worker, person=child.referrer, account="consistent")
    for carer in child.carers:
        child.do("spoke-to", child.worker, person=carer, account="consistent")
    child.do("check-history", child.worker, scope=HISTORY)
    yield minutes(10, 45, child) if urgent else minutes(30, 120, child)
    for who in ("pc", "hv"):
        child.do("reply", who, words="what we hold, sent within the hour")
    child.do("read-chronology", child.worker, noted="earlier contacts read")
    child.do("put-for-decision", child.worker)
    yield minutes(5, 30, child)
    child.do("read-chronology", child.manager, noted="read before deciding")


def given(child: Child) -> None:
    """Give the case to a worker of a team, whose manager it has from now on."""
    team, child.manager = child.world.chance.choice([("north", "tess"), ("south", "theo")])
    child.worker = f"{team}{child.world.chance.randrange(12)}"
    child.do("allocate", child.manager, to=child.worker)


def assessed(child: Child, outcome: str) -> Steps:
    """Assess within the forty-five days: three visits and more, everybody heard."""
    yield minutes(30, 240, child)
    given(child)
    yield timedelta(days=2)
    visit(child, {})
    for carer in child.carers:
        child.do("spoke-to", child.worker, person=carer, account="consistent")
    yield timedelta(days=9)
    visit(child, {}, announced=True)
    tool(child, {"what": "graded_care_profile"})
    if "domestic_abuse" in child.concerns:
        tool(child, {"what": "dash"})
    yield timedelta(days=11)
    visit(child, {})
    tool(child, {"what": "lived_experience"})
    yield timedelta(days=child.world.chance.randrange(3, 12))
    views(child, {})
    found = "confirmed" if outcome == "child_in_need" else "not_found"
    said: dict[str, Any] = {
        "visits": 3,
        "unannounced_visits": 2,
        "child_seen": True,
        "child_seen_alone": True,
        "parents_seen_separately": True,
        "hypotheses": 2,
        "family_network": True,
        "factors_resolved": ",".join(f"{code}:confirmed" for code in child.concerns if code in FACTORS),
        "answers": ",".join(f"{code}:{found}" for code in child.concerns if code not in FACTORS),
    }
    yield timedelta(hours=5)
    child.do("complete-assessment", child.manager, outcome=outcome, reason="written up with everybody's view", **said)
    if child.state == State.CHILD_IN_NEED.value:
        yield from planned(child)
    else:
        yield from closed(child)


def planned(child: Child) -> Steps:
    """Work a plan for about four months: visits every fortnight or so, meetings as the list asks for them."""
    yield timedelta(days=1)
    due = (child.world.now + timedelta(weeks=16)).date().isoformat()
    child.do("start-plan", child.worker, covers=",".join(child.concerns), outcomes="home_kept", due=due)
    for turn in range(8):
        yield timedelta(days=14)
        visit(child, {}, announced=turn % 2 == 1)
    tool(child, {"what": "graded_care_profile"})
    child.do("record-outcome", child.worker, outcome="home_kept", status="met", evidence="four unannounced visits")
    yield timedelta(days=1)
    child.do("propose-closure", child.worker, reason_code="needs_met", summary="the plan has done its work")
    yield from closed(child)


def protected(child: Child, outcome: str) -> Steps:
    """Talk it over within hours, enquire, and go where the enquiry leads."""
    at = child.world.now + timedelta(hours=3)
    child.do("call-strategy", child.worker, at=at.isoformat(), reason="likely significant harm")
    child.do("record-safety-plan", child.worker, words="stays with the grandmother until the enquiry knows more")
    yield timedelta(hours=3)
    people = ",".join(sorted({"desk_sw", "pc", "hv", child.referrer, child.manager}))
    said = {"decision": "section47_joint", "rationale": "reasonable cause", "offence_considered": True}
    child.do("hold-strategy", "tess", attended=people, interim_safety_plan=True, **said)
    yield minutes(10, 60, child)
    given(child)
    yield timedelta(hours=3)
    visit(child, {})
    for carer in child.carers:
        child.do("spoke-to", child.worker, person=carer, account="consistent")
    if {"injury", "physical_abuse"} & set(child.concerns):
        finding = "non_accidental" if outcome == "conference" else "explained"
        child.do("record-medical", child.worker, what="child_protection_medical", finding=finding)
    yield timedelta(days=6)
    visit(child, {})
    views(child, {})
    yield timedelta(days=1)
    if outcome == "conference":
        child.do("conclude-enquiry", child.manager, outcome="conference", then="conference", reason="continuing risk")
        calmer(child)
        yield from conferred(child)
        return
    nothing = outcome == "enquiry_nothing_found"
    found, then = ("not_substantiated", "closure") if nothing else ("no_continuing_risk", "child_in_need")
    child.do("second-sign", child.other_manager)
    evidence = bool({"injury", "physical_abuse"} & set(child.concerns))
    child.do(
        "conclude-enquiry", child.manager, outcome=found, then=then, reason="enquired, and everybody heard",
        medical_evidence=evidence,
    )  # fmt: skip
    calmer(child)
    yield from closed(child) if nothing else planned(child)


def calmer(child: Child) -> None:
    """Lower the colour, two together, once the child is safe and the enquiry nearly done."""
    child.do("grade", child.worker, grade="amber", reason="safe, and seen twice")
    if child.case().grade == "red":
        child.do("agree-grade", child.manager)


def conferred(child: Child) -> Steps:
    """Confer within fifteen working days, plan, meet, and review after three months."""
    yield timedelta(days=9)
    said: dict[str, Any] = {"attended": ",".join(child.everybody("pc", "hv")), "reason": "likely significant harm"}
    child.do("hold-conference", child.manager, outcome="child_protection_plan", category="neglect", **said)
    due = (child.world.now + timedelta(weeks=26)).date().isoformat()
    child.do("start-plan", child.worker, covers=",".join(child.concerns), outcomes="fed_and_warm", due=due)
    yield timedelta(days=6)
    people = ",".join(child.everybody())
    child.do("hold-meeting", child.worker, which="core_group", attended=people, invited=people)
    for turn in range(7):
        yield timedelta(days=10)
        visit(child, {}, announced=turn % 2 == 1)
        if turn in {2, 5}:
            child.do("hold-meeting", child.worker, which="core_group", attended=people, invited=people)
    child.do("record-outcome", child.worker, outcome="fed_and_warm", status="met", evidence="seven visits")
    views(child, {})
    said = {"attended": ",".join(child.everybody("pc", "hv")), "reason": "the risk has gone down"}
    yield timedelta(days=3)
    child.do("hold-conference", child.manager, which="review", outcome="child_in_need_plan", **said)
    yield from planned(child)


def helped_early(child: Child, answers: str) -> Steps:
    """Offer it to early help, who answer, meet the family, and take over."""
    review = (child.world.now + timedelta(days=21)).date().isoformat()
    child.do(
        "decide", child.manager, outcome="early_help", reason="the family wants help at home", answers=answers,
        lead="ella", discussed_with=f"ella,{child.referrer}", fallback=True, review_on=review,
    )  # fmt: skip
    yield timedelta(days=1)
    child.do("accept", "ella", lead="ella")
    child.do("record-consent", "ella", consent="given")
    yield timedelta(days=3)
    child.do("make-first-contact", "ella")
    yield from closed(child)


def closed(child: Child) -> Steps:
    """Wait for everybody's view, and have it signed by somebody who neither wrote nor holds it."""
    for _ in range(12):
        yield timedelta(days=1)
        if child.state != State.CLOSURE_PROPOSED.value:
            break
        case = child.case()
        if all(who.id in case.views for who in case.views_due):
            break
    child.manager = child.world.manager_besides(child.manager, child.worker)
    read(child, {})
    child.do("sign-off", child.manager)
