"""That a messenger says a bot's month is used up"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("quota") as quota:
        quota.add_column(sa.Column("refusals", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("quota") as quota:
        quota.alter_column("refusals", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("quota") as quota:
        quota.drop_column("refusals")
