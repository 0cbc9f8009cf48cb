"""Callers without an account"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "caller",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("family_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("reach", sa.String(length=200), nullable=True),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_caller_family_id_family")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caller")),
    )
    op.create_index(op.f("ix_caller_family_id"), "caller", ["family_id"], unique=False)
