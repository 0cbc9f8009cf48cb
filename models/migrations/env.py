"""How Alembic reaches the database: on the connection it is given, inside the caller's transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from models.tables import doors, evidence, people, post, reads, referral, told_how, work  # noqa: F401 (each adds its tables to the metadata)
from models.tables.base import Base, Moment


def render(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write a moment in a migration as the plain type it is kept in."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=False,
    render_item=render,
)
context.run_migrations()
