"""What the bank covers beside what is asked of it, and what is missing, by name."""

from portal.bank.coverage import contents, pathways
from portal.bank.coverage.line import Line
from portal.bank.loader import Bank

__all__ = ["Line", "coverage"]


def coverage(bank: Bank) -> dict[str, list[Line]]:
    """Compare the bank with its objectives, by section."""
    return {
        "Sujets": [*contents.subjects(bank)],
        "Thèmes": [*contents.topics(bank)],
        "Acquis": [*contents.skills(bank)],
        "Questions": [*contents.challenges(bank)],
        "Emplois de chaque sorte, générateur et simulateur": [*contents.uses(bank)],
        "Tutoriels": [*contents.tutorials(bank)],
        "Parcours": [*pathways.there(bank)],
        "Contenu des parcours": [*pathways.contents(bank)],
        "Règles des parcours": [*pathways.rules(bank)],
    }
