"""What the engine does by itself: the duties that the facts call for, and the clocks whose moment has come.

Both are level-triggered and idempotent. They look at what should exist and create only what does not; natural keys
make a second look harmless. They are called by the flows, and by nothing else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select, update

from models.facts import Case
from models.tables.referral import ReferralRow
from models.tables.work import ClockRow, TaskRow
from models.vocabulary import Role, State
from workflow import answered, recipients, rulebook, store, timekeeping
from workflow.actions.act import SYSTEM
from workflow.daily_letter import held_until
from workflow.engine import Engine, Loaded
from workflow.errors import MashError
from workflow.messages import add_task, existing, message_args
from workflow.pressing import tell_of
from workflow.rule import Ought

CLOCK_TEMPLATE: Final = {"warned": "clock_warned", "breached": "clock_breached", "climbed": "clock_climbed"}


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """What one look at a referral led to."""

    messages: int = 0
    tasks: int = 0
    acts: int = 0
    clocks: int = 0

    def __add__(self, other: "Fulfilled") -> "Fulfilled":
        """Add two looks together."""
        return Fulfilled(
            self.messages + other.messages, self.tasks + other.tasks, self.acts + other.acts, self.clocks + other.clocks
        )


def look(engine: Engine, connection: Connection, number: int, now: datetime) -> Fulfilled:
    """Look at one referral, inside the caller's transaction: see that it has an owner, do its duties, sound its clocks.

    The referral is held meanwhile: two who look at once take turns, and the second finds nothing left to do.
    """
    row = store.referral(connection, number, to_change=True)
    done = _pass_on(engine, connection, row, now)
    done += fulfil(engine, connection, number, now)
    return done + sound(engine, connection, number, now)


def _pass_on(engine: Engine, connection: Connection, row: dict[str, Any], now: datetime) -> Fulfilled:
    """Give a case whose owner has left to the owner's manager: nothing open is without somebody who answers for it."""
    if row["state"] == State.CLOSED.value:
        return Fulfilled()
    to = recipients.successor(connection, row["authority"], row["owner_id"])
    if to is None:
        return Fulfilled()
    try:
        # A rule that only warns of the new holder is passed: somebody has to hold it, and is told so.
        given = {"to": to, "anyway": "the owner has left"}
        engine.act_within(connection, row["id"], "pass-on", SYSTEM, now, given)
    except MashError:
        return Fulfilled()  # Refused, it stays where it is, and its clocks climb past whoever has left.
    return Fulfilled(acts=1)


def fulfil(engine: Engine, connection: Connection, number: int, now: datetime) -> Fulfilled:
    """Do what the duties ask for and nobody has done."""
    loaded = engine.load(connection, number, now)
    total = Fulfilled()
    acted = False
    for _rule, ought in oughts(loaded.case, loaded, now):
        if ought.verb is not None:
            try:
                engine.act_within(connection, number, ought.verb, SYSTEM, now, dict(ought.args))
            except MashError:
                continue  # Somebody was quicker, or it is no longer called for: the next look decides again.
            total, acted = total + Fulfilled(acts=1), True
    if acted:
        loaded = engine.load(connection, number, now)
    have = existing(connection, number)
    wanted: set[str] = set()
    for rule, ought in oughts(loaded.case, loaded, now):
        if ought.verb is None:
            total += _create(connection, loaded, rule, ought, now, have, wanted)
    answered.close(connection, loaded, wanted, now)
    return total


def oughts(case: Case, loaded: Loaded, now: datetime) -> Iterator[tuple[str, Ought]]:
    """Yield what every duty in force asks for."""
    for duty in rulebook.DUTIES:
        if now.date() >= duty.since:
            for ought in duty.judge(case, loaded.terms, now):
                yield duty.id, ought


def _create(
    connection: Connection, loaded: Loaded, rule: str, ought: Ought, now: datetime, have: set[str], wanted: set[str]
) -> Fulfilled:
    row = loaded.row
    known = loaded.case.family.practitioners
    messages = tasks = 0
    for who in ought.to or (_whose_turn(connection, row, ought, have),):
        # A caller from the public has no account: what is owed to one, the owner sees to.
        there = who in known and known[who].agency is not None
        account = who if there or not ought.to else row["owner_id"]
        key = f"{row['id']}:{ought.key}:{account}"
        wanted.add(f"{key}:task")
        if ought.task and f"{key}:task" not in have:
            add_task(connection, row, f"{key}:task", rule, ought.says, account, now, ought.due)
            have.add(f"{key}:task")
            tasks += 1
        if key not in have:
            args = message_args(loaded, rule, ought.due, ought)
            held = held_until(loaded, ought.template, ought.due, now, rule=rule)
            tell_of(connection, loaded, key, rule, ought.template, account, args, now, held)
            have.add(key)
            messages += 1
    return Fulfilled(messages, tasks)


