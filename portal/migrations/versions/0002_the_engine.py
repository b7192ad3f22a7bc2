"""The engine: durations, recalibration, the demonstration school

Existing campaigns last 50 minutes at most; what was skipped is counted from the answers.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calibrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibrations")),
    )
    with op.batch_alter_table("schools") as table:
        table.add_column(
            sa.Column("is_demonstration", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("campaigns") as table:
        table.add_column(sa.Column("duration", sa.String(length=10), nullable=False, server_default="medium"))
    with op.batch_alter_table("participations") as table:
        table.add_column(sa.Column("skipped", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("withdrawals") as table:
        table.add_column(sa.Column("evidence", sa.JSON(none_as_null=True), nullable=True))
        table.add_column(sa.Column("restored_at", sa.DateTime(), nullable=True))
    op.execute(
        """
        UPDATE participations SET skipped = (
            SELECT count(*) FROM questions JOIN answers ON answers.question_id = questions.id
            WHERE questions.participation_id = participations.id AND answers.outcome = 'skipped'
        )
        """
    )


def downgrade() -> None:
    with op.batch_alter_table("withdrawals") as table:
        table.drop_column("restored_at")
        table.drop_column("evidence")
    with op.batch_alter_table("participations") as table:
        table.drop_column("skipped")
    with op.batch_alter_table("campaigns") as table:
        table.drop_column("duration")
    with op.batch_alter_table("schools") as table:
        table.drop_column("is_demonstration")
    op.drop_table("calibrations")
