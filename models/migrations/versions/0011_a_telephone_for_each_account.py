"""A telephone for each account"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("account", sa.Column("phone", sa.String(length=40), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("account", "phone")
