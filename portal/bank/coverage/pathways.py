"""The pathways, beside those that are asked for and the rules they keep."""

from collections.abc import Iterator

from portal.bank.coverage.line import Line
from portal.bank.loader import Bank
from portal.bank.objectives import Pathway as Asked
from portal.domain.pathway import Pathway, skills_of

NB = "\u00a0"


def there(bank: Bank) -> Iterator[Line]:
    """Count the pathways, and name those that are missing."""
    objectives = bank.objectives
    asked = {one.id: one.title for one in objectives.pathways}
    if objectives.each_competence:
        for one in bank.referential.competences():
            name = objectives.each_competence.replace("{competence}", one.id.replace(".", "-"))
            asked[name] = f"Progresser en {one.id}"
    missing = tuple(f"{name} ({title})" for name, title in asked.items() if name not in bank.pathways)
    yield Line("parcours", len(asked) - len(missing), len(asked), missing)
    more = [name for name in bank.pathways if name not in asked]
    yield Line("autres parcours de la banque", len(more))


def contents(bank: Bank) -> Iterator[Line]:
    """Compare the subjects of each pathway with those asked, competence by competence."""
    for asked in bank.objectives.pathways:
        if asked.id in bank.pathways and asked.subjects:
            yield _content(bank.pathways[asked.id], asked, bank)


def _content(pathway: Pathway, asked: Asked, bank: Bank) -> Line:
    found, missing = 0, []
    for competence, (count, level) in asked.subjects.items():
        mine = sum(
            maximum == level and bank.tubes[tube].competence == competence for tube, maximum in pathway.tubes
        )
        found += min(mine, count)
        if mine < count:
            missing.append(f"{competence}{NB}: {count - mine} jusqu’au niveau {level}")
    whole = sum(count for count, _ in asked.subjects.values())
    return Line(f"{pathway.id}{NB}: {pathway.title}", found, whole, tuple(missing))


def rules(bank: Bank) -> Iterator[Line]:
    """Check sizes, phones, and what changes from one year to the next."""
    sizes, phones = bank.objectives.sizes, bank.objectives.phones
    for name in sizes.pathways:
        if name in bank.pathways:
            skills = skills_of(bank.pathways[name], bank.tubes)
            yield Line(f"{name}{NB}: acquis", len(skills), sizes.skills[0])
            yield Line(f"{name}{NB}: acquis", len(skills), sizes.skills[1], at_most=True)
            yield Line(f"{name}{NB}: compétences", len({one.competence for one in skills}), sizes.competences)
    for name in phones.pathways:
        if name in bank.pathways:
            yield _on_phones(bank.pathways[name], bank, phones.percent)
    for before, after in bank.objectives.following.years:
        if before in bank.pathways and after in bank.pathways:
            share = shared(bank.pathways[before], bank.pathways[after])
            asked = bank.objectives.following.shared
            yield Line(
                f"{before} puis {after}{NB}: sujets communs", share, asked, unit=f"{NB}%", at_most=True
            )


def _on_phones(pathway: Pathway, bank: Bank, asked: int) -> Line:
    tubes = [bank.tubes[tube] for tube, _ in pathway.tubes]
    share = 100 * sum(tube.phone_friendly for tube in tubes) // len(tubes)
    return Line(f"{pathway.id}{NB}: sujets possibles au téléphone", share, asked, unit=f"{NB}%")


def shared(before: Pathway, after: Pathway) -> int:
    """Give the share of the subjects, at the same cap, that two pathways have in common: of the shorter one."""
    common = set(before.tubes) & set(after.tubes)
    return -(-100 * len(common) // min(len(before.tubes), len(after.tubes)))