def _whose_turn(connection: Connection, row: dict[str, Any], ought: Ought, have: set[str]) -> str:
    """Return who was asked before, as long as they are there; otherwise whoever's turn it is now."""
    key = f"{row['id']}:{ought.key}:"
    asked = {one.removeprefix(key).removesuffix(":task") for one in have if one.startswith(key)}
    there = recipients.still_there(connection, {who for who in asked if ":" not in who})
    if there:
        return min(there)
    return recipients.in_role(connection, row["authority"], row["owner_id"], ought.to_role, ought.besides)


def sound(engine: Engine, connection: Connection, number: int, now: datetime) -> Fulfilled:
    """Sound the clocks whose moment has come: warn the owner, tell the manager of a breach, then the head of service."""
    row = store.referral(connection, number)
    if row["state"] == State.CLOSED.value:
        return Fulfilled()
    loaded = engine.load(connection, number, now)
    # What runs is looked at again as well: a rule may be new, or may have gone, since somebody last did something.
    due_at, _alarm = timekeeping.keep(connection, number, loaded.case, loaded.terms)
    due = connection.execute(
        select(ClockRow.__table__)
        .where(ClockRow.referral_id == number, ClockRow.next_at <= now)
        .order_by(ClockRow.due_at, ClockRow.rule, ClockRow.subject)
    ).all()
    have = existing(connection, number) if due else set()
    total = Fulfilled(clocks=len(due))
    for clock in due:
        total += _sound_one(connection, loaded, clock, now, have)
    _set_alarm(connection, row, due_at)
    return total


def _sound_one(connection: Connection, loaded: Loaded, clock: Any, now: datetime, have: set[str]) -> Fulfilled:
    row, terms = loaded.row, loaded.terms
    level = timekeeping.level_at(clock, now)
    climbs = {"warned": None, "breached": Role.TEAM_MANAGER, "climbed": Role.HEAD_OF_SERVICE}
    who = recipients.in_role(connection, row["authority"], row["owner_id"], climbs[level])
    again = f":{now.date().isoformat()}" if clock.sounded == "climbed" else ""
    # A clock may run again on the same subject, for the next contact or the next step: its deadline tells the two apart.
    first = f"{row['id']}:clock:{clock.rule}:{clock.subject}:{int(clock.due_at.timestamp())}:{level}"
    key = f"{first}{again}"
    following = (
        timekeeping.after(now, clock.next_at, terms)
        if level == "climbed"
        else timekeeping.next_alarm(clock.warn_at, clock.due_at, level, terms)
    )
    timekeeping.turn(connection, clock, warn=clock.warn_at, due=clock.due_at, next_at=following, sounded=level)
    if key in have:
        return Fulfilled()
    args = message_args(loaded, clock.rule, clock.due_at)
    held = held_until(loaded, CLOCK_TEMPLATE[level], None if again else clock.due_at, now, told_before=bool(again))
    tell_of(connection, loaded, key, clock.rule, CLOCK_TEMPLATE[level], who, args, now, held)
    if level == "warned" or _on_the_list(connection, row, first, who):
        return Fulfilled(messages=1)
    says = f"{store.reference(row['id'])} is late: {rulebook.BY_ID[clock.rule].says}"
    add_task(connection, row, f"{key}:task", clock.rule, says, who, now, None)
    return Fulfilled(messages=1, tasks=1)


def _on_the_list(connection: Connection, row: dict[str, Any], key: str, who: str) -> bool:
    """Tell whether somebody has the task already: what is still late the next day is the same thing to do."""
    query = select(TaskRow.id).where(
        TaskRow.referral_id == row["id"],
        TaskRow.account_id == who,
        TaskRow.done_at.is_(None),
        TaskRow.key.startswith(f"{key}:", autoescape=True),
    )
    return connection.execute(query.limit(1)).first() is not None


def _set_alarm(connection: Connection, row: dict[str, Any], due_at: datetime | None) -> None:
    alarms = connection.execute(select(ClockRow.next_at).where(ClockRow.referral_id == row["id"])).scalars()
    kept = {"due_at": due_at, "alarm_at": min(alarms)}
    if any(row[name] != value for name, value in kept.items()):
        connection.execute(update(ReferralRow).where(ReferralRow.id == row["id"]).values(kept))


def postpone(connection: Connection, number: int, until: datetime) -> None:
    """Let a referral that broke be looked at again a little later, and not at once and for ever."""
    held = update(ReferralRow).where(
        ReferralRow.id == number, ReferralRow.alarm_at < until, ReferralRow.closed_at.is_(None)
    )
    connection.execute(held.values(alarm_at=until))


def due_for_a_look(connection: Connection, now: datetime, limit: int) -> Iterable[int]:
    """Return open referrals whose next clock has come, the longest waiting first."""
    return (
        connection.execute(
            select(ReferralRow.id)
            .where(ReferralRow.alarm_at <= now, ReferralRow.closed_at.is_(None))
            .order_by(ReferralRow.alarm_at)
            .limit(limit)
        )
        .scalars()
        .all()
    )
