"""Corrections of drafts, and names of agencies that people taught"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("draft", sa.Column("as_read", sa.JSON(), nullable=True))
    op.add_column("draft", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "draft_edit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("draft", sa.Integer(), sa.ForeignKey("draft.id"), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("carried_from", sa.Integer(), nullable=True),
    )
    op.create_index("ix_draft_edit_draft", "draft_edit", ["draft"])
    op.create_table(
        "agency_alias",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=True),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("removed_by", sa.Integer(), nullable=True),
    )
    op.create_index("ix_agency_alias_key", "agency_alias", ["key"])


def downgrade() -> None:
    op.drop_index("ix_agency_alias_key", "agency_alias")
    op.drop_table("agency_alias")
    op.drop_index("ix_draft_edit_draft", "draft_edit")
    op.drop_table("draft_edit")
    op.drop_column("draft", "version")
    op.drop_column("draft", "as_read")
