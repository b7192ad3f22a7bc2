"""What a roster file changes in a school's list of pupils. Source: docs/regles.md, « Listes d'élèves »."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import NamedTuple

from portal.domain.identity import normalise_name

# A file that does not know these (no INE yet, a format without MEF) erases nothing.
_KEPT_WHEN_ABSENT = ("ine", "mef")
_ALWAYS_COPIED = ("last_name", "usage_name", "first_name", "second_name", "third_name", "birth_date")


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One pupil as a file tells; `place` is where in the file, for messages."""

    ine: str | None
    last_name: str
    usage_name: str | None
    first_name: str
    second_name: str | None
    third_name: str | None
    birth_date: date
    class_name: str
    groups: tuple[str, ...]
    mef: str | None
    place: str


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """Why a file cannot be imported: where, and a French sentence that says what to do."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadRoster:
    """All that a reader found in a file; `left_out` gives names by reason, which are no errors."""

    uai: str | None
    entries: tuple[RosterEntry, ...]
    left_out: Mapping[str, Sequence[str]]
    problems: tuple[RosterProblem, ...]


@dataclass(frozen=True, slots=True)
class KnownStudent:
    """One pupil as the school's list has it; `by_hand`: added by a member, in no file yet."""

    key: int
    ine: str | None
    last_name: str
    usage_name: str | None
    first_name: str
    second_name: str | None
    third_name: str | None
    birth_date: date
    class_name: str | None
    groups: tuple[str, ...] = ()
    mef: str | None = None
    enabled: bool = True
    linked: bool = False
    by_hand: bool = False


class Match(NamedTuple):
    """A pupil of the list and the same one in the file."""

    known: KnownStudent
    entry: RosterEntry


class Update(NamedTuple):
    """A pupil of whom the file says something new, apart from the class: `changed` names the fields."""

    known: KnownStudent
    entry: RosterEntry
    changed: tuple[str, ...]


class Move(NamedTuple):
    """A pupil who changes class."""

    known: KnownStudent
    entry: RosterEntry
    from_class: str | None
    to_class: str


@dataclass(slots=True)
class RosterDiff:
    """What an import would do; a pupil may be at once updated, moved, adopted and re-enabled.

    `matched` holds every pupil found in the file; `adopted`, those added by hand, whom files speak for from
    now on; `look_alikes`, new pupils with the names and birth date of one known under another INE, to check.
    """

    created: list[RosterEntry] = field(default_factory=list)
    matched: list[Match] = field(default_factory=list)
    updated: list[Update] = field(default_factory=list)
    moved: list[Move] = field(default_factory=list)
    re_enabled: list[Match] = field(default_factory=list)
    adopted: list[Match] = field(default_factory=list)
    disabled: list[KnownStudent] = field(default_factory=list)
    unchanged: list[KnownStudent] = field(default_factory=list)
    kept_by_hand: list[KnownStudent] = field(default_factory=list)
    without_ine: list[RosterEntry] = field(default_factory=list)
    look_alikes: list[Match] = field(default_factory=list)
    problems: list[RosterProblem] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Tell whether importing would leave the list as it is."""
        changes = (self.created, self.updated, self.moved, self.re_enabled, self.adopted, self.disabled)
        return not any(changes)


_NamesKey = tuple[str, str, date]


def _names_key(person: RosterEntry | KnownStudent) -> _NamesKey:
    return normalise_name(person.last_name), normalise_name(person.first_name), person.birth_date


def full_name(person: RosterEntry | KnownStudent) -> str:
    """Write a pupil's name as lists do: « DURAND Lina »."""
    return f"{person.last_name.upper()} {person.first_name}"


def compare(entries: Sequence[RosterEntry], known: Iterable[KnownStudent]) -> RosterDiff:
    """Tell what importing a file would change in the list.

    Pupils match by INE, else by names and birth date; whatever is doubtful becomes a problem, never a guess.
    When there are problems the rest is still told, for the dry run, but must not be applied.
    """
    return _Comparison(entries, known).run()


