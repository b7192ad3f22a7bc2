"""A withdrawal names the version of the question that was judged, so that a corrected one is asked again

Of the rows there are: the version that was in the bank then; if no trace is left of it, the one most often
asked; otherwise none. What a school was served is counted from an index.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("withdrawals") as table:
        table.add_column(sa.Column("version", sa.String(length=16), nullable=False, server_default=""))
    op.execute(
        """
        UPDATE withdrawals SET version = coalesce(
            (
                SELECT version FROM challenge_versions
                WHERE challenge_versions.challenge = withdrawals.challenge
                    AND challenge_versions.loaded_at <= withdrawals.at
                ORDER BY loaded_at DESC, id DESC LIMIT 1
            ),
            (
                SELECT version FROM questions
                WHERE questions.challenge = withdrawals.challenge
                GROUP BY version ORDER BY count(*) DESC, max(id) DESC LIMIT 1
            ),
            ''
        )
        """
    )
    _name_rows_by("challenge", "version")
    op.drop_index("ix_questions_challenge", "questions")
    op.create_index("ix_questions_challenge_participation_id", "questions", ["challenge", "participation_id"])


def downgrade() -> None:
    op.drop_index("ix_questions_challenge_participation_id", "questions")
    op.create_index("ix_questions_challenge", "questions", ["challenge"])
    # A row for each challenge: its latest withdrawal.
    op.execute(
        """
        DELETE FROM withdrawals WHERE EXISTS (
            SELECT 1 FROM withdrawals AS other
            WHERE other.challenge = withdrawals.challenge
                AND (other.at > withdrawals.at
                    OR (other.at = withdrawals.at AND other.version > withdrawals.version))
        )
        """
    )
    _name_rows_by("challenge")
    with op.batch_alter_table("withdrawals") as table:
        table.drop_column("version")


def _name_rows_by(*columns: str) -> None:
    with op.batch_alter_table("withdrawals") as table:
        table.drop_constraint(op.f("pk_withdrawals"), type_="primary")
        table.create_primary_key(op.f("pk_withdrawals"), list(columns))
