"""Replay recorded answers: each engine asks what was asked for real, and foretells the rest."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bench.simulation.tries import SWEEP, Playing, at_random
from bench.support import baseline
from portal.domain import engine
from portal.domain.adaptive import FrozenChallenge, FrozenSkill, FrozenTest, Observation, TryContext
from portal.domain.marking import Outcome
from portal.domain.parameters import MULTIPLE_CHOICE, SINGLE_CHOICE, Parameters
from portal.domain.tree import chances

NEEDED = ("question", "sujet", "niveau")
KINDS = {"": "text", "texte": "text", "qcu": SINGLE_CHOICE, "qcm": MULTIPLE_CHOICE}
PROPOSALS = 4
LEVELS = range(1, 9)
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
# A recorded answer is there for every question: nothing says who would have passed.
NEVER_SKIPS: Parameters = replace(
    SWEEP, version="replay", skip_acquired=0.0, skip_not=0.0, cost_normal=1e-6, kindness_normal=0.0
)
ENGINES: dict[str, Playing] = {"Balise": engine.decide, "référence": baseline.decide, "hasard": at_random}


class BadFile(Exception):
    """A file that cannot be read, with the line at fault."""


@dataclass(frozen=True)
class Recorded:
    """The answers of one pupil: by question, right or not."""

    name: str
    answers: dict[str, bool]


@dataclass(frozen=True, slots=True)
class Foretold:
    """An answer that was not asked: the share of questions asked by then, what was announced, what it was."""

    share: float
    announced: float
    is_right: bool


def main(answers: Path, questions: Path) -> int:
    """Read both files, replay every pupil with each engine, print what was foretold."""
    try:
        skills = read_questions(questions)
        pupils = read_answers(answers, {skill.id for skill in skills})
    except (BadFile, OSError) as error:
        print(f"Fichier refusé : {error}")
        return 2
    print(f"{len(pupils)} élèves, {len(skills)} questions ; réponses non posées, prédites par chaque moteur")
    print(f"{'':<12}{'posées':>8}{'prédites':>10}{'justesse':>10}{'Brier':>8}{'calibration':>13}")
    for name, decide in ENGINES.items():
        foretold = [one for pupil in pupils for one in replay(decide, skills, pupil)]
        for line in summary(foretold):
            print(f"{name:<12}" + line, flush=True)
    return 0


def read_questions(path: Path) -> tuple[FrozenSkill, ...]:
    """Read the questions, each a skill with one challenge.

    Raises: BadFile naming the line at fault.
    """
    rows = _rows(path)
    columns = [name.strip().lower().replace("é", "e") for name in rows[0]] if rows else []
    if missing := [name for name in NEEDED if name not in columns]:
        raise BadFile(f"{path.name}, ligne 1 : il manque la colonne {', '.join(missing)}")
    skills: dict[str, FrozenSkill] = {}
    for number, row in enumerate(rows[1:], start=2):
        where = f"{path.name}, ligne {number}"
        if len(row) != len(columns):
            raise BadFile(f"{where} : {len(row)} cellules au lieu de {len(columns)}")
        skill = _question(dict(zip(columns, (cell.strip() for cell in row), strict=True)), where)
        if skill.id in skills:
            raise BadFile(f"{where} : la question « {skill.id} » y est déjà")
        skills[skill.id] = skill
    if not skills:
        raise BadFile(f"{path.name} : aucune question")
    return tuple(skills.values())


def _question(cells: dict[str, str], where: str) -> FrozenSkill:
    if empty := [name for name in NEEDED if not cells[name]]:
        raise BadFile(f"{where} : {empty[0]} est vide")
    if not cells["niveau"].isdecimal() or int(cells["niveau"]) not in LEVELS:
        raise BadFile(f"{where} : niveau « {cells['niveau']} », un nombre de 1 à 8 est attendu")
    kind = cells.get("type", "").lower()
    if kind not in KINDS:
        raise BadFile(f"{where} : type « {kind} », attendu : QCU, QCM ou texte")
    name = cells["question"]
    challenge = FrozenChallenge(name, "v1", KINDS[kind], PROPOSALS, 60, False)
    competence = cells.get("competence") or "unique"
    return FrozenSkill(name, cells["sujet"], competence, int(cells["niveau"]), (challenge,))


def read_answers(path: Path, questions: set[str]) -> list[Recorded]:
    """Read the matrix: a line for each pupil, a column for each question, 1, 0 or nothing.

    Raises: BadFile naming the line at fault.
    """
    rows = _rows(path)
    header = [name.strip() for name in rows[0][1:]] if rows else []
    if unknown := [name for name in header if name not in questions]:
        raise BadFile(f"{path.name}, ligne 1 : question inconnue « {unknown[0]} »")
    if not header or len(set(header)) != len(header):
        raise BadFile(f"{path.name}, ligne 1 : une colonne par question est attendue, sans doublon")
    pupils = []
    for number, row in enumerate(rows[1:], start=2):
        where = f"{path.name}, ligne {number}"
        if len(row) != len(header) + 1:
            raise BadFile(f"{where} : {len(row)} cellules au lieu de {len(header) + 1}")
        cells = dict(zip(header, (cell.strip() for cell in row[1:]), strict=True))
        if wrong := [(name, cell) for name, cell in cells.items() if cell not in ("", "0", "1")]:
            raise BadFile(
                f"{where} : « {wrong[0][1]} » à la question « {wrong[0][0]} », attendu : 1, 0 ou rien"
            )
        pupils.append(Recorded(row[0], {name: cell == "1" for name, cell in cells.items() if cell}))
    if not pupils:
        raise BadFile(f"{path.name} : aucun élève")
    return pupils


def _rows(path: Path) -> list[list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(f"{path.name} : le fichier n’est pas en UTF-8") from error
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    return [row for row in csv.reader(text.splitlines(), delimiter=separator) if any(row)]


def replay(decide: Playing, skills: Sequence[FrozenSkill], pupil: Recorded) -> list[Foretold]:
    """Ask a pupil what was recorded, and foretell the rest at each of `SHARES`."""
    known = tuple(skill for skill in skills if skill.id in pupil.answers)
    if len(known) < 2:
        return []
    test, context = FrozenTest(known, NEVER_SKIPS), TryContext(pupil.name)
    marks = {round(share * len(known)): share for share in reversed(SHARES)}
    answers: list[Observation] = []
    found: list[Foretold] = []
    while True:
        decision = decide(test, context, answers)
        is_over = decision.pick is None
        for count, share in marks.items():
            # An engine that has ended says until the last mark what it said then.
            if count == len(answers) or (is_over and count > len(answers)):
                found += _foretell(known, answers, pupil, decision.estimate.probabilities, share)
        if decision.pick is None or len(answers) >= max(marks):
            return found
        outcome = Outcome.OK if pupil.answers[decision.pick.skill] else Outcome.KO
        answers.append(Observation(decision.pick.skill, decision.pick.challenge, outcome))


def _foretell(
    skills: Sequence[FrozenSkill],
    answers: Sequence[Observation],
    pupil: Recorded,
    acquired: Mapping[str, float],
    share: float,
) -> list[Foretold]:
    asked = {one.skill for one in answers}
    found = []
    for skill in skills:
        if skill.id not in asked:
            slip, guess = chances(NEVER_SKIPS, skill.challenges[0])
            p = acquired[skill.id]
            found.append(Foretold(share, p * (1 - slip) + (1 - p) * guess, pupil.answers[skill.id]))
    return found


def summary(foretold: Sequence[Foretold]) -> list[str]:
    """Write, for each share of questions asked, how good the rest was foretold."""
    lines = []
    for share in SHARES:
        chosen = [one for one in foretold if one.share == share]
        if not chosen:
            continue
        announced = np.array([one.announced for one in chosen])
        right = np.array([one.is_right for one in chosen], float)
        accuracy = ((announced >= 0.5) == (right > 0)).mean()
        brier = ((announced - right) ** 2).mean()
        at = np.minimum((announced * 10).astype(int), 9)
        gap = np.abs(np.bincount(at, announced - right, minlength=10)).sum() / len(chosen)
        line = f"{100 * share:>6.0f} %{len(chosen):>10}{100 * accuracy:>8.1f} %{brier:>8.3f}{gap:>13.3f}"
        lines.append(line.replace(".", ","))
    return lines
