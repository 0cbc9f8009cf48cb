"""The migrations run up on both kinds of database, again without harm, and make exactly the tables of the code."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Index, inspect, text

from models.database import Database
from models.migrate import alembic_config, is_current, migrate
from models.tables import doors, evidence, people, post, reads, referral, told_how, work  # noqa: F401 (each adds its tables to the metadata)
from models.tables.base import Base
from workflow.search_words import name_words, sound


@pytest.fixture
def database(empty_database_url: str) -> Iterator[Database]:
    opened = Database(empty_database_url)
    yield opened
    opened.dispose()


def test_an_empty_database_is_brought_up_to_date(database: Database) -> None:
    assert not is_current(database)

    migrate(database.url)

    assert is_current(database)
    with database.reading() as connection:
        tables = set(inspect(connection).get_table_names())
    assert tables == {*Base.metadata.tables, "alembic_version"}


def test_to_migrate_again_changes_nothing(database: Database) -> None:
    migrate(database.url)
    with database.unit_of_work() as connection:
        connection.execute(text("INSERT INTO agency (id, name, kind) VALUES ('a', 'A', 'school')"))

    migrate(database.url)

    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM agency")).scalar() == 1


def test_parts_that_start_at_once_migrate_once(database: Database) -> None:
    start = Barrier(3)

    def run(_: int) -> None:
        start.wait()
        migrate(database.url)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(run, range(3)))

    assert is_current(database)


def test_the_migrations_make_the_tables_of_the_code(database: Database) -> None:
    migrate(database.url)

    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_make_the_constraints_and_the_partial_indexes_of_the_code(database: Database) -> None:
    """What the comparison of the library does not look at: check constraints, and the conditions of indexes."""
    migrate(database.url)

    with database.reading() as connection:
        found = inspect(connection)
        for table in Base.metadata.sorted_tables:
            checks = {str(one["name"]) for one in found.get_check_constraints(table.name)}
            named = {str(one.name) for one in table.constraints if type(one).__name__ == "CheckConstraint"}
            assert named <= checks
            kind = connection.dialect.name
            partial = {
                one["name"] for one in found.get_indexes(table.name) if f"{kind}_where" in one["dialect_options"]
            }
            wanted = {one.name for one in table.indexes if has_condition(one, kind)}
            assert partial == wanted


def has_condition(index: Index, kind: str) -> bool:
    return index.dialect_options[kind].get("where") is not None


def test_the_revisions_are_one_line_with_one_end() -> None:
    scripts = ScriptDirectory.from_config(alembic_config("sqlite://"))

    revisions = list(scripts.walk_revisions())
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
    assert all(one.doc.strip() for one in revisions)


def test_a_database_of_another_version_is_not_current(database: Database) -> None:
    migrate(database.url)
    with database.unit_of_work() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    assert not is_current(database)


def test_people_who_were_there_before_the_search_are_found_by_the_words_that_are_kept_since(database: Database) -> None:
    config = alembic_config(database.url)
    with database.unit_of_work() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
    names = ["Katherine O'Neil-Knight", "Unborn Zoë", "Phillip Wright"]
    with database.unit_of_work() as connection:
        connection.execute(text("INSERT INTO family (id, authority) VALUES (1, 'coventry')"))
        for number, name in enumerate(names):
            add = "INSERT INTO person (id, family_id, name, child, factors) VALUES (:id, 1, :name, :child, '[]')"
            connection.execute(text(add), {"id": f"p{number}", "name": name, "child": True})

    migrate(database.url)

    with database.reading() as connection:
        kept = connection.execute(text("SELECT word, sound, person_id FROM search_word")).all()
    assert {tuple(row) for row in kept} == {
        (word, sound(word), f"p{number}") for number, name in enumerate(names) for word in name_words(name)
    }
