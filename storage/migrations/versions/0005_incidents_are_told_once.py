"""When admins were told of an incident"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("incident", sa.Column("told_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("incident", "told_at")
