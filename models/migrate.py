"""Bringing a database to this version. Apart from `models.database`, so that only what migrates pays for Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url

from models.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"


def alembic_config(url: str) -> Config:
    """Tell Alembic where the migrations lie and which database is meant."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def migrate(url: str) -> None:
    """Bring the database at `url` to the newest revision. Safe to repeat, and for two parts to start at once."""
    database = Database(url)
    if database.is_sqlite:
        name = make_url(url).database
        if name and name != ":memory:":
            Path(name).parent.mkdir(parents=True, exist_ok=True)
    config = alembic_config(database.url)
    try:
        with database.unit_of_work() as connection:
            if not database.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(4280)"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        database.dispose()


def is_current(database: Database) -> bool:
    """Tell whether the database has every migration of this version."""
    head = ScriptDirectory.from_config(alembic_config(database.url)).get_current_head()
    with database.reading() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return bool(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == head)
