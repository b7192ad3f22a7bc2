"""Statements run at each answer, without what the library works out again each time.

An answer runs half a dozen of them. Finding the connection of the session, and recognising a whole statement among
those already compiled, cost as much as what SQLite does for it.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable

from portal.extensions import db

_KEPT = "connection"


class Frequent:
    """A statement that never changes: `run` gives it its values, on the connection, without what the ORM adds."""

    def __init__(self, statement: Executable) -> None:
        """Keep a statement written with bound parameters."""
        self._statement, self._options = statement, {"compiled_cache": _Compiled()}

    def run(self, values: Mapping[str, Any]) -> CursorResult[*tuple[Any, ...]]:
        """Run it in the transaction of the session."""
        return _connection().execute(self._statement, values, execution_options=self._options)


class _Compiled(dict[Any, Any]):
    """The forms of one statement: a dialect and the columns given tell them apart, the statement need not be read."""

    def get(self, key: Any, default: Any = None) -> Any:
        dialect, _, columns, *_ = key
        return super().get((dialect, columns), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        dialect, _, columns, *_ = key
        # Another thread may add one meanwhile: a list of them is taken at once.
        if any(kept is not dialect for kept, _ in list(self)):
            self.clear()
        super().__setitem__((dialect, columns), compiled)


def _connection() -> Connection:
    """Find the connection of the session's transaction; it is closed with it."""
    session = db.session()
    kept: Connection | None = session.info.get(_KEPT)
    if kept is None or kept.closed:
        kept = session.info[_KEPT] = session.connection()
    return kept
