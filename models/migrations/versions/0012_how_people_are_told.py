"""How people are told"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNHEARD = sa.text("acknowledge_by IS NOT NULL AND acknowledged_at IS NULL")
ASKED = sa.text("ask_at IS NOT NULL")
WAITING = sa.text("status IN ('pending', 'sending')")


def upgrade() -> None:
    """Apply."""
    op.add_column("message", sa.Column("way", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("message", sa.Column("acknowledge_by", MOMENT, nullable=True))
    op.add_column("message", sa.Column("acknowledged_at", MOMENT, nullable=True))
    op.create_index(
        "ix_message_unheard",
        "message",
        ["referral_id", "acknowledge_by"],
        unique=False,
        postgresql_where=UNHEARD,
        sqlite_where=UNHEARD,
    )
    op.add_column("delivery", sa.Column("handle", sa.String(length=80), nullable=True))
    op.add_column("delivery", sa.Column("ask_at", MOMENT, nullable=True))
    op.create_index(op.f("ix_delivery_handle"), "delivery", ["handle"], unique=False)
    op.create_index("ix_delivery_ask", "delivery", ["ask_at"], unique=False, postgresql_where=ASKED, sqlite_where=ASKED)
    _preferences()
    _codes()


def _preferences() -> None:
    op.create_table(
        "preference",
        sa.Column("id", BIG, nullable=False),
        sa.Column("authority", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=True),
        sa.Column("agency_id", sa.String(length=40), nullable=True),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("second_channel", sa.String(length=30), nullable=False),
        sa.Column("second_address", sa.String(length=300), nullable=True),
        sa.Column("at_once", sa.Boolean(), nullable=True),
        sa.Column("said_by", sa.String(length=40), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_preference_account_id_account")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_preference_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preference")),
    )
    op.create_index("ix_preference_account", "preference", ["account_id", "id"], unique=False)
    op.create_index("ix_preference_agency", "preference", ["agency_id", "authority", "id"], unique=False)


def _codes() -> None:
    op.create_table(
        "address_code",
        sa.Column("id", BIG, nullable=False),
        sa.Column("authority", sa.String(length=40), nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=True),
        sa.Column("way", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_address_code_agency_id_agency")),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_address_code_asked_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_code")),
    )
    op.create_index(op.f("ix_address_code_asked_by"), "address_code", ["asked_by"], unique=False)
    op.create_index(
        "ix_address_code_waiting",
        "address_code",
        ["next_at"],
        unique=False,
        postgresql_where=WAITING,
        sqlite_where=WAITING,
    )
