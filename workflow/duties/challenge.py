"""Duties of the challenge: the one whose turn it is hears of it, and what is not settled climbs. Live record only."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.facts import Case
from models.vocabulary import Kind, Role, Stage
from workflow.ladder import rung, rung_due
from workflow.questions import after, current, mark
from workflow.rule import Duty, Ought, Terms

_ANSWERS: Final[dict[str, Role | None]] = {"practitioners": None, "line_managers": Role.TEAM_MANAGER}


def rungs_told(case: Case, terms: Terms, now: datetime) -> Iterator[Ought]:
    """A rung that has had its time is climbed by the system; a message goes to whoever answers on the new one."""
    if not case.family.live:
        return
    ladder = terms.policy.words("challenge.ladder")
    for raised in case.open_challenges:
        stage, since = rung(case, raised, terms)
        due = rung_due(case, raised, terms)
        key = f"challenge:{mark(raised)}:{stage}"
        role = _ANSWERS.get(ladder[stage - 1], Role.HEAD_OF_SERVICE)
        first = since == raised.at
        template = "challenge_raised" if first else "challenge_climbed"
        yield Ought(key, "Answer a professional disagreement.", template, to_role=role, task=True, due=due)
        if now >= due and stage < len(ladder) and raised is case.open_challenges[-1]:
            yield Ought(f"{key}:climb", "Take it to the next rung.", "challenge_climbed", verb="climb-challenge")


TOLD: Final = Duty(
    id="open-challenge-told",
    stage=Stage.CHALLENGE,
    says="Whoever answers on a rung hears of the disagreement at once, and what is not settled in time climbs by itself.",
    source="SCR Matt 5.35, 6.5.2, 7.1.8; Rec 6",
    mend="a manager, with `settle-challenge`",
    ordinary=True,
    judge=rungs_told,
)


def settlements_told(case: Case, _terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Whoever raised a disagreement is told how it ended, and whoever asked is told who holds the case."""
    if not case.family.live:
        return
    for raised in current(case):
        if raised.kind is not Kind.DISAGREEMENT or raised.get("status") != "raised" or not raised.by:
            continue
        for event in after(case, raised, Kind.DISAGREEMENT):
            if event.get("with") == raised.get("with") and event.get("status") == "resolved":
                key = f"settled:{mark(event)}"
                yield Ought(key, "Your challenge has been answered.", "challenge_settled", to=(raised.by,))
                break
    for asked in current(case):
        if asked.kind is Kind.INFORMATION_REQUEST and asked.by and asked.get("answered"):
            yield Ought(f"holder:{mark(asked)}", "This is who holds the case.", "case_holder", to=(asked.by,))


ANSWERED: Final = Duty(
    id="answers-reach-who-asked",
    stage=Stage.CHALLENGE,
    says="Whoever raised a disagreement, or asked who holds the case, gets the answer.",
    source="SCR Matt 5.35, 6.5.2; Rec 6",
    mend="the engine, by itself",
    ordinary=True,
    judge=settlements_told,
)

DUTIES: Final[tuple[Duty, ...]] = (TOLD, ANSWERED)
