"""Questions made for one pupil, timed questions, and those that ask to stay on the page"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("questions") as table:
        table.add_column(sa.Column("work", sa.JSON(none_as_null=True), nullable=True))
        table.add_column(sa.Column("begun_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("exits", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("participations") as table:
        table.add_column(sa.Column("time_factor", sa.Double(), nullable=False, server_default="1"))


def downgrade() -> None:
    with op.batch_alter_table("participations") as table:
        table.drop_column("time_factor")
    with op.batch_alter_table("questions") as table:
        table.drop_column("exits")
        table.drop_column("begun_at")
        table.drop_column("work")
