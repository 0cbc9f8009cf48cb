"""Keeping a referral's clocks: which run, which stopped, and when the next of them sounds."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from models.facts import Case
from models.tables.work import ClockRow
from models.vocabulary import Stage
from workflow import rulebook
from workflow.rule import Running, Terms

LEVELS: Final = ("", "warned", "breached", "climbed")

_clocks = select(ClockRow.__table__).where(ClockRow.referral_id == bindparam("id"))
_start = insert(ClockRow)
_stop = delete(ClockRow).where(
    ClockRow.referral_id == bindparam("which"),
    ClockRow.rule == bindparam("the_rule"),
    ClockRow.subject == bindparam("the_subject"),
)
_turn = (
    update(ClockRow)
    .where(
        ClockRow.referral_id == bindparam("which"),
        ClockRow.rule == bindparam("the_rule"),
        ClockRow.subject == bindparam("the_subject"),
    )
    .values(
        warn_at=bindparam("new_warn_at"),
        due_at=bindparam("new_due_at"),
        next_at=bindparam("new_next_at"),
        sounded=bindparam("new_sounded"),
    )
)


def running(case: Case, terms: Terms) -> Iterator[tuple[str, Running]]:
    """Yield every clock that runs on a case, with the id of its rule. Of two with one subject, what is due first."""
    runs = False
    for clock in rulebook.CLOCKS:
        if runs and clock is rulebook.FALLBACK:
            return  # It would ask all the others again, to find out what is known here.
        by_subject: dict[str, Running] = {}
        for tick in clock.judge(case, terms):
            first = by_subject.get(tick.subject)
            by_subject[tick.subject] = tick if first is None or tick.due < first.due else first
        for tick in by_subject.values():
            runs = True
            yield clock.id, tick


def next_alarm(warn: datetime | None, due: datetime, sounded: str, terms: Terms) -> datetime:
    """Return when a clock sounds next: warning, breach, the climb after it, and then day by day until answered."""
    if sounded == "" and warn is not None:
        return warn
    if sounded in {"", "warned"}:
        return due
    return terms.due(due, "climb.head_of_service")


def after(now: datetime, sounded_at: datetime, terms: Terms) -> datetime:
    """Return when a clock that climbs sounds again: as often as it should have, and what was slept through not at all."""
    following = terms.due(sounded_at, "climb.head_of_service")
    return following if following > now else terms.due(now, "climb.head_of_service")


def keep(
    connection: Connection, referral_id: int, case: Case, terms: Terms, *, closed: bool = False
) -> tuple[datetime | None, datetime | None]:
    """Bring the stored clocks in line with the facts. Returns the earliest deadline and the next alarm."""
    stored = {(row.rule, row.subject): row for row in connection.execute(_clocks, {"id": referral_id})}
    dues: list[datetime] = []
    alarms: list[datetime] = []
    started: list[dict[str, Any]] = []
    for rule, tick in () if closed else running(case, terms):
        row = stored.pop((rule, tick.subject), None)
        # A warning that comes too late to be one, because an authority's two values say so, is left out.
        warn = tick.warn if tick.warn is not None and tick.warn < tick.due else None
        sounded = row.sounded if row is not None and row.due_at == tick.due else ""
        alarm = row.next_at if row is not None and sounded else next_alarm(warn, tick.due, sounded, terms)
        dues.append(tick.due)
        alarms.append(alarm)
        if row is None:
            started.append(
                {
                    "referral_id": referral_id,
                    "rule": rule,
                    "subject": tick.subject,
                    "started_at": tick.started,
                    "warn_at": warn,
                    "due_at": tick.due,
                    "next_at": alarm,
                    "sounded": "",
                }
            )
        elif (row.warn_at, row.due_at) != (warn, tick.due):
            turn(connection, row, warn=warn, due=tick.due, next_at=alarm, sounded=sounded)
    for rule, subject in stored:
        connection.execute(_stop, {"which": referral_id, "the_rule": rule, "the_subject": subject})
    if started:
        connection.execute(_start, started)
    return min(dues, default=None), min(alarms, default=None)


def running_in(connection: Connection, stage: Stage) -> list[int]:
    """Return the referrals on which a clock of this stage runs."""
    rules = [clock.id for clock in rulebook.CLOCKS if clock.stage is stage]
    query = select(ClockRow.referral_id).where(ClockRow.rule.in_(rules)).distinct().order_by(ClockRow.referral_id)
    return list(connection.execute(query).scalars())


def turn(
    connection: Connection, row: Any, *, warn: datetime | None, due: datetime, next_at: datetime, sounded: str
) -> None:
    """Write a clock's new moments and level."""
    connection.execute(
        _turn,
        {
            "which": row.referral_id,
            "the_rule": row.rule,
            "the_subject": row.subject,
            "new_warn_at": warn,
            "new_due_at": due,
            "new_next_at": next_at,
            "new_sounded": sounded,
        },
    )


def level_at(clock: Any, now: datetime) -> str:
    """Return the level at which a clock sounds now: a step that was slept through is not told late, the next one is."""
    if now < clock.due_at:
        return "warned"
    if clock.sounded in {"breached", "climbed"}:
        return "climbed"
    return "breached"
