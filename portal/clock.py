"""The clock of the application: tests set it by replacing `now`."""

from datetime import UTC, datetime


def now() -> datetime:
    """Tell the present instant, aware and in UTC."""
    return datetime.now(UTC)
