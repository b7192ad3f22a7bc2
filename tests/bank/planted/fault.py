"""What a planted fault is: what is written instead of what, and what must be said of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

NB = "\u00a0"
DOSSIERS = "sujets/1.2/dossiers.yaml"
DEPENSES = "sujets/1.3/depenses.yaml"
MESSAGES = "sujets/4.1/messages.yaml"
RANGER = "parcours/thematique/ranger.yaml"
EXPLORER = "scenarios/explorer/jeter-un-brouillon.yaml"
MAILBOX = "scenarios/mailbox/colis-perdu.yaml"
TUTORIAL = "tutoriels/1.2/dossiers.md"
PICTURE = "medias/dossiers-1a.svg"
PLAIN = str.maketrans("éâ", "ea")


@dataclass(frozen=True)
class Fault:
    """A fault: `new` is written in the place of `old`, once.

    Attributes:
        line: words of the line to be named, those of `new` if nothing is said.
        told_in: the file to be named, if it is another.
        more: what else is written, pairs of old and new, for a fault that takes several.
    """

    name: str
    file: str
    old: str
    new: str
    says: str
    line: str = ""
    told_in: str = ""
    more: tuple[tuple[str, str], ...] = ()

    def plant(self, folder: Path) -> None:
        """Write the fault."""
        path = folder / self.file
        text = path.read_text("utf-8") if path.exists() else ""
        if self.old == DELETED:
            path.unlink()
            return
        for old, new in ((self.old, self.new), *self.more):
            assert old in text, f"{self.name}: « {old} » is not in {self.file}"
            text = text.replace(old, new, 1) if old else new
        path.write_text(text, "utf-8")

    def place(self, folder: Path) -> tuple[str, int]:
        """Give the file and the line that must be named."""
        file = self.told_in or self.file
        marker = self.line or self.new.strip().split("\n")[0]
        if self.old == DELETED:
            return file, 1
        lines = (folder / file).read_text("utf-8").splitlines()
        return file, next(number for number, line in enumerate(lines, 1) if marker in line)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>\n'
DELETED = "(deleted)"
LAST = """        explanation: Le loyer et l’électricité se paient chaque mois.
        seconds: 45
"""
TWIN = """      - id: depenses-5e
        kind: interchangeable_fields
        instruction: Chaque mois, deux dépenses reviennent dans ce foyer. Citez-les.
        labels: [Première dépense, Seconde dépense]
        groups: [[loyer], [électricité]]
        explanation: Le loyer et l’électricité se paient chaque mois.
        seconds: 45
"""
SUBJECTS = ("bus", "cantine", "piscine", "théâtre", "vélo", "musée", "chorale", "jardin")


def typed(subject: str) -> str:
    """Give a question to type, unlike the others."""
    return f"""      - id: depenses-{subject.translate(PLAIN)}
        kind: text
        instruction: {subject.capitalize()}, {subject[::-1]} et {subject * 2}. Recopiez le mot qui se lit ici.
        solutions: [{subject}]
        explanation: Ce mot se lit au début, et il est suivi de deux autres.
        seconds: 30
"""


def choice(subject: str, rank: int) -> str:
    """Give a choice, unlike the others, whose right proposal is neither the longest nor always at the same place."""
    texts = [f"{subject} {word}" for word in ("gris", "ocre", "bleu", "vert")]
    proposals = ", ".join(
        f"{{text: {text}, right: {str(at == rank % 4).lower()}}}" for at, text in enumerate(texts)
    )
    return f"""      - id: depenses-{subject.translate(PLAIN)}
        kind: single_choice
        instruction: {subject.capitalize()}, {subject[::-1]} et {subject * 2}. Choisissez celui qui est sur le ticket.
        proposals: [{proposals}]
        explanation: Le ticket dit la couleur de chaque objet, il suffit de la lire.
        seconds: 30
"""


def lists(
    name: str, asked: str, right: Callable[[int], int], longer: str = "", days: str = "lun mar jeu"
) -> str:
    """Give a question of six drop-down lists: the place of the right option, and what makes it longer."""
    fields = []
    for rank in range(6):
        options = [day + longer * (at == right(rank)) for at, day in enumerate(days.split())]
        said = f"label: Ligne {rank + 1} du relevé, options: [{', '.join(options)}]"
        fields.append(f"          - {{{said}, solutions: [{options[right(rank)]}]}}")
    return f"""      - id: {name}
        kind: select
        doing: true
        media: {{file: depenses-3c.svg, alternative: Un relevé de six lignes datées.}}
        instruction: {asked}
        fields:
{chr(10).join(fields)}
        explanation: Chaque ligne du relevé porte le jour de son paiement.
        seconds: 60
"""
