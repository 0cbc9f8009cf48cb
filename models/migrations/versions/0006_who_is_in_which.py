"""Who is in which"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# What an event names people under, when this table was made: see workflow.store.named, which has kept it since.
ONE_OR_SEVERAL = ("to", "who", "lead", "manager", "second_person", "second_signature", "holder", "of")
SEVERAL = ("attended", "invited", "accounts", "discussed_with", "shared_with")
EARLY_HELP = "early help"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "in_which",
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("child_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["person.id"], name=op.f("fk_in_which_child_id_person")),
        sa.PrimaryKeyConstraint("account_id", "child_id", name=op.f("pk_in_which")),
    )
    op.create_index("ix_in_which_child", "in_which", ["child_id"], unique=False)
    connection = op.get_bind()
    add = sa.text(
        "INSERT INTO in_which (account_id, child_id) SELECT :account, id FROM person WHERE id = :child "
        "ON CONFLICT DO NOTHING"
    )
    for row in connection.execute(sa.text("SELECT kind, about, by, data FROM record")).all():
        about, data = (json.loads(part) if isinstance(part, str) else part for part in (row.about, row.data))
        for account in _named(row.kind, row.by, data):
            for child in about:
                connection.execute(add, {"account": account, "child": child})


def _named(kind: str, by: str | None, data: dict[str, object]) -> set[str]:
    found = {by} if by else set()
    for key in (*ONE_OR_SEVERAL, *SEVERAL):
        value = data.get(key)
        several = value if isinstance(value, list) else [value] if key in ONE_OR_SEVERAL else []
        found |= {one for one in several if isinstance(one, str) and len(one) <= 40}
    return found | ({EARLY_HELP} if kind == "early_help" else set())
