"""Bots have owners and a state, messages have receipts, and what is due is found by index"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_AT = storage.types.UtcDateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parts_sent", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("receipt", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("receipt_at", _AT, nullable=True))
        batch_op.drop_index("outbox_due")
        batch_op.create_index(
            "outbox_due", ["channel", "bot", "state", "priority", "not_before", "id"], unique=False
        )
        batch_op.drop_index("outbox_chat")
        batch_op.create_index("outbox_chat", ["channel", "bot", "chat", "state", "sent_at"], unique=False)
    op.execute("UPDATE outbox SET receipt = 'sent', receipt_at = sent_at WHERE state = 'sent'")
    op.execute("UPDATE outbox SET state = 'failed' WHERE state = 'queued' AND reason <> ''")
    op.create_table(
        "bot",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("lease_until", _AT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", _AT, nullable=True),
        sa.Column("down_since", _AT, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("probes", sa.Integer(), nullable=False),
        sa.Column("probe_at", _AT, nullable=True),
        sa.Column("held_until", _AT, nullable=True),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "bot"),
    )
    op.create_table(
        "incident",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("since", _AT, nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )


def downgrade() -> None:
    op.drop_table("incident")
    op.drop_table("bot")
    op.execute("UPDATE outbox SET state = 'queued' WHERE state = 'failed'")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("outbox_due")
        batch_op.create_index("outbox_due", ["state", "priority", "id"], unique=False)
        batch_op.drop_index("outbox_chat")
        batch_op.create_index("outbox_chat", ["channel", "bot", "chat", "state"], unique=False)
        batch_op.drop_column("receipt_at")
        batch_op.drop_column("receipt")
        batch_op.drop_column("parts_sent")
