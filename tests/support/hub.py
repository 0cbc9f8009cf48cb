"""A small hub to test in: one account of each sort, and a few words to drive a referral with."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, inspect, select, update

from config.policy import PolicyBook
from models.database import Database
from models.migrate import migrate
from models.tables.base import Base
from models.tables.people import AccountRow, AgencyRow
from models.tables.referral import ReferralRow
from workflow import store
from workflow.actions.act import Actor
from workflow.calendar import WorkingCalendar
from workflow.engine import Done, Engine
from workflow.fulfil import Fulfilled, look
from workflow.intake import refer

START = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)  # a Tuesday

AGENCIES = {
    "hub": "mash",
    "csc": "social_care",
    "family_hub": "early_help",
    "hillside": "school",
    "police": "police",
    "health": "health_visiting",
    "midwives": "midwifery",
    "homes": "housing",
}
# Each account with its role, kind of work, agency and team.
ACCOUNTS = {
    "tara": ("triage_worker", "triage_worker", "hub", "hub"),
    "mona": ("mash_manager", "mash_manager", "hub", "hub"),
    "sam": ("social_worker", "social_worker", "csc", "north"),
    "tess": ("team_manager", "team_manager", "csc", "north"),
    "theo": ("team_manager", "team_manager", "csc", "south"),
    "hugo": ("head_of_service", "head_of_service", "csc", ""),
    "ella": ("early_help_coordinator", "early_help_coordinator", "family_hub", ""),
    "aud": ("auditor", "other", "csc", ""),
    "dsl": ("partner", "safeguarding_lead", "hillside", ""),
    "wife": ("partner", "midwife", "midwives", ""),
    "kit": ("partner", "key_worker", "homes", ""),
    "pc": ("partner", "police_officer", "police", store.DESK_TEAM),
    "hv": ("partner", "health_visitor", "health", store.DESK_TEAM),
    "desk_sw": ("social_worker", "social_worker", "csc", store.DESK_TEAM),
}


@dataclass
class Hub:
    """An engine over a fresh database, with a clock that the test turns by hand."""

    engine: Engine
    now: datetime = START
    made: list[Done] = field(default_factory=list)

    def actor(self, account: str) -> Actor:
        """Return somebody by account."""
        with self.engine.database.reading() as connection:
            return store.actor(connection, account)

    def wait(self, **span: float) -> "Hub":
        """Let time pass."""
        self.now += timedelta(**span)
        return self

    def refer(self, by: str = "dsl", child: str = "Demo Child", **more: Any) -> str:
        """Refer a child and return the reference."""
        given = {"child": child, "born": date(2021, 5, 1), "concerns": ["neglect"], "words": "came hungry again"} | more
        done = refer(self.engine, self.actor(by), self.now, given)
        self.made.append(done)
        return done.reference

    def act(self, reference: str, verb: str, by: str, **args: Any) -> Done:
        """Do one thing as somebody."""
        self.wait(minutes=1)
        done = self.engine.act(reference, verb, self.actor(by), self.now, args)
        self.made.append(done)
        return done

    def look(self, reference: str) -> Fulfilled:
        """Let the engine look at a referral, as its flows do."""
        with self.engine.database.unit_of_work() as connection:
            return look(self.engine, connection, store.number(reference), self.now)

    def rows(self, table: type[Base], **where: Any) -> list[dict[str, Any]]:
        """Return the rows of a table, in the order of its key."""
        query = select(table.__table__).filter_by(**where).order_by(*inspect(table).primary_key)
        with self.engine.database.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def row(self, reference: str) -> dict[str, Any]:
        """Return a referral's own row."""
        (found,) = self.rows(ReferralRow, id=store.number(reference))
        return found

    def hire(
        self, account: str, role: str, kind: str = "", agency: str = "csc", team: str = "", authority: str = "coventry"
    ) -> None:
        """Add somebody."""
        with self.engine.database.unit_of_work() as connection:
            connection.execute(insert(AccountRow), [account_row(account, role, kind or role, agency, team, authority)])

    def leaves(self, account: str) -> None:
        """Let somebody leave: their account is no longer in use."""
        with self.engine.database.unit_of_work() as connection:
            connection.execute(update(AccountRow).where(AccountRow.id == account).values(active=False))


def account_row(account: str, role: str, kind: str, agency: str, team: str, authority: str) -> dict[str, Any]:
    """Return the row of an account in use."""
    return {
        "id": account,
        "name": f"{account} example",
        "role": role,
        "kind": kind,
        "agency_id": agency,
        "authority": authority,
        "team": team,
        "newly_qualified": False,
        "channel": "mailbox",
        "address": f"{account}@example.test",
        "active": True,
    }


def open_hub(url: str, authority: str = "coventry", packs: Path | None = None) -> Hub:
    """Make a hub in an empty database at `url`; `packs` is a folder with policy packs of its own."""
    migrate(url)
    database = Database(url)
    with database.unit_of_work() as connection:
        connection.execute(
            insert(AgencyRow), [{"id": key, "name": key, "kind": kind} for key, kind in AGENCIES.items()]
        )
        connection.execute(insert(AccountRow), [account_row(who, *what, authority) for who, what in ACCOUNTS.items()])
    return Hub(Engine(database, PolicyBook.load(authority, packs), WorkingCalendar.england()))
