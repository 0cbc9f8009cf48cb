"""The clock that runs when no other does, so that no open referral waits unseen."""

from collections.abc import Iterator

from models.facts import Case
from models.vocabulary import Stage
from workflow.rule import Clock, Running, Terms


def owner_acts(others: tuple[Clock, ...]) -> Clock:
    """Make the fall-back of these clocks. It runs in the live record only, from the last thing that happened."""

    def judge(case: Case, terms: Terms) -> Iterator[Running]:
        if not case.family.live or not case.record or not case.is_open:
            return
        if any(True for clock in others for _ in clock.judge(case, terms)):
            return
        last = case.record[-1]
        due = terms.due(last.at, "plan_next_step" if case.plan is not None else "step_waits")
        yield Running("owner", last.at, due, says="Nothing has happened, and no other clock runs.")

    return Clock(
        id="owner-act",
        stage=Stage.FRONT_DOOR,
        says="An open referral on which no other clock runs is looked at by its owner within days.",
        source="SCR Matt 5.15, 6.1.19: three months in which everybody thought that somebody else acted",
        mend="the owner, with whatever comes next",
        judge=judge,
    )
