"""How far people were warned of open dossiers"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossier_warned",
        sa.Column("official", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["official"], ["official.id"]),
        sa.PrimaryKeyConstraint("official", "code"),
    )


def downgrade() -> None:
    op.drop_table("dossier_warned")
