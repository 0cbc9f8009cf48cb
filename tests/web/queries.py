"""How often a page asks the database: a number that must not grow with what is on record."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from models.database import Database


@contextmanager
def asked(database: Database) -> Iterator[list[str]]:
    """Collect every statement that is sent to a database, but for those that begin or end a transaction."""
    said: list[str] = []

    def hear(*given: object) -> None:
        said.append(str(given[2]))

    event.listen(database.engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(database.engine, "before_cursor_execute", hear)
        said[:] = [one for one in said if not one.startswith(("BEGIN", "COMMIT", "ROLLBACK"))]
