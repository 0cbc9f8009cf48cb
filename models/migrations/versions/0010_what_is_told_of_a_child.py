"""What is told of a child"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("person", sa.Column("sex", sa.String(length=10), nullable=True))
    op.add_column("person", sa.Column("ethnicity", sa.String(length=40), nullable=True))
    op.add_column("person", sa.Column("language", sa.String(length=60), nullable=True))
    op.add_column("person", sa.Column("disability", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("person", sa.Column("school", sa.String(length=200), nullable=True))
    with op.batch_alter_table("attachment") as table:
        table.alter_column("sealed", existing_type=sa.LargeBinary(), nullable=True)
        table.add_column(sa.Column("same_as", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        table.create_foreign_key(op.f("fk_attachment_same_as_attachment"), "attachment", ["same_as"], ["id"])
        table.create_index(op.f("ix_attachment_same_as"), ["same_as"])
