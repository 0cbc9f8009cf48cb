"""Gates of step-down: nothing leaves social care until early help has taken hold of it."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import AgencyKind, Kind, Stage
from workflow.gates import step_down_sustained
from workflow.handshake import NOT_BEGUN, handshake, missing
from workflow.questions import listed, most, professional, raised_by_nobody, voiceless
from workflow.rule import Finding, Gate, Terms

_LEAVES_TO_EARLY_HELP: Final = frozenset({"stepped_down", "early_help_after_assessment"})


def taken_over(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Accepted, agreed to by the family, and begun. A refusal sends the case back to whoever decides.

    In a story, a first contact that is still to come is warned of; the live engine waits for it.
    """
    now = handshake(case)
    if event.kind is Kind.EARLY_HELP:
        if event.get("status") != "started":
            return
        consent = event.get("consent") or now.consent
        lacks = [] if now.accepted or now.offer is None or begins_itself(case, event) else missing(now)[:1]
        if now.offer is None and not begins_itself(case, event):
            lacks = ["early help was not asked and has not accepted"]
        if consent != "given" and not now.declined:
            lacks.append("the family has refused" if consent == "refused" else "the family's consent is not recorded")
    elif case_leaves_to_early_help(case, event) or now.open:
        lacks = missing(now)
    else:
        return
    if lacks:
        positive = now.declined is not None or "the family has refused" in lacks
        says = f"The case cannot pass to early help: {'; '.join(lacks)}."
        light = not case.family.live and lacks == [NOT_BEGUN]
        yield Finding(says, silent=not positive, loose=event.loose, light=light)


def begins_itself(case: Case, event: Event) -> bool:
    """Tell whether, in a story, whoever is to help has begun: nobody begins what they have not accepted."""
    who = professional(case, event.by)
    ours = who is not None and who.agency is not None and who.agency.kind is AgencyKind.EARLY_HELP
    return not case.family.live and event.by is not None and (ours or event.by == event.get("lead"))


def case_leaves_to_early_help(case: Case, event: Event) -> bool:
    """Tell whether a closure hands the case to early help. A step-down to universal services hands it to nobody."""
    if event.get("reason_code") not in _LEAVES_TO_EARLY_HELP:
        return False
    downs = [one for one in case.chapter if one.kind is Kind.STEP_DOWN]
    return not downs or downs[-1].get("to") == "early_help"


ACCEPTANCE: Final = Gate(
    id="step-down-acceptance-required",
    stage=Stage.STEP_DOWN,
    says="A case offered to early help stays open until early help has accepted, the family agrees, and it has begun.",
    source="SCR Matt 5.30, 6.1.26, 7.1.5; Rec 5",
    mend="early help, with `accept` and `make-first-contact`; the worker, with `record-consent`",
    on=frozenset({Kind.CLOSURE, Kind.EARLY_HELP}),
    closing=True,
    judge=taken_over,
)


def agencies_say(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """A view from everybody at work with the child; a disagreement is taken up, not noted."""
    if event.get("to") == "child_in_need":
        return
    views = event.get("views") or {}
    due = [who.id for who in case.views_due if who.id not in {event.by, event.get("manager")}]
    silent = tuple(voiceless(case, due, views))
    if silent:
        says = f"These people work with the child and gave no view on stepping down: {listed(silent)}."
        light = most(case, silent, due)
        yield Finding(says, silent, silent=event.get("views") != {}, loose=event.loose, light=light)
    alone = tuple(raised_by_nobody(case, event))
    if alone:
        yield Finding(f"A disagreement was voiced and not taken up: {listed(alone)}.", alone, loose=event.loose)


AGENCY_VIEWS: Final = Gate(
    id="step-down-agency-views",
    stage=Stage.STEP_DOWN,
    says="A step-down carries the view of every agency at work with the child, and silence is not a view.",
    source="SCR Matt 5.29, 6.1.26, 6.6.1",
    mend="each of them, with `give-view`; the worker, with `end-involvement`; who disagrees, with `challenge`",
    on=frozenset({Kind.STEP_DOWN}),
    judge=agencies_say,
)

GATES: Final[tuple[Gate, ...]] = (ACCEPTANCE, AGENCY_VIEWS, *step_down_sustained.GATES)
