"""A hub as it stood: kept once, and put back as often as a test wants to begin there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from models.tables.base import Base
from tests.support.hub import Hub


@dataclass(frozen=True)
class Snapshot:
    """Every row of every table, and the moment."""

    rows: dict[str, list[dict[str, Any]]]
    now: datetime

    @classmethod
    def of(cls, hub: Hub) -> "Snapshot":
        """Keep what is there now."""
        with hub.engine.database.reading() as connection:
            rows = {
                table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
                for table in Base.metadata.sorted_tables
            }
        return cls(rows, hub.now)

    def put_back(self, hub: Hub) -> None:
        """Let everything be as it was."""
        with hub.engine.database.unit_of_work() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
            for table in Base.metadata.sorted_tables:
                if self.rows[table.name]:
                    connection.execute(insert(table), self.rows[table.name])
        hub.now = self.now
        hub.made.clear()
