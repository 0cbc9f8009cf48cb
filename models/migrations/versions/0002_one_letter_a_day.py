"""One letter a day"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("message", sa.Column("letter", sa.String(length=80), nullable=True))
    op.create_index(
        "ix_message_letter",
        "message",
        ["letter"],
        unique=False,
        postgresql_where=sa.text("letter IS NOT NULL"),
        sqlite_where=sa.text("letter IS NOT NULL"),
    )