class _Comparison:
    """The work of `compare`: look-ups by INE and by names, then one pass over the entries."""

    def __init__(self, entries: Sequence[RosterEntry], known: Iterable[KnownStudent]) -> None:
        self.entries = entries
        self.known = list(known)
        self.by_ine = {student.ine: student for student in self.known if student.ine}
        self.by_names: dict[_NamesKey, list[KnownStudent]] = defaultdict(list)
        for student in self.known:
            self.by_names[_names_key(student)].append(student)
        self.names = [_names_key(entry) for entry in entries]
        self.same_names = Counter(self.names)
        self.same_ine = Counter(entry.ine for entry in entries if entry.ine)
        self.doubtful: set[int] = set()
        self.diff = RosterDiff()

    def run(self) -> RosterDiff:
        found: dict[int, list[RosterEntry]] = defaultdict(list)
        students = {student.key: student for student in self.known}
        for entry, names in zip(self.entries, self.names, strict=True):
            if entry.ine is None:
                self.diff.without_ine.append(entry)
            if self._is_repeated(entry, names):
                continue
            candidates = self._candidates(entry, names)
            if len(candidates) > 1:
                self._refuse_ambiguous(entry, candidates)
            elif candidates:
                found[candidates[0].key].append(entry)
            else:
                self._create(entry, names)
        for key, claims in found.items():
            self._settle(students[key], claims)
        self._sort_absent(found)
        return self.diff

    def _is_repeated(self, entry: RosterEntry, names: _NamesKey) -> bool:
        """Refuse two entries that nothing in the file tells apart."""
        if entry.ine and self.same_ine[entry.ine] > 1:
            reason = f"L’INE {entry.ine} est porté par plusieurs élèves du fichier : corrigez la base élèves."
        elif entry.ine is None and self.same_names[names] > 1:
            reason = (
                "Plusieurs élèves du fichier ont ces nom, prénom et date de naissance, et celui-ci n’a pas "
                "d’INE : renseignez son INE ou supprimez le doublon dans la base élèves."
            )
        else:
            return False
        self._refuse(entry, reason, self._candidates(entry, names))
        return True

    def _candidates(self, entry: RosterEntry, names: _NamesKey) -> list[KnownStudent]:
        if entry.ine is None:
            return self.by_names.get(names, [])
        if entry.ine in self.by_ine:
            return [self.by_ine[entry.ine]]
        return [student for student in self.by_names.get(names, []) if not student.ine]

    def _refuse(self, entry: RosterEntry, reason: str, candidates: Iterable[KnownStudent]) -> None:
        self.diff.problems.append(RosterProblem(entry.place, reason))
        self.doubtful.update(student.key for student in candidates)

    def _refuse_ambiguous(self, entry: RosterEntry, candidates: Sequence[KnownStudent]) -> None:
        reason = (
            f"{len(candidates)} élèves de la liste ont ces nom, prénom et date de naissance : fusionnez-les, "
            "ou renseignez l’INE de chacun, puis recommencez."
        )
        self._refuse(entry, reason, candidates)

    def _create(self, entry: RosterEntry, names: _NamesKey) -> None:
        self.diff.created.append(entry)
        self.diff.look_alikes += [Match(student, entry) for student in self.by_names.get(names, [])]

    def _settle(self, known: KnownStudent, claims: Sequence[RosterEntry]) -> None:
        """Tell what the file changes for one known pupil, unless several entries claim to be this one."""
        if len(claims) > 1:
            reason = (
                f"Plusieurs élèves du fichier correspondent à {full_name(known)} : vérifiez leurs INE, "
                "noms et dates de naissance dans la base élèves."
            )
            for entry in claims:
                self._refuse(entry, reason, [known])
            return
        entry = claims[0]
        changed = _changed_fields(known, entry)
        is_moved = known.class_name != entry.class_name
        match = Match(known, entry)
        self.diff.matched.append(match)
        if changed:
            self.diff.updated.append(Update(known, entry, changed))
        if is_moved:
            self.diff.moved.append(Move(known, entry, known.class_name, entry.class_name))
        if not known.enabled:
            self.diff.re_enabled.append(match)
        if known.by_hand:
            self.diff.adopted.append(match)
        if known.enabled and not (changed or is_moved or known.by_hand):
            self.diff.unchanged.append(known)

    def _sort_absent(self, found: Mapping[int, object]) -> None:
        for student in self.known:
            if student.key in found or student.key in self.doubtful or not student.enabled:
                continue
            (self.diff.kept_by_hand if student.by_hand else self.diff.disabled).append(student)


def _changed_fields(known: KnownStudent, entry: RosterEntry) -> tuple[str, ...]:
    changed = [name for name in _ALWAYS_COPIED if getattr(known, name) != getattr(entry, name)]
    changed += [
        name
        for name in _KEPT_WHEN_ABSENT
        if getattr(entry, name) is not None and getattr(known, name) != getattr(entry, name)
    ]
    if set(known.groups) != set(entry.groups):
        changed.append("groups")
    order = [each.name for each in fields(RosterEntry)]
    return tuple(sorted(changed, key=order.index))
