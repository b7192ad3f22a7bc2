"""Measure the answer cycle of the portal against a floor, on the same server, in the same minutes.

Two real servers, one load in a process of its own, the two measured in turn, several times.
"""

import argparse
import gzip
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from bench.support import gate
from bench.support.load import Job, Measures
from portal.bank.loader import Bank
from portal.bank_store import current_bank
from tests.journeys.servers import ROOT, Instance, Seat, Server, open_room, running

PORTAL = ("flask", "--app", "bench.support.watched", "servir")
PORTAL_WITH_SIMPLE_ENGINE = ("flask", "--app", "bench.support.simple", "servir")
FLOOR = ("bench.support.floor",)
WARM_UP_SECONDS = 2.0
RATIO_GOAL, PAGE_GOAL, FRAGMENT_GOAL = 0.5, 60.0, 6.0
# A try takes a dozen answers: this many pupils last for several hundred answers a second.
PUPILS_PER_SECOND = 28
CLASS_SIZE = 25
_ASSET = re.compile(r'(?:href|src)="(/statique/(?!medias/)[^"]+)"')


Load = Callable[[Job], Measures]


@contextmanager
def loader() -> Iterator[Load]:
    """Keep the process that makes the load, and give the way to hand it a job."""
    command = [sys.executable, "-m", "bench.support.load"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert process.stdin is not None and process.stdout is not None
    given, told = process.stdin, process.stdout

    def do(job: Job) -> Measures:
        given.write(json.dumps(asdict(job)) + "\n")
        line = told.readline()
        if not line:
            raise SystemExit("La charge s’est arrêtée : voir le message ci-dessus.")
        return Measures(**json.loads(line))

    with process:
        yield do
        given.close()


@dataclass
class Side:
    """One of the two servers and what was measured of it, round by round."""

    server: Server
    seats: list[Seat]
    threads: int
    is_floor: bool
    rates: list[float] = field(default_factory=list)
    observed: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    fragments: list[int] = field(default_factory=list)
    processor: float = 0.0
    held: float = 0.0

    def play(self, load: Load, seconds: float, *, clients: int, seed: int) -> Measures:
        """Put the server under load; whoever has played does not play again."""
        # The first pupils are enough for a few seconds, and a job is a line.
        seats = self.seats[: 1 + round(seconds * PUPILS_PER_SECOND)]
        measures = load(Job(self.server.port, seats, clients, seconds, seed, self.is_floor))
        if not self.is_floor:
            del self.seats[: measures.used]
        return measures

    def measure(self, load: Load, seconds: float, *, clients: int, seed: int) -> None:
        """Run one round."""
        before = processor_seconds(self.server.pid)
        measures = self.play(load, seconds, clients=clients, seed=seed)
        self.processor += processor_seconds(self.server.pid) - before
        # What the clients would have got had they done nothing but answer: the pages that a pupil reads
        # between two answers are no part of the cycle.
        self.rates.append(clients / statistics.fmean(measures.latencies))
        self.observed.append(len(measures.latencies) / measures.seconds)
        self.latencies += measures.latencies
        self.fragments += measures.fragments

    def stop(self) -> None:
        """Stop the server, which tells how long it held the write gate."""
        self.held = gate.read(self.server.stop())

    @property
    def percentiles(self) -> list[float]:
        """Give the hundredths of the answers' times, in milliseconds."""
        return [1000 * one for one in statistics.quantiles(self.latencies, n=100)]

    @property
    def processor_per_answer(self) -> float:
        """Give the milliseconds of processor that an answer takes, the pages between answers included."""
        return 1000 * self.processor / len(self.latencies)


def processor_seconds(pid: int) -> float:
    """Read how long a process has used the processors."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def both_sides(
    pathway: str, skills: int, pupils: int, *, with_doing: bool, with_simple_engine: bool
) -> Iterator[tuple[Side, Side]]:
    """Run the portal and the floor on two copies of the same instance."""
    with tempfile.TemporaryDirectory(prefix="balise-mesure-") as folder:
        own, copy = Path(folder, "portail"), Path(folder, "plancher")
        own.mkdir()
        instance = Instance(own, f"sqlite:///{own}/balise.sqlite3")
        classes = [f"5e{number}" for number in range(1, 2 + pupils // CLASS_SIZE)]
        with instance.application() as app:
            threads = app.extensions["balise"].threads
            if not with_doing:
                app.extensions["bank"] = only_answered(current_bank())
            room = open_room(app, pathway=pathway, classes=classes, per_class=CLASS_SIZE, skills=skills)
            seats = room.seats
        shutil.copytree(own, copy)
        floor = Instance(copy, f"sqlite:///{copy}/balise.sqlite3")
        portal = PORTAL_WITH_SIMPLE_ENGINE if with_simple_engine else PORTAL
        with running(instance, portal) as one, running(floor, FLOOR) as other:
            yield Side(one, list(seats), threads, False), Side(other, seats, threads, True)


def only_answered(bank: Bank) -> Bank:
    """Keep the questions that are read and answered on the page: nothing is made for each pupil, nothing is played.

    A skill that has no other stays in the tests, and is deduced: they are as large, as dear to the engine.
    """
    return replace(
        bank,
        challenges={
            skill: tuple(one for one in all_of_it if one.recipe is None and one.scenario is None)
            for skill, all_of_it in bank.challenges.items()
        },
    )


def weigh_first_page(port: int, seat: Seat) -> dict[str, int]:
    """Load the first question as a browser does, and weigh what came over the network.

    Returns: the bytes of the page and of each file it asks for, the question's own picture left out.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Cookie": seat.cookie, "Accept-Encoding": "gzip"}

    def load(path: str) -> tuple[int, str]:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (path, answer.status)
        is_packed = answer.getheader("Content-Encoding") == "gzip"
        return len(body), (gzip.decompress(body) if is_packed else body).decode()

    page = f"/participations/{seat.participation}/question"
    weight, text = load(page)
    files = {path: load(path)[0] for path in dict.fromkeys(_ASSET.findall(text))}
    connection.close()
    return {"page": weight, **files}


def show_rates(portal: Side, floor: Side) -> None:
    """Print the two columns and their ratio."""
    ratios = [ours / theirs for ours, theirs in zip(portal.rates, floor.rates, strict=True)]
    rows = [
        ("réponses par seconde", statistics.median(portal.rates), statistics.median(floor.rates), 0),
        (
            "  pages de lecture comprises",
            statistics.median(portal.observed),
            statistics.median(floor.observed),
            0,
        ),
        ("médiane (ms)", portal.percentiles[49], floor.percentiles[49], 1),
        ("99e centile (ms)", portal.percentiles[98], floor.percentiles[98], 1),
        ("processeur par réponse (ms)", portal.processor_per_answer, floor.processor_per_answer, 2),
        ("verrou d’écriture tenu au plus (ms)", 1000 * portal.held, 1000 * floor.held, 1),
    ]
    print(f"\n{'':<38}{'portail':>10}{'plancher':>10}")
    for title, ours, theirs, digits in rows:
        print(f"{title:<38}{french(ours, digits):>10}{french(theirs, digits):>10}")
    lowest, highest = french(min(ratios), 2), french(max(ratios), 2)
    print(
        f"\nRapport des réponses par seconde : {french(statistics.median(ratios), 2)} "
        f"(de {lowest} à {highest} selon les tours ; but : {french(RATIO_GOAL, 2)} au moins)"
    )


def show_weights(weights: dict[str, int], fragments: Sequence[int]) -> None:
    """Print what travels."""
    print(
        f"Première page et ses {len(weights) - 1} fichiers : {kilobytes(sum(weights.values()))} "
        f"(but : {french(PAGE_GOAL, 0)} Ko au plus, image de la question non comprise)"
    )
    for name, weight in weights.items():
        print(f"  {kilobytes(weight):>9}  {name}")
    print(
        f"Question suivante : {kilobytes(max(fragments))} au plus, "
        f"{kilobytes(statistics.median(fragments))} en médiane (but : {french(FRAGMENT_GOAL, 0)} Ko au plus)"
    )


def french(number: float, digits: int) -> str:
    """Write a number with a decimal comma."""
    return f"{number:.{digits}f}".replace(".", ",")


def kilobytes(count: float) -> str:
    """Write a number of bytes in kilobytes."""
    return f"{french(count / 1024, 1)} Ko"


def main() -> None:
    """Measure, then print."""
    parser = argparse.ArgumentParser(prog="manage.py bench answers", description="Le cycle d’une réponse.")
    parser.add_argument("--parcours", default="6e-1", help="6e-1 par défaut")
    parser.add_argument("--acquis", type=int, default=60, help="nombre d’acquis du test (60 par défaut)")
    parser.add_argument("--clients", type=int, default=8, help="élèves qui répondent ensemble")
    parser.add_argument("--tours", type=int, default=10, help="mesures de chaque serveur, à tour de rôle")
    parser.add_argument("--secondes", type=float, default=2.0, help="durée d’une mesure")
    parser.add_argument(
        "--agir", action="store_true", help="avec les fichiers et les simulateurs de la banque"
    )
    parser.add_argument(
        "--moteur-simple", action="store_true", help="avec le moteur que le nôtre doit battre"
    )
    options = parser.parse_args()
    needed = round(PUPILS_PER_SECOND * (options.tours * options.secondes + WARM_UP_SECONDS))
    print(f"Préparation de {needed} élèves à un test de {options.acquis} acquis…", flush=True)
    both = both_sides(
        options.parcours,
        options.acquis,
        needed,
        with_doing=options.agir,
        with_simple_engine=options.moteur_simple,
    )
    with both as (portal, floor), loader() as load:
        weights = weigh_first_page(portal.server.port, portal.seats[0])
        for side in (portal, floor):
            side.play(load, WARM_UP_SECONDS, clients=options.clients, seed=0)
        for turn in range(1, options.tours + 1):
            for side in (portal, floor):
                side.measure(load, options.secondes, clients=options.clients, seed=turn)
            ours, theirs = french(portal.rates[-1], 0), french(floor.rates[-1], 0)
            print(f"Tour {turn} : {ours} réponses par seconde, plancher {theirs}", flush=True)
        for side in (portal, floor):
            side.stop()
    print(
        f"\nMême serveur waitress ({portal.threads} fils), SQLite en synchronous=FULL, "
        f"{options.clients} clients en boucle fermée, {options.tours} × {french(options.secondes, 0)} s chacun."
    )
    show_rates(portal, floor)
    show_weights(weights, portal.fragments)


if __name__ == "__main__":
    main()
