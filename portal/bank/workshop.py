"""The bank for its author: one part found by name and checked alone, read again as its files change."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from portal.bank import kinds, schema
from portal.bank.checks import answers, balance, exercises, files, pathways, pictures, tutorials, wording
from portal.bank.checks.places import every_challenge, pathway_file, scenario_file, tube_file
from portal.bank.loader import Bank, bank_of, cross_checks, missing
from portal.bank.places import Lines, Place, Problem
from portal.bank.shelf import Shelf
from portal.domain.referential import Challenge, Kind, Tube
from portal.material.library import recipe_of
from portal.material.recipe import Made, dice_of

# A file and its checks for the pupils that are drawn: what one question gives is kept until it changes.
MOST_KEPT = 5000


class What(StrEnum):
    """What a name may be the name of."""

    QUESTION = "question"
    SKILL = "acquis"
    TUBE = "sujet"
    PATHWAY = "parcours"
    SCENARIO = "scenario"


@dataclass(frozen=True, slots=True)
class Found:
    """A part of the bank: its name and the files that it is made of, its own first."""

    what: What
    name: str
    files: tuple[str, ...]


@dataclass
class Workshop:
    """The files of a folder, and what was worked out of them since they last changed."""

    content: Path
    shelf: Shelf = field(init=False)
    _bank: Bank | None = None
    _kept: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the files."""
        self.shelf = Shelf(self.content)
        self.refresh()

    def refresh(self) -> int:
        """Read again what changed; the number tells one state of the files from another."""
        if self.shelf.refresh():
            self._bank = None
        return self.shelf.signature

    @property
    def bank(self) -> Bank:
        """Give all that can be read."""
        if self._bank is None:
            self._bank = bank_of(self.shelf)
        return self._bank

    def find(self, name: str) -> Found | None:
        """Find a question, a skill, a subject, a pathway or a scenario, by its name or its file."""
        stem = Path(name).stem if name.endswith(".yaml") else name
        found = {one.what: one for one in self._named(stem)}
        if name.endswith(".yaml"):
            own = [one for one in found.values() if name.endswith(one.files[0])]
            return next(iter(own), None)
        return next((found[what] for what in What if what in found), None)

    def _named(self, name: str) -> Iterator[Found]:
        for file, part in self.shelf.of(schema.Tube):
            what = _in_tube(part, name)
            if what:
                yield Found(what, name, (file, *self._beside(part)))
        if name in self.bank.pathways:
            yield Found(What.PATHWAY, name, (pathway_file(self.bank.pathways[name]),))
        for file in self._scenes():
            if Path(file).stem == name:
                yield Found(What.SCENARIO, name, (file,))

    def _scenes(self) -> list[str]:
        return [file for file in (*self.shelf.parts, *self.shelf.faults) if file.startswith("scenarios/")]

    def _beside(self, tube: schema.Tube) -> list[str]:
        """List the scenarios and the page that go with a subject, those that cannot be read included."""
        challenges = (one for skill in tube.skills for one in skill.challenges)
        played = {one.scenario for one in challenges if isinstance(one, kinds.Simulator)}
        pages = (file for file in (*self.shelf.parts, *self.shelf.faults) if file.startswith("tutoriels/"))
        return [
            *(file for file in self._scenes() if Path(file).stem in played),
            *(file for file in pages if Path(file).stem == tube.id),
        ]

    def unreadable(self, found: Found | None, name: str) -> list[Problem]:
        """Tell what keeps a part from being shown: its files, or all those that may hold its name."""
        faults = self.shelf.faults
        if found is not None:
            return [one for file in found.files for one in faults.get(file, [])]
        stem = Path(name).stem if name.endswith(".yaml") else name
        texts = {file: (self.content / file).read_text("utf-8", errors="replace") for file in sorted(faults)}
        likely = [file for file, text in texts.items() if stem in text or Path(file).stem == stem]
        return [one for file in likely or texts for one in faults[file]]

    def verdicts(self, found: Found) -> list[Problem]:
        """Check a part as `contenu verifier` does, alone."""
        if found.what is What.SCENARIO:
            problems = self._of_scenario(found.name)
        elif found.what is What.PATHWAY:
            problems = self._of_pathway(found.name)
        else:
            problems = self._of_tube(self._tube_of(found))
        crossed = [one for one in cross_checks(self.shelf) if one.place.file in found.files]
        located = Lines(self.content).located([*missing(self.shelf), *problems])
        return list(dict.fromkeys([*crossed, *located]))

    def _tube_of(self, found: Found) -> Tube:
        name = Path(found.files[0]).stem
        return next(
            one for one in self.bank.tubes.values() if tube_file(one) == found.files[0] or one.id == name
        )

    def _of_tube(self, tube: Tube) -> list[Problem]:
        bank = self.bank
        mine = replace(
            bank,
            tubes={tube.id: tube},
            challenges={skill.id: bank.challenges[skill.id] for skill in tube.skills},
            pathways={},
        )
        drawn = [problem for place, _, one in every_challenge(mine) for problem in self._drawn(place, one)]
        shown = {one.media.file for _, one in mine.every_challenge() if one.media}
        drawings = [self.content / "medias" / name for name in sorted(shown)]
        return [
            *files.unknown_competences(mine, self.content),
            *answers.problems(mine),
            *drawn,
            *balance.variants(mine),
            *balance.repeated_instructions(mine, bank),
            *wording.problems(mine, wording.young_skills(self._sound())),
            *pictures.uses(mine, self.content),
            *(one for path in drawings if path.is_file() for one in pictures.file_problems(path)),
            *tutorials.pages(mine, self.content),
            *tutorials.in_questions(mine),
        ]

    def _sound(self) -> Bank:
        """Give the bank without the subjects that its pathways name and that cannot be read."""
        known = self.bank.tubes
        pathways = {
            name: replace(one, tubes=tuple(capped for capped in one.tubes if capped[0] in known))
            for name, one in self.bank.pathways.items()
        }
        return replace(self.bank, pathways=pathways)

    def _of_scenario(self, name: str) -> list[Problem]:
        challenge = self.scene(name)
        if challenge is None:
            return []
        place = Place(scenario_file(challenge))
        return [*self._drawn(place, challenge), *wording.in_question(place, challenge)]

    def _of_pathway(self, name: str) -> list[Problem]:
        mine = self._sound()
        pathway = mine.pathways[name]
        found: list[Problem] = self._keep(
            ("pathway", repr(pathway), repr([mine.tubes[tube] for tube, _ in pathway.tubes])),
            lambda: pathways.problems_of(pathway, mine),
        )
        return [*found, *wording.in_pathway(pathway)]

    def _drawn(self, place: Place, challenge: Challenge) -> list[Problem]:
        found: list[Problem] = self._keep(
            ("drawn", challenge.id, repr(challenge)), lambda: exercises.problems_of(place, challenge)
        )
        return found

    def made(self, challenge: Challenge, number: int) -> Made:
        """Give what the pupil drawn at this rank gets."""
        made: Made = self._keep(
            ("made", number, repr(challenge.recipe), challenge.id),
            lambda: recipe_of(challenge.recipe or {}).make(
                dice_of(exercises.draw_of(challenge.id, number).hex)
            ),
        )
        return made

    def _keep(self, key: tuple[object, ...], make: Callable[[], Any]) -> Any:
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = make()
        return self._kept[key]

    def scene(self, name: str) -> Challenge | None:
        """Give the question that plays a scenario, or one made for it when none does; None if it cannot be read."""
        played = (one for _, one in self.bank.every_challenge() if (one.scenario or {}).get("id") == name)
        content = self.shelf.scenarios().get(name)
        if content is None:
            return None
        told = "Aucune question ne joue encore ce scénario\u00a0: elle dira pourquoi la solution est juste."
        alone = Challenge(
            name, Kind.SIMULATOR, str(content["instruction"]), told, 60, scenario=content, doing=True
        )
        return replace(next(played, alone), id=name)


def _in_tube(tube: schema.Tube, name: str) -> What | None:
    """Tell what a name is in a subject."""
    if any(one.id == name for skill in tube.skills for one in skill.challenges):
        return What.QUESTION
    if any(skill.id == name for skill in tube.skills):
        return What.SKILL
    return What.TUBE if tube.id == name else None
