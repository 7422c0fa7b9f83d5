"""The tokens of a Zalo Official Account"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "oa_token",
        sa.Column("app", sa.String(), primary_key=True),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("refresh", sa.String(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("good_until", UtcDateTime(), nullable=True),
        sa.Column("taken_until", UtcDateTime(), nullable=True),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("refused", sa.String(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("oa_token")
