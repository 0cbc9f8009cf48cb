"""Duties of the handshake with early help: the offer arrives, a refusal goes back, asking again is noticed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Role, Stage
from workflow.handshake import handshake
from workflow.questions import awaiting, listed, mark
from workflow.rule import Duty, Ought, Terms


def offered(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Early help learns of an offer at once; a story says so with its answer or its clock."""
    now = handshake(case)
    if case.family.live and case.is_open and now.open and now.offer and not (now.accepted or now.declined):
        yield Ought(
            key=f"offer:{mark(now.offer)}",
            says="Accept this family, or decline it and say why.",
            template="offer",
            to_role=Role.EARLY_HELP_COORDINATOR,
            task=True,
            due=terms.due(now.offer.at, "early_help_accept"),
        )


OFFER: Final = Duty(
    id="offer-reaches-early-help",
    stage=Stage.STEP_DOWN,
    says="An offer to early help reaches the coordinator the moment it is made.",
    source="SCR Matt 7.1.5; Rec 5",
    mend="early help, with `accept` or `decline`",
    ordinary=True,
    judge=offered,
)


def refusals(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """A refusal is answered by a fresh decision on the child, not by the next closure."""
    now = handshake(case)
    declined = now.declined
    if declined is None or now.decided is not None or not case.is_open:
        return
    stepping_down = any(event.kind is Kind.STEP_DOWN for event in case.chapter) or case.plan is not None
    reason = listed([declined.get("reason_code") or "no reason given"])
    due = terms.due(declined.at, "decline_answered")
    yield Ought(
        key=f"declined:{mark(declined)}",
        says=f"Decide again: early help has declined this family ({reason}).",
        template="offer_declined",
        to_role=Role.TEAM_MANAGER if stepping_down else Role.MASH_MANAGER,
        task=True,
        due=due,
        act_by=due,
        silent=False,
        loose=declined.loose,
    )


REFUSAL: Final = Duty(
    id="refusal-reopens-step-down",
    stage=Stage.STEP_DOWN,
    says="When early help declines, the decision goes back to whoever made it, that others are involved being no answer.",
    source="SCR Matt 5.3, 6.1.26, 7.1.5; Rec 5",
    mend="the manager, with `decide`, `offer-step-down` or another plan",
    judge=refusals,
)


def repeated(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Counted until early help has begun, over episodes and closures, within the window of a re-referral."""
    enough = terms.policy.number("early_help_repeat")
    asked: list[Event] = []
    found: list[Ought] = []
    lately = {id(event) for event, _ in awaiting(case, terms, "decision_and_ack", Kind.EARLY_HELP)}
    for event in case.of(Kind.EARLY_HELP):
        if event.get("status") in {"started", "accepted"}:
            asked, found = ([] if event.get("status") == "started" else asked), []
        elif event.get("status") == "requested":
            asked = [one for one in asked if terms.due(one.at, "rereferral_window") >= event.at] + [event]
            if len(asked) >= enough and id(event) in lately:
                ought = Ought(
                    key=f"repeat:{mark(event)}",
                    says=f"Look at it yourself: early help is asked for time {len(asked)} and has not begun.",
                    template="repeat_request",
                    to_role=Role.MASH_MANAGER,
                    task=True,
                    due=terms.due(event.at, "decision_and_ack"),
                    act_by=event.at,
                    silent=False,
                    loose=event.loose,
                )
                found.append(ought)
    if case.is_open or not case.family.live:
        yield from found


REPEATED: Final = Duty(
    id="repeat-early-help-request-escalates",
    stage=Stage.STEP_DOWN,
    says="When early help is asked for again and has never begun, a manager looks at the case before it is passed on.",
    source="SCR Matt 5.6, 6.1.6, 7.1.5",
    mend="the manager, with `decide` and another outcome",
    judge=repeated,
)

DUTIES: Final[tuple[Duty, ...]] = (OFFER, REFUSAL, REPEATED)
