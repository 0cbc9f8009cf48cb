"""Opening the product for one command: settings, database, engine, and the person who acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from cli.failure import NotSetUpError
from workflow.errors import BadCommandError

if TYPE_CHECKING:  # these are heavy, and `mash --help` needs none of them
    from config.settings import Settings
    from models.database import Database
    from workflow.actions.act import Actor
    from workflow.engine import Engine

_opened: "Final[list[Database]]" = []

ActingAs = Annotated[str, typer.Option("--as", metavar="ACCOUNT", help="Who acts (or set MASH_ACTING_AS).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


@dataclass(frozen=True, slots=True)
class Product:
    """Everything one command works with."""

    settings: "Settings"
    engine: "Engine"
    now: datetime

    @property
    def database(self) -> "Database":
        """The database in use."""
        return self.engine.database

    def actor(self, acting_as: str) -> "Actor":
        """Return the person who acts, as named or as the settings say."""
        from cli.given import readable
        from workflow import store
        from workflow.spelling import as_kept

        account = acting_as or self.settings.acting_as
        if not account:
            raise BadCommandError(
                "Who is acting?", "Add --as ACCOUNT, or set MASH_ACTING_AS; `mash people` lists the accounts."
            )
        if not readable(account):
            raise BadCommandError(f"There is no account called {account!r} here.", "`mash people` lists the accounts.")
        with self.database.reading() as connection:
            return store.actor(connection, as_kept(connection, [account])[account.strip()])

    def respelt(self, details: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was typed with the accounts in it as they are kept, whatever their capitals."""
        from workflow import spelling

        with self.database.reading() as connection:
            return spelling.respelt(connection, details)


def chosen_settings() -> "Settings":
    """Return the settings, or say which of them names something that is not there."""
    from cli.understanding import check_address
    from config import settings

    chosen = settings.load()
    if chosen.home.exists() and not chosen.home.is_dir():
        raise NotSetUpError(f"MASH_HOME is a file, not a folder: {chosen.home}.", "Name a folder to keep the data in.")
    check_address(chosen.database)
    policy_folder(chosen)
    return chosen


def policy_folder(chosen: "Settings") -> Path | None:
    """Return the folder of this authority's own packs, if there is one. A wrong name would quietly mean England's."""
    if chosen.policy_dir is not None and not chosen.policy_dir.is_dir():
        raise NotSetUpError(
            f"MASH_POLICY_DIR is no folder: {chosen.policy_dir}.", "Name the folder that holds your own policy packs."
        )
    return chosen.policy_dir


def settings_to_run() -> "Settings":
    """Return the settings once all that a resident part reads has been read.

    A part that starts and dies of a faulty file would say so in a log only, and be started again and again.
    """
    from config.policy import PolicyBook
    from notifications.channel_settings import read_channels_file

    chosen = chosen_settings()
    PolicyBook.load(chosen.authority, chosen.policy_dir)
    read_channels_file(chosen.channels)
    return chosen


def open_product() -> Product:
    """Open the product as it is set up here, or say how to set it up."""
    from config import clock
    from config.policy import PolicyBook
    from workflow.calendar import WorkingCalendar
    from workflow.engine import Engine

    chosen = chosen_settings()
    database = open_database(chosen.database)
    check_set_up(database)
    policies = PolicyBook.load(chosen.authority, chosen.policy_dir)
    return Product(chosen, Engine(database, policies, WorkingCalendar.england()), clock.now())


def open_database(url: str) -> "Database":
    """Open a database until the command is over."""
    from models.database import Database

    database = Database(url)
    _opened.append(database)
    return database


def close() -> None:
    """Close whatever the command opened."""
    while _opened:
        _opened.pop().dispose()


def check_set_up(database: "Database") -> None:
    """Refuse a database that is not there, or that a different version of the product has made."""
    from sqlalchemy import inspect, text
    from sqlalchemy.engine import make_url

    from cli.understanding import OTHER_VERSION, OTHER_VERSION_ADVICE

    where = make_url(database.url)
    if database.is_sqlite and where.database and not Path(where.database).is_file():
        raise NotSetUpError(
            f"mash is not set up here: there is no database yet ({where.database}).",
            "`mash demo` makes one with demo people; `mash migrate` an empty one; `mash up` starts everything.",
        )
    with database.reading() as connection:
        made = inspect(connection).has_table("alembic_version")
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if made else None
    known = revisions()
    if revision is not None and revision not in known:
        raise NotSetUpError(f"{OTHER_VERSION} ({revision}).", OTHER_VERSION_ADVICE)
    if revision != max(known):
        raise NotSetUpError("The database is not of this version of mash yet.", "`mash migrate` brings it up to date.")


def revisions() -> frozenset[str]:
    """Return the names of the migrations, from their files: to ask Alembic would cost each command half its time."""
    files = resources.files("models") / "migrations" / "versions"
    return frozenset(file.name.partition("_")[0] for file in files.iterdir() if file.name[:4].isdigit())
