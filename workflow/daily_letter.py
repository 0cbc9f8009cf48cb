"""What is not urgent waits for the day's letter: which messages may wait, until when, and what becomes of them meanwhile.

Red interrupts. So does whatever a letter would bring too late, and what people were promised at once: a receipt, an
invitation, an outcome, a breach, a challenge.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Connection, select, update

from config.clock import LONDON
from models.tables.post import MessageRow
from models.vocabulary import Grade
from workflow import rulebook
from workflow.engine import Loaded
from workflow.rule import Terms

HELD: Final = ""
"""In the column `letter`: held for the day's letter, and in none yet."""
ASKS: Final = frozenset(
    {
        "task",
        "view_wanted",
        "view_chased",
        "offer",
        "offer_declined",
        "clock_warned",
        "sign_off_wanted",
        "second_signature_wanted",
        "repeat_request",
        "woken",
    }
)
"""Messages that may wait and that ask for something: once it is done, nobody is asked any more."""
CAN_WAIT: Final = ASKS | {"closed", "network"}
"""Every message that may wait."""
PROMISED: Final = frozenset({"tell-referrer-outcome"})
"""Rules whose word was promised at once, though the same word from another rule may wait: a referrer hears of the end."""
_DAY: Final = timedelta(days=1)
_LAST_HOUR: Final = 23

_held = (MessageRow.status == "pending") & (MessageRow.letter == HELD) & (MessageRow.attempts == 0)


def held_until(
    loaded: Loaded, template: str, due: datetime | None, now: datetime, *, rule: str = "", told_before: bool = False
) -> datetime | None:
    """Return the moment of the letter that a message can wait for, or None where it goes at once.

    What has been `told_before`, word for word, may wait whatever it is: it is repeated day by day until it is answered.
    """
    if (template not in CAN_WAIT or rule in PROMISED) and not told_before:
        return None
    letter = next_letter(loaded.terms, now)
    if due is not None and loaded.terms.due(letter, "daily_letter.notice") > due:
        return None
    return None if red(loaded, now) else letter


def next_letter(terms: Terms, now: datetime) -> datetime:
    """Return when the next letter goes: at the policy's hour on a day on which the hub works."""
    at = time(min(max(int(terms.policy.number("daily_letter.hour")), 0), _LAST_HOUR))
    day = now.astimezone(LONDON).date()
    while not terms.calendar.is_working_day(day) or datetime.combine(day, at, LONDON) <= now:
        day += _DAY
    return datetime.combine(day, at, LONDON)


def red(loaded: Loaded, now: datetime) -> bool:
    """Tell whether an open referral is red, or would have to be if somebody graded it now."""
    if not loaded.case.is_open:
        return False
    if loaded.row["grade"] == Grade.RED.code:
        return True
    return rulebook.floor(loaded.case, loaded.terms, now)[0] is Grade.RED


def tidy(connection: Connection, loaded: Loaded, answered: Callable[[str, str], bool], now: datetime) -> None:
    """Go through what is held: what the facts have answered is not sent, and of a referral that is red all goes now."""
    number = loaded.row["id"]
    query = select(MessageRow.id, MessageRow.key, MessageRow.rule, MessageRow.template)
    held = connection.execute(query.where(MessageRow.referral_id == number, _held)).all()
    if not held:
        return
    over = {row.id for row in held if row.template in ASKS and answered(row.key, row.rule)}
    _set(connection, over, status="answered")
    if red(loaded, now):
        _set(connection, {row.id for row in held} - over, letter=None, next_at=now)


def _set(connection: Connection, ids: set[int], **values: Any) -> None:
    if ids:
        connection.execute(update(MessageRow).where(MessageRow.id.in_(sorted(ids)), _held).values(**values))
