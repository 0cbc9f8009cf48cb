"""Ordinary practice, played on the real engine: a calendar of what people do, the engine's own looks, and the post."""

import heapq
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Any, Final

from sqlalchemy import select

from config.clock import LONDON
from models.tables.referral import ReferralRow
from models.tables.work import TaskRow
from notifications.letter import Letter, Outcome, Status
from notifications.post import Post
from tests.support.hub import Hub, open_hub
from workflow import listing, store
from workflow.agenda import Agenda
from workflow.calendar import WorkingCalendar
from workflow.errors import Refusal
from workflow.fulfil import Fulfilled, look
from workflow.posted import Posted

BEGIN: Final = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
OPENS, CLOSES = time(9), time(17)
MORNING: Final = time(9, 15)
TEAM: Final[tuple[tuple[str, str, str, str, str], ...]] = (
    *((f"triage{n}", "triage_worker", "triage_worker", "hub", "hub") for n in range(4)),
    *((f"north{n}", "social_worker", "social_worker", "csc", "north") for n in range(12)),
    *((f"south{n}", "social_worker", "social_worker", "csc", "south") for n in range(12)),
    *((f"hub_manager{n}", "mash_manager", "mash_manager", "hub", "hub") for n in range(2)),
    *((f"school{n}", "partner", "safeguarding_lead", "hillside", "") for n in range(8)),
    *((f"officer{n}", "partner", "police_officer", "police", "") for n in range(6)),
    *((f"visitor{n}", "partner", "health_visitor", "health", "") for n in range(6)),
)
"""Who works here besides the small hub of the tests: account, role, kind of work, agency, team."""

Steps = Iterator[timedelta]


@dataclass
class Counts:
    """What was counted, over all referrals."""

    refused: Counter[str] = field(default_factory=Counter)
    unmended: Counter[str] = field(default_factory=Counter)
    warned: Counter[str] = field(default_factory=Counter)
    said: dict[str, str] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)
    stuck: Counter[str] = field(default_factory=Counter)
    letters: Counter[tuple[str, str]] = field(default_factory=Counter)
    urgent: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    done: Fulfilled = field(default_factory=Fulfilled)

    def met(self, kind: Counter[str], refusal: Refusal) -> None:
        """Count what a rule said, and keep one example of its words."""
        kind[refusal.rule] += 1
        self.said.setdefault(refusal.rule, refusal.missing)


class World:
    """A hub in which time is a queue of what happens next."""

    def __init__(self, url: str, seed: int) -> None:
        """Open a hub with enough people in it."""
        self.hub: Hub = open_hub(url)
        self.chance = random.Random(seed)  # noqa: S311 (practice is to be repeatable, not secret)
        for account, role, kind, agency, team in TEAM:
            self.hub.hire(account, role, kind, agency, team)
        self.calendar = WorkingCalendar.england()
        self.counts = Counts()
        self.actors: dict[str, Any] = {}
        self._queue: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._alarms: dict[str, datetime] = {}
        ends = Posted(self.hub.engine)
        self.post = Post(
            self.hub.engine.database,
            {"mailbox": self},
            "https://mash.example.test",
            on_sent=ends.sent,
            on_dead=ends.dead,
        )
        self.hub.now = BEGIN

    needs_address = False

    def send(self, letter: Letter) -> Outcome:
        """Take a letter, as a channel does."""
        self.counts.letters[letter.account, self.now.astimezone(LONDON).date().isoformat()] += 1
        self.counts.urgent["the day's letter" if letter.key.startswith("letter:") else "by itself"] += 1
        return Outcome(Status.SENT)

    @property
    def now(self) -> datetime:
        """What time it is."""
        return self.hub.now

    def actor(self, account: str) -> Any:
        """Return somebody by account."""
        if account not in self.actors:
            self.actors[account] = self.hub.actor(account)
        return self.actors[account]

    def working(self, moment: datetime) -> datetime:
        """Return the moment, or the next one at which people are at work."""
        local = moment.astimezone(LONDON)
        day = local.date()
        if self.calendar.is_working_day(day) and local.time() < OPENS:
            return datetime.combine(day, OPENS, LONDON).astimezone(UTC)
        while not self.calendar.is_working_day(day) or (day == local.date() and local.time() >= CLOSES):
            day += timedelta(days=1)
        return moment if day == local.date() else datetime.combine(day, MORNING, LONDON).astimezone(UTC)

    def later(self, when: datetime, doing: Callable[[], None]) -> None:
        """Put something into the queue."""
        heapq.heappush(self._queue, (max(when, self.now), next(self._order), doing))

    def begin(self, steps: Steps, when: datetime) -> None:
        """Let somebody go through steps, each at a moment at which people are at work."""

        def step() -> None:
            span = next(steps, None)
            if span is not None:
                self.later(self.working(self.now + span), step)

        self.later(self.working(when), step)

    def run(self, until: datetime) -> None:
        """Let everything happen."""
        while self._queue and self._queue[0][0] <= until:
            when, _, doing = heapq.heappop(self._queue)
            self.hub.now = max(self.now, when)
            doing()

    def look(self, reference: str) -> None:
        """Let the engine look at a referral, deliver what is due, and remember when the next clock sounds."""
        with self.hub.engine.database.unit_of_work() as connection:
            self.counts.done += look(self.hub.engine, connection, store.number(reference), self.now)
        self.post.deliver(self.now, "w", 500)
        with self.hub.engine.database.reading() as connection:
            alarm = connection.execute(
                select(ReferralRow.alarm_at).where(ReferralRow.id == store.number(reference))
            ).scalar()
        if alarm is not None and self._alarms.get(reference) != alarm:
            self._alarms[reference] = alarm
            self.later(alarm, lambda: self._sounds(reference, alarm))

    def _sounds(self, reference: str, alarm: datetime) -> None:
        if self._alarms.get(reference) == alarm:
            self._alarms.pop(reference)
            self.look(reference)

    def agenda(self, reference: str) -> Agenda:
        """Read a referral's list, as `mash show` prints it."""
        number = store.number(reference)
        with self.hub.engine.database.reading() as connection:
            loaded = self.hub.engine.load(connection, number, self.now)
            clocks, tasks = listing.clocks(connection, number), listing.tasks(connection, number, None)
            return listing.agenda_of(loaded, True, clocks, tasks, self.now)

    def open_tasks(self, reference: str) -> list[dict[str, Any]]:
        """Return what people still have to do on a referral."""
        return [row for row in self.hub.rows(TaskRow, referral_id=store.number(reference)) if row["done_at"] is None]

    def manager_besides(self, *others: str) -> str:
        """Return a manager who has had no hand in it."""
        managers = [who for who in ("tess", "theo", "mona", "hugo") if who not in others]
        return self.chance.choice(managers[:2])
