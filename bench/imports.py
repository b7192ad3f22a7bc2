"""Measure what importing a whole school costs the pupils who answer meanwhile."""

import shutil
import tempfile
import time
from functools import partial
from pathlib import Path

from tests.answering import AnswerBook
from tests.journeys.importing import PUPILS, import_school, slowest_answer_during, whole_school
from tests.journeys.servers import Instance, open_room, running

GOAL_SECONDS = 1.0
ROUNDS = 3


def main() -> None:
    """Print the slowest answer before and during the import, round by round."""
    for number in range(1, ROUNDS + 1):
        folder = Path(tempfile.mkdtemp(prefix="balise-bench-"))
        try:
            before, during, lasted = measure(Instance(folder, f"sqlite:///{folder / 'balise.sqlite3'}"))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print(
            f"tour {number} : import de {PUPILS} lignes en {lasted:.1f} s ; réponse la plus lente : "
            f"{before:.2f} s sans import, {during:.2f} s pendant (but : {GOAL_SECONDS:.0f} s au plus)"
        )


def measure(instance: Instance) -> tuple[float, float, float]:
    """Give the slowest answer without and with an import, and how long the import lasted, in seconds."""
    book = AnswerBook()
    with instance.application() as app:
        room = open_room(app, pathway="6e-1", classes=("5eA", "5eB"), per_class=60)
        export = whole_school()
    with running(instance) as server:
        before = slowest_answer_during(server, room, book, partial(time.sleep, 3))
        begun = time.perf_counter()
        during = slowest_answer_during(
            server, room, book, partial(import_school, server.port, room.administrator, export)
        )
        return before, during, time.perf_counter() - begun


if __name__ == "__main__":
    main()
