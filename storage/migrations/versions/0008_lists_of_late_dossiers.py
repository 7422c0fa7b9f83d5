"""Monthly lists of agencies with late dossiers"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "late_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("contest_until", sa.Date(), nullable=False),
        sa.Column("figures_of", sa.Date(), nullable=True),
        sa.Column("tallies", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("drafted_at", UtcDateTime(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("month", "version"),
    )
    op.create_table(
        "late_list_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("doubt", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("contested_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["list"], ["late_list.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("list", "code"),
    )
    op.create_index("ix_late_list_entry_code", "late_list_entry", ["code"])


def downgrade() -> None:
    op.drop_index("ix_late_list_entry_code", "late_list_entry")
    op.drop_table("late_list_entry")
    op.drop_table("late_list")
