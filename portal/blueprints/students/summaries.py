"""The words of a dry run: how many pupils it changes, and who."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.blueprints.students.lines import shown
from portal.domain.roster import KnownStudent, Move, RosterDiff, RosterEntry, RosterProblem, Update, full_name
from portal.labels import counted

# Names shown of one kind: more would make the page heavy, and nobody reads further.
MOST_NAMES = 200
_FIELDS = {
    "ine": "INE",
    "last_name": "nom",
    "usage_name": "nom d’usage",
    "first_name": "prénom",
    "second_name": "deuxième prénom",
    "third_name": "troisième prénom",
    "birth_date": "date de naissance",
    "groups": "groupes",
    "mef": "formation",
}
_KINDS = (
    ("created", "créé", "créés"),
    ("moved", "change de classe", "changent de classe"),
    ("updated", "mis à jour", "mis à jour"),
    ("re_enabled", "de retour dans la liste", "de retour dans la liste"),
    ("adopted", "ajouté à la main et reconnu", "ajoutés à la main et reconnus"),
    ("disabled", "absent du fichier et désactivé", "absents du fichier et désactivés"),
    ("kept_by_hand", "ajouté à la main et gardé", "ajoutés à la main et gardés"),
    ("unchanged", "inchangé", "inchangés"),
)


_HELP = {
    "Homonymes à vérifier": "Un élève de la liste a les mêmes noms et la même date de naissance, mais un "
    "autre INE.",
    "Désactivés": "Absents du fichier. Ils ne peuvent plus rien commencer, rien n’est effacé.",
    "Ajoutés à la main et reconnus": "Le fichier fait désormais foi pour eux.",
    "Ajoutés à la main et gardés": "Absents du fichier. S’ils sont partis, indiquez-le sur leur page.",
    "Sans INE": "Reconnus par leurs noms et leur date de naissance. C’est fréquent à l’arrivée.",
}


@dataclass(frozen=True, slots=True)
class Section:
    """The pupils of one kind: the first names, and how many there are in all."""

    title: str
    names: tuple[str, ...]
    total: int
    help: str

    @property
    def others(self) -> int:
        """Count those who are not named."""
        return self.total - len(self.names)


def counts_sentence(counts: Mapping[str, int]) -> str:
    """Say in one line what an import changes: « 2 500 élèves dans le fichier : 2 480 créés, … »."""
    told = [counted(counts[kind], one, many) for kind, one, many in _KINDS if counts.get(kind)]
    pupils = counted(counts["pupils"], "élève", "élèves")
    return f"{pupils} dans le fichier\u00a0: {', '.join(told) or 'aucun'}."


def shown_problems(problems: Iterable[RosterProblem]) -> list[tuple[str, str]]:
    """Give place and reason of each problem as they are printed."""
    return [(shown(one.place), shown(one.reason)) for one in problems]


def sections_of(diff: RosterDiff, left_out: Mapping[str, Sequence[str]]) -> list[Section]:
    """List who is concerned, what deserves a look first; empty sections are left out."""
    named = (
        ("Homonymes à vérifier", [_entry(match.entry) for match in diff.look_alikes]),
        ("Désactivés", [_known(known) for known in diff.disabled]),
        ("Créés", [_entry(entry) for entry in diff.created]),
        ("Changent de classe", [_move(move) for move in diff.moved]),
        ("Mis à jour", [_update(update) for update in diff.updated]),
        ("De retour dans la liste", [_entry(match.entry) for match in diff.re_enabled]),
        ("Ajoutés à la main et reconnus", [_entry(match.entry) for match in diff.adopted]),
        ("Ajoutés à la main et gardés", [_known(known) for known in diff.kept_by_hand]),
        ("Sans INE", [_entry(entry) for entry in diff.without_ine]),
        ("Inchangés", [_known(known) for known in diff.unchanged]),
    )
    outside = ((f"Laissés de côté\u00a0: {reason.lower()}", names) for reason, names in left_out.items())
    return [_section(title, names) for title, names in (*named, *outside) if names]


def _section(title: str, names: Sequence[str]) -> Section:
    return Section(title, tuple(shown(name) for name in names[:MOST_NAMES]), len(names), _HELP.get(title, ""))


def _entry(entry: RosterEntry) -> str:
    return f"{full_name(entry)}, {entry.class_name}"


def _known(known: KnownStudent) -> str:
    return f"{full_name(known)}, {known.class_name or 'sans classe'}"


def _move(move: Move) -> str:
    return f"{full_name(move.known)}\u00a0: {move.from_class or 'sans classe'} → {move.to_class}"


def _update(update: Update) -> str:
    return f"{full_name(update.known)}\u00a0: {', '.join(_FIELDS[name] for name in update.changed)}"
