"""What each person did with the pages to learn from: read, saved, rated"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "readings",
        sa.Column("learner_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tube", sa.String(length=80), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("saved_at", sa.DateTime(), nullable=True),
        sa.Column("rating", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.id"],
            name=op.f("fk_readings_learner_id_learners"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("learner_id", "tube", name=op.f("pk_readings")),
    )


def downgrade() -> None:
    op.drop_table("readings")
