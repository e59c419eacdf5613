"""The number a subscriber proved in a conversation."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("ALTER TABLE conversation ADD COLUMN number text")


def downgrade() -> None:
    op.execute("ALTER TABLE conversation DROP COLUMN number")
