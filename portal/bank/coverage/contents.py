"""Subjects, skills, questions and tutorials, beside what is asked."""

import re
from collections import Counter
from collections.abc import Iterator

from portal.bank.coverage.line import Line
from portal.bank.loader import Bank
from portal.bank.tutorial import headings
from portal.domain.referential import CHOICES, Challenge, Kind, Tube
from portal.material.library import RECIPES
from portal.material.simulators.library import SIMULATORS

KINDS = {
    Kind.SINGLE_CHOICE: "choix unique",
    Kind.MULTIPLE_CHOICE: "choix multiple",
    Kind.TEXT: "texte",
    Kind.NUMBER: "nombre",
    Kind.FIELDS: "plusieurs champs",
    Kind.INTERCHANGEABLE_FIELDS: "champs échangeables",
    Kind.SELECT: "listes déroulantes",
    Kind.MATCHING: "correspondances",
    Kind.ORDERING: "remise en ordre",
    Kind.HOTSPOT: "endroit d’une image ou d’un tableau",
    Kind.SIMULATOR: "simulateur",
}
_LEVELS = re.compile(r"niveaux?-(\d)(?:-(?:et|a)-(\d))?")
NB = "\u00a0"


def subjects(bank: Bank) -> Iterator[Line]:
    """Count the subjects: in all, by competence, for beginners, for the staff."""
    asked = bank.objectives.subjects
    every = list(bank.referential.competences())
    count = Counter(tube.competence for tube in bank.tubes.values())
    staff = staff_tubes(bank)
    empty = tuple(f"{one.id} {one.title}" for one in every if not count[one.id])
    yield Line("compétences", len(every) - len(empty), len(every), empty)
    yield Line("sujets", len(bank.tubes) - len(staff), asked.all)
    for one in every:
        yield Line(f"{one.id} {one.title}", count[one.id], asked.each)
    levels = set(asked.guided.levels)
    guided = sum(levels <= {skill.level for skill in tube.skills} for tube in bank.tubes.values())
    named = " et ".join(str(level) for level in sorted(levels)) or "–"
    yield Line(f"sujets aux niveaux {named}", guided, asked.guided.subjects)
    yield Line("sujets réservés au personnel", len(staff), asked.staff)


def staff_tubes(bank: Bank) -> set[str]:
    """List the subjects that only the pathways of the staff ask."""
    asked = {True: set[str](), False: set[str]()}
    for pathway in bank.pathways.values():
        if pathway.category != "competence":
            asked[pathway.category == "personnel"] |= {tube for tube, _ in pathway.tubes}
    return asked[True] - asked[False]


def topics(bank: Bank) -> Iterator[Line]:
    """Count the subjects of each theme that is asked for."""
    for theme in bank.objectives.topics:
        mine = Counter(tube.competence for tube in bank.tubes.values() if theme.id in tube.topics)
        yield Line(f"sujets du thème «{NB}{theme.id}{NB}»", mine.total(), theme.all)
        for competence, asked in theme.competences.items():
            yield Line(f"thème «{NB}{theme.id}{NB}» dans {competence}", mine[competence], asked)


def skills(bank: Bank) -> Iterator[Line]:
    """Count the skills, at each level of each competence."""
    asked = bank.objectives.skills
    every = [skill for tube in bank.tubes.values() for skill in tube.skills]
    count = Counter((skill.competence, skill.level) for skill in every)
    yield Line("acquis", len(every), asked.all)
    for one in bank.referential.competences():
        levels, least = asked.each_level.levels, asked.each_level.skills
        short = [level for level in levels if count[one.id, level] < least]
        missing = tuple(f"niveau {level} ({count[one.id, level]} sur {least})" for level in short)
        yield Line(
            f"{one.id}{NB}: niveaux d’au moins {least} acquis", len(levels) - len(short), len(levels), missing
        )
    for level in asked.somewhere:
        yield Line(f"acquis de niveau {level}", sum(skill.level == level for skill in every), 1)


def challenges(bank: Bank) -> Iterator[Line]:
    """Count the questions, by what they ask to do."""
    asked = bank.objectives.challenges
    every = [challenge for _, challenge in bank.every_challenge()]
    whole = len(every) or 1
    doing = 100 * sum(one.doing for one in every) // whole
    # Rounded up: a ceiling that is passed is passed.
    choices = -(-100 * sum(one.kind in CHOICES for one in every) // whole)
    made, played = (
        sum(one.recipe is not None for one in every),
        sum(one.scenario is not None for one in every),
    )
    yield Line("questions", len(every), asked.all)
    yield Line("questions où l’on fait (doing)", doing, asked.least_doing, unit=f"{NB}%")
    yield Line("choix uniques et multiples", choices, asked.most_choices, unit=f"{NB}%", at_most=True)
    yield Line("questions avec un fichier pour chaque élève", made, asked.generated)
    beside = tuple(one.id for one in every if one.recipe is not None and not is_drawn(one))
    yield Line("fichiers dont la réponse est tirée avec eux", made - len(beside), made, beside)
    yield Line("questions dans un simulateur", played, asked.simulators)
    idle = tuple(sorted(bank.scenarios - {str(one.scenario["id"]) for one in every if one.scenario}))
    yield Line("scénarios joués par une question", len(bank.scenarios) - len(idle), len(bank.scenarios), idle)


def is_drawn(challenge: Challenge) -> bool:
    """Tell whether what a pupil must answer comes from his or her own file."""
    return bool(challenge.answer) or any(entry.answer for entry in challenge.entries)


def uses(bank: Bank) -> Iterator[Line]:
    """Count how often each kind of question, generator and simulator serves."""
    least = bank.objectives.challenges.uses
    every = [challenge for _, challenge in bank.every_challenge()]
    kinds = Counter(one.kind for one in every)
    made = Counter(str(one.recipe["generator"]) for one in every if one.recipe)
    played = Counter(str(one.scenario["simulator"]) for one in every if one.scenario)
    yield from (Line(f"sorte{NB}: {name}", kinds[kind], least) for kind, name in KINDS.items())
    yield from (Line(f"générateur{NB}: {name}", made[name], least) for name in sorted(RECIPES))
    yield from (Line(f"simulateur{NB}: {name}", played[name], least) for name in SIMULATORS)


def tutorials(bank: Bank) -> Iterator[Line]:
    """Count the pages, and the subjects whose sections are short enough."""
    lacking = tuple(name for name in bank.tubes if name not in bank.tutorials)
    yield Line("une page pour chaque sujet", len(bank.tubes) - len(lacking), len(bank.tubes), lacking)
    most = bank.objectives.tutorials.levels
    if most:
        wide = tuple(tube.id for tube in bank.tubes.values() if not _is_cut(tube, bank, most))
        name = f"une section pour {most} niveaux au plus"
        yield Line(name, len(bank.tubes) - len(wide), len(bank.tubes), wide)


def _is_cut(tube: Tube, bank: Bank, most: int) -> bool:
    """Tell whether each level of a subject has a section, of few enough levels."""
    found = (_LEVELS.fullmatch(slug) for slug, _ in headings(bank.tutorials.get(tube.id, "")))
    spans = [(int(one[1]), int(one[2] or one[1])) for one in found if one]
    taught = {level for first, last in spans if last - first < most for level in range(first, last + 1)}
    return {skill.level for skill in tube.skills} <= taught
