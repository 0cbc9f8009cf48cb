"""How long before a strategy discussion somebody knew of it: whether there was time to come, to ring in or to write. Pure."""

from datetime import datetime

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind
from workflow.questions import after
from workflow.rule import Terms


def told_at(case: Case, who: str) -> tuple[datetime, datetime] | None:
    """Return when somebody was told of the meeting last called, and when it is to be; None where no call is on record.

    Whoever was never invited could have been from the call on.
    """
    calls = [event for event in case.of(Kind.STRATEGY_DISCUSSION) if event.get("requested")]
    made = [event for event in calls if not event.get("moved")]
    if not made or not calls[-1].get("starts"):
        return None
    invited = [event.at for event in after(case, made[-1], Kind.INVITED) if who in event.codes("who")]
    return min(invited, default=made[-1].at), datetime.fromisoformat(calls[-1].get("starts"))


def too_short(case: Case, who: str, at: datetime, terms: Terms) -> bool:
    """Tell whether shortness of time excuses somebody from a meeting held at a moment.

    It is held when it was to be, or before; the record of it may come later. A story without a call is believed.
    """
    told = told_at(case, who)
    return told is None or terms.due(told[0], "strategy.notice") > min(told[1], at)


def excused_in_time(case: Case, event: Event, terms: Terms) -> set[str]:
    """Return whom an excuse that the policy knows lets a meeting go ahead without."""
    codes = terms.policy.words("strategy.excuse_codes")
    given = event.get("excused") or {}
    return {who for who, code in given.items() if code in codes and too_short(case, who, event.at, terms)}
