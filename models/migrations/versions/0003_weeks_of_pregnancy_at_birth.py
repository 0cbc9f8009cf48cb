"""Weeks of pregnancy at birth"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("person", sa.Column("gestation_at_birth", sa.String(length=8), nullable=True))
