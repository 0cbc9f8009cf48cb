"""What the pages need"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.add_column("person", sa.Column("nhs_number", sa.String(length=10), nullable=True))
    op.add_column("person", sa.Column("address", sa.String(length=300), nullable=True))
    op.add_column("person", sa.Column("safe_address", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_index(op.f("ix_person_nhs_number"), "person", ["nhs_number"], unique=False)
    op.add_column("referral", sa.Column("referrer_id", sa.String(length=40), nullable=True))
    op.create_table(
        "credential",
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_credential_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_credential")),
    )
    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_session_account_id_account")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_account_id"), "session", ["account_id"], unique=False)
    op.create_index(op.f("ix_session_ends_at"), "session", ["ends_at"], unique=False)
    op.create_table(
        "draft",
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_draft_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", "place", name=op.f("pk_draft")),
    )
    op.create_table(
        "cover",
        sa.Column("id", BIG, nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("deputy_id", sa.String(length=40), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("said_by", sa.String(length=40), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_cover_account_id_account")),
        sa.ForeignKeyConstraint(["deputy_id"], ["account.id"], name=op.f("fk_cover_deputy_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover")),
    )
    op.create_index("ix_cover_account", "cover", ["account_id", "until_day"], unique=False)
    op.create_table(
        "search_word",
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.Column("sound", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_search_word_person_id_person")),
        sa.PrimaryKeyConstraint("word", "sound", "person_id", name=op.f("pk_search_word")),
    )
    op.create_index("ix_search_word_sound", "search_word", ["sound"], unique=False)
    op.create_index("ix_search_word_person", "search_word", ["person_id"], unique=False)
    _name_referrers()


def _name_referrers() -> None:
    """Say of each referral who brought its first contact, as its record has it."""
    connection = op.get_bind()
    first = sa.text(
        "SELECT referral_id, data, by FROM record WHERE id IN "
        "(SELECT min(id) FROM record WHERE kind = 'contact' GROUP BY referral_id)"
    )
    for row in connection.execute(first):
        data = json.loads(row.data) if isinstance(row.data, str) else row.data
        named = {"number": row.referral_id, "who": data.get("on_behalf_of") or row.by}
        connection.execute(sa.text("UPDATE referral SET referrer_id = :who WHERE id = :number"), named)
