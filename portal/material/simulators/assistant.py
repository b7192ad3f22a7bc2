"""A simulated AI assistant: questions put together from parts, answers written beforehand, sources, a work."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from portal.material.simulators.scenario import (
    Fact,
    Gestures,
    Name,
    Part,
    Refused,
    Rule,
    Scenario,
    State,
    Step,
    Words,
)

MOST_QUESTIONS = 8
MARKS: dict[str, str] = {"": "Aucune marque", "a-verifier": "À vérifier", "fausse": "Fausse"}
# Names of fields that a form needs for itself.
_TAKEN = {"do", "jeton", "steps"}


class Option(Part):
    """One way to write a part of the question; an empty text leaves the part out."""

    id: Name
    label: Words
    text: str = ""
    personal: bool = False


class Piece(Part):
    """A part of the question, with the ways to write it; the first is chosen at the start."""

    id: Name
    label: Words
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=6)]


class Sentence(Part):
    """A sentence of an answer, with the sources it claims."""

    id: Name
    text: Words
    sources: tuple[Name, ...] = ()


class Answer(Part):
    """What the assistant says when all of `when` holds; a `when` reads `question.<part>` and `questions`."""

    id: Name
    when: tuple[Rule, ...] = ()
    sentences: Annotated[tuple[Sentence, ...], Field(min_length=1, max_length=10)]


class Source(Part):
    """A page to compare with. A missing one opens on nothing; `shelf`: it can be opened without the assistant."""

    id: Name
    title: Words
    address: Words
    text: str = ""
    missing: bool = False
    shelf: bool = False


class Assistant(Scenario):
    """Ask, check, and copy with honesty.

    Facts: `questions` (how many were sent), `question.<part>` (the option sent last), `reponse` (the answer given
    last), `donnees` (how many options with personal data were ever sent), `envoyees` (these, `<part>.<option>`);
    for each sentence: `<id>.marque` (empty, a-verifier or fausse), `<id>.lue` (an answer showed it),
    `<id>.copiee`, `<id>.mention` (copied with the assistant named); for each source: `<id>.ouverte`. Of all:
    `marques`, `copies`, `sans-mention` (sentences copied without naming the assistant).
    """

    simulator: Literal["assistant"]
    assistant: Words
    work: Words
    pieces: Annotated[tuple[Piece, ...], Field(min_length=1, max_length=5)]
    answers: Annotated[tuple[Answer, ...], Field(min_length=1, max_length=8)]
    sources: Annotated[tuple[Source, ...], Field(max_length=8)] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        options = [[one.id for one in piece.options] for piece in self.pieces]
        pieces = [one.id for one in self.pieces]
        things = [one.id for one in self._sentences] + [one.id for one in self.sources]
        for names in (pieces, things, [one.id for one in self.answers], *options):
            if len(set(names)) != len(names):
                raise ValueError("deux éléments ont le même id")
        if _TAKEN & set(pieces):
            raise ValueError(f"ces id sont réservés : {', '.join(sorted(_TAKEN))}")
        claimed = {name for one in self._sentences for name in one.sources}
        if unknown := claimed - {one.id for one in self.sources}:
            raise ValueError(f"la source « {min(unknown)} » n’existe pas")
        if self.answers[-1].when:
            raise ValueError("la dernière réponse n’a pas de when : elle vaut quand aucune autre ne vaut")
        known = {"questions", *(f"question.{name}" for name in pieces)}
        for rule in (rule for one in self.answers for rule in one.when):
            if rule.fact not in known:
                raise ValueError(f"le fait « {rule.fact} », dans when, n’existe pas")
        return self

    @property
    def _sentences(self) -> list[Sentence]:
        return [sentence for one in self.answers for sentence in one.sentences]

    def begin(self) -> State:
        """Give the state a pupil starts from."""
        return {
            "draft": {one.id: one.options[0].id for one in self.pieces},
            "turns": [],
            "marks": {},
            "opened": [],
            "copied": {},
            "shown": {"at": "", "says": "", "sentence": "", "source": ""},
        }

    def _write(self, state: State, step: Step) -> State:
        asked = step.model_extra or {}
        pieces = [one for one in self.pieces if one.id in asked]
        if not asked or len(pieces) < len(asked):
            raise Refused("Cette partie de la question n’existe pas.")
        chosen = {one.id: _option(one, asked[one.id]).id for one in pieces}
        return _shown({**state, "draft": {**state["draft"], **chosen}}, at="draft")

    def _ask(self, state: State, step: Step) -> State:
        if len(state["turns"]) >= MOST_QUESTIONS:
            raise Refused("Vous avez déjà posé beaucoup de questions.")
        names = state["draft"]
        if not self._question(names):
            raise Refused("Votre question est vide.")
        facts: dict[str, Fact] = {f"question.{name}": value for name, value in names.items()}
        facts["questions"] = len(state["turns"]) + 1
        answers = (one for one in self.answers if all(rule.holds(facts) for rule in one.when))
        turn = {"chosen": names, "answer": next(answers, self.answers[-1]).id}
        return _shown({**state, "turns": [*state["turns"], turn]}, at="answer")

    def _choose(self, state: State, step: Step) -> State:
        return _shown(state, at="sentence", sentence=self._sentence(state, step).id)

    def _mark(self, state: State, step: Step) -> State:
        one = self._sentence(state, step)
        if step.told("marque") not in MARKS:
            raise Refused("Choisissez une des marques proposées.")
        marks = {name: mark for name, mark in state["marks"].items() if name != one.id}
        if step.told("marque"):
            marks[one.id] = step.told("marque")
        says = "Votre marque est enregistrée."
        return _shown({**state, "marks": marks}, at="says", says=says, sentence=one.id)

    def _copy(self, state: State, step: Step) -> State:
        one = self._sentence(state, step)
        if step.told("mention") not in ("oui", "non"):
            raise Refused("Choisissez comment copier cette phrase.")
        copied = {**state["copied"], one.id: step.told("mention") == "oui"}
        says = "La phrase est dans votre travail."
        return _shown({**state, "copied": copied}, at="says", says=says, sentence=one.id)

    def _credit(self, state: State, step: Step) -> State:
        name = self._kept(state, step)
        return _shown({**state, "copied": {**state["copied"], name: True}}, at="work")

    def _remove(self, state: State, step: Step) -> State:
        name = self._kept(state, step)
        kept = {one: credited for one, credited in state["copied"].items() if one != name}
        return _shown({**state, "copied": kept}, at="work")

    def _open(self, state: State, step: Step) -> State:
        for one in self._reachable(state):
            if one.id == step.told("source"):
                opened = sorted({*state["opened"], one.id})
                return _shown({**state, "opened": opened}, at="source", source=one.id)
        raise Refused("Cette page n’est pas proposée ici.")

    def _close(self, state: State, step: Step) -> State:
        return _shown(state, at="answer" if state["turns"] else "")

    gestures: ClassVar[Gestures] = {
        "ecrire": _write,
        "demander": _ask,
        "choisir": _choose,
        "marquer": _mark,
        "copier": _copy,
        "mentionner": _credit,
        "enlever": _remove,
        "ouvrir": _open,
        "fermer": _close,
    }

    def _read(self, state: State) -> list[Sentence]:
        """List the sentences that the assistant has said so far."""
        given = {turn["answer"] for turn in state["turns"]}
        return [sentence for one in self.answers if one.id in given for sentence in one.sentences]

    def _sentence(self, state: State, step: Step) -> Sentence:
        for one in self._read(state):
            if one.id == step.told("phrase"):
                return one
        raise Refused("L’assistant n’a pas écrit cette phrase.")

    def _kept(self, state: State, step: Step) -> str:
        if step.told("phrase") not in state["copied"]:
            raise Refused("Cette phrase n’est pas dans votre travail.")
        return step.told("phrase")

    def _reachable(self, state: State) -> list[Source]:
        claimed = {name for one in self._read(state) for name in one.sources}
        return [one for one in self.sources if one.shelf or one.id in claimed]

    def facts(self, state: State) -> dict[str, Fact]:
        """Give what the rules may judge."""
        turns = state["turns"]
        last: State = turns[-1] if turns else {"chosen": {}, "answer": ""}
        sent = tuple(
            sorted(
                f"{piece.id}.{one.id}"
                for piece in self.pieces
                for one in piece.options
                if one.personal and any(turn["chosen"][piece.id] == one.id for turn in turns)
            )
        )
        facts: dict[str, Fact] = {"questions": len(turns), "reponse": last["answer"]}
        facts |= {"donnees": len(sent), "envoyees": sent, "marques": len(state["marks"])}
        facts |= {"copies": len(state["copied"]), "sans-mention": list(state["copied"].values()).count(False)}
        facts |= {f"question.{one.id}": last["chosen"].get(one.id, "") for one in self.pieces}
        read = {one.id for one in self._read(state)}
        for sentence in self._sentences:
            facts[f"{sentence.id}.marque"] = state["marks"].get(sentence.id, "")
            facts[f"{sentence.id}.lue"] = sentence.id in read
            facts[f"{sentence.id}.copiee"] = sentence.id in state["copied"]
            facts[f"{sentence.id}.mention"] = state["copied"].get(sentence.id, False)
        return facts | {f"{one.id}.ouverte": one.id in state["opened"] for one in self.sources}

    def screen(self, state: State) -> "Screen":
        """Give what the page shows."""
        shown = state["shown"]
        sentences = {one.id: one for one in self._sentences}
        return Screen(
            desk=self,
            turns=tuple((self._question(turn["chosen"]), self._answer(turn)) for turn in state["turns"]),
            draft=state["draft"],
            written=self._question(state["draft"]),
            marks={name: MARKS[mark] for name, mark in state["marks"].items()},
            mark=state["marks"].get(shown["sentence"], ""),
            copied=tuple((sentences[name], credited) for name, credited in state["copied"].items()),
            reachable=tuple(self._reachable(state)),
            at=shown["at"],
            says=shown["says"],
            sentence=sentences.get(shown["sentence"]),
            source=next((one for one in self.sources if one.id == shown["source"]), None),
        )

    def _question(self, chosen: dict[str, str]) -> str:
        texts = (_option(one, chosen[one.id]).text for one in self.pieces)
        return " ".join(text for text in texts if text)

    def _answer(self, turn: State) -> Answer:
        return next(one for one in self.answers if one.id == turn["answer"])


def _option(piece: Piece, name: str) -> Option:
    for one in piece.options:
        if one.id == name:
            return one
    raise Refused("Choisissez une des façons d’écrire cette partie.")


def _shown(state: State, *, at: str, says: str = "", sentence: str = "", source: str = "") -> State:
    return {**state, "shown": {"at": at, "says": says, "sentence": sentence, "source": source}}


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page shows: the talk, the question being written, the open sentence or source, the pupil's work."""

    desk: Assistant
    turns: tuple[tuple[str, Answer], ...]
    draft: dict[str, str]
    written: str
    marks: dict[str, str]
    mark: str
    copied: tuple[tuple[Sentence, bool], ...]
    reachable: tuple[Source, ...]
    at: str
    says: str
    sentence: Sentence | None
    source: Source | None
    all_marks = MARKS
