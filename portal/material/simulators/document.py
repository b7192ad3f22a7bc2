"""A shared document: paragraphs, comments, suggestions, versions, and who may do what."""

import re
from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self, TypeVar

from pydantic import Field, model_validator

from portal.material.simulators.document_parts import (
    RIGHTS,
    WAITING,
    Comment,
    Paragraph,
    Person,
    Remark,
    Right,
    Suggestion,
    Version,
)
from portal.material.simulators.document_screen import Screen, look, notes_under
from portal.material.simulators.scenario import (
    Fact,
    Gestures,
    Refused,
    Scenario,
    State,
    Step,
    Words,
)

_Named = TypeVar("_Named", Paragraph, Comment, Suggestion, Version, Person)
VIEWS = ("texte", "historique", "partage")
ACCEPTED, REFUSED = "acceptee", "refusee"
MOST_NOTES = 20
_ADDRESS = re.compile(r"[^\s@,]+@[^\s@,]+\.[a-z]{2,}")


class Document(Scenario):
    """Work with others in one document.

    Facts: for each paragraph `<id>.texte`, `<id>.commente` (what the pupil wrote beside it, all in one text);
    for each comment `<id>.resolu`, `<id>.reponse` (the pupil's answers, in one text); for each suggestion
    `<id>.etat` (attente, acceptee, refusee); `vues` (the versions looked at), `restauree` (the last restored);
    for each person `<id>.droit` (aucun, lecture, commentaire, modification); `lien` (a right);
    `inconnus` (the addresses invited that belong to nobody here).
    """

    simulator: Literal["document"]
    # The pupil's name and right; only who may edit shares, and accepts suggestions.
    pupil: Words = "Vous"
    right: Right = "modification"
    paragraphs: Annotated[tuple[Paragraph, ...], Field(min_length=1, max_length=12)]
    comments: Annotated[tuple[Comment, ...], Field(max_length=20)] = ()
    suggestions: Annotated[tuple[Suggestion, ...], Field(max_length=20)] = ()
    # The latest first.
    versions: Annotated[tuple[Version, ...], Field(max_length=10)] = ()
    people: Annotated[tuple[Person, ...], Field(max_length=20)] = ()
    link: Right = "aucun"

    @model_validator(mode="after")
    def _parts_hold_together(self) -> Self:
        texts = {one.id: one.text for one in self.paragraphs}
        remarks: tuple[Remark, ...] = (*self.comments, *self.suggestions)
        for part in remarks:
            if part.beside not in texts:
                raise ValueError(f"« {part.id} » porte sur « {part.beside} », qui n’est pas un paragraphe")
            if isinstance(part, Suggestion) and part.old not in texts[part.beside]:
                raise ValueError(f"« {part.old} » n’est pas dans le paragraphe « {part.beside} »")
        for version in self.versions:
            if stray := set(version.texts) - set(texts):
                raise ValueError(f"version « {version.id} » : « {stray.pop()} » n’est pas un paragraphe")
        names = [*texts, *(one.id for one in remarks), *(one.id for one in self.people)]
        is_twice = len(set(texts)) != len(self.paragraphs) or len(set(names)) != len(names)
        if is_twice or len({one.id for one in self.versions}) != len(self.versions):
            raise ValueError("deux éléments ont le même id")
        return self

    def begin(self) -> State:
        """Give the state a pupil starts from."""
        return {
            "texts": {one.id: one.text for one in self.paragraphs},
            "resolved": [one.id for one in self.comments if one.resolved],
            # What the pupil wrote: beside a paragraph, or under a comment.
            "notes": [],
            "suggestions": {one.id: WAITING for one in self.suggestions},
            "seen": [],
            "restored": "",
            "before": None,
            "rights": {one.id: one.right for one in self.people},
            "strangers": {},
            "link": self.link,
            "shown": _showing("texte"),
        }

    def _show(self, state: State, step: Step) -> State:
        if step.told("vue") not in VIEWS:
            raise Refused("Cette page n’existe pas.")
        return {**state, "shown": _showing(step.told("vue"))}

    def _edit(self, state: State, step: Step) -> State:
        self._may("modification")
        name, text = self._paragraph(step), step.told("texte").replace("\r\n", "\n").strip()
        shown = _showing(
            "texte", at=name, note="Le paragraphe est modifié." if text else "Le paragraphe est vide."
        )
        return {**state, "texts": {**state["texts"], name: text}, "shown": shown}

    def _comment(self, state: State, step: Step) -> State:
        self._may("commentaire")
        name = self._paragraph(step)
        return self._noted(state, name, name, step, "Votre commentaire est ajouté.")

    def _answer(self, state: State, step: Step) -> State:
        self._may("commentaire")
        one = self._found(self.comments, step, "commentaire")
        return self._noted(state, one.id, one.beside, step, f"Votre réponse à {one.author} est ajoutée.")

    def _noted(self, state: State, under: str, at: str, step: Step, note: str) -> State:
        text = step.told("texte").strip()
        if not text:
            raise Refused("Écrivez d’abord votre texte.")
        if len(state["notes"]) >= MOST_NOTES:
            raise Refused("Vous avez déjà écrit beaucoup de commentaires.")
        return {
            **state,
            "notes": [*state["notes"], [under, text]],
            "shown": _showing("texte", at=at, note=note),
        }

    def _resolve(self, state: State, step: Step) -> State:
        self._may("commentaire")
        one = self._found(self.comments, step, "commentaire")
        resolved, kept = step.do == "resoudre", set(state["resolved"])
        kept = kept | {one.id} if resolved else kept - {one.id}
        note = f"Le commentaire de {one.author} est {'résolu' if resolved else 'rouvert'}."
        return {**state, "resolved": sorted(kept), "shown": _showing("texte", at=one.beside, note=note)}

    def _decide(self, state: State, step: Step) -> State:
        self._may("modification")
        one = self._found(self.suggestions, step, "suggestion")
        if state["suggestions"][one.id] != WAITING:
            raise Refused("Vous avez déjà décidé de cette suggestion.")
        decision, texts = REFUSED, state["texts"]
        if step.do == "accepter":
            if one.old not in texts[one.beside]:
                raise Refused("Le passage a changé. Cette suggestion ne peut plus être acceptée.")
            changed = " ".join(texts[one.beside].replace(one.old, one.new, 1).split(" "))
            decision, texts = ACCEPTED, {**texts, one.beside: re.sub(r" {2,}", " ", changed).strip()}
        note = f"La suggestion de {one.author} est {'acceptée' if decision == ACCEPTED else 'refusée'}."
        suggestions = {**state["suggestions"], one.id: decision}
        shown = _showing("texte", at=one.beside, note=note)
        return {**state, "texts": texts, "suggestions": suggestions, "shown": shown}

    def _look(self, state: State, step: Step) -> State:
        one = self._found(self.versions, step, "version")
        seen = sorted({*state["seen"], one.id})
        return {**state, "seen": seen, "shown": _showing("historique", version=one.id)}

    def _restore(self, state: State, step: Step) -> State:
        self._may("modification")
        one = self._found(self.versions, step, "version")
        texts = {name: one.texts.get(name, "") for name in state["texts"]}
        note = f"La version du {one.date} est de nouveau le texte du document."
        changes = {"texts": texts, "before": state["texts"], "restored": one.id}
        return {**state, **changes, "shown": _showing("texte", note=note)}

    def _undo(self, state: State, step: Step) -> State:
        if state["before"] is None:
            raise Refused("Il n’y a rien à annuler.")
        note = "Le texte est celui d’avant la restauration."
        changes = {"texts": state["before"], "before": None, "restored": ""}
        return {**state, **changes, "shown": _showing("texte", note=note)}

    def _share(self, state: State, step: Step) -> State:
        self._may("modification")
        one, right = self._found(self.people, step, "personne"), _right(step)
        note = f"{one.name} : {RIGHTS[right].lower()}."
        return {
            **state,
            "rights": {**state["rights"], one.id: right},
            "shown": _showing("partage", note=note),
        }

    def _invite(self, state: State, step: Step) -> State:
        self._may("modification")
        address, right = step.told("adresse").strip().lower(), _right(step)
        if not _ADDRESS.fullmatch(address) or len(state["strangers"]) >= MOST_NOTES:
            raise Refused("Écrivez une adresse, comme nom@exemple.example.")
        shown = _showing("partage", note=f"{address} : {RIGHTS[right].lower()}.")
        for one in self.people:
            if one.address.lower() == address:
                return {**state, "rights": {**state["rights"], one.id: right}, "shown": shown}
        return {**state, "strangers": {**state["strangers"], address: right}, "shown": shown}

    def _link(self, state: State, step: Step) -> State:
        self._may("modification")
        right = _right(step)
        note = f"Toute personne qui a le lien : {RIGHTS[right].lower()}."
        return {**state, "link": right, "shown": _showing("partage", note=note)}

    gestures: ClassVar[Gestures] = {
        "voir": _show,
        "modifier": _edit,
        "commenter": _comment,
        "repondre": _answer,
        "resoudre": _resolve,
        "rouvrir": _resolve,
        "accepter": _decide,
        "refuser": _decide,
        "regarder": _look,
        "restaurer": _restore,
        "annuler": _undo,
        "droit": _share,
        "inviter": _invite,
        "lien": _link,
    }

    def _may(self, right: Right) -> None:
        if self.right not in (right, "modification"):
            raise Refused("Vous n’avez pas le droit de faire ce geste dans ce document.")

    def _paragraph(self, step: Step) -> str:
        return self._found(self.paragraphs, step, "paragraphe").id

    def _found(self, parts: Sequence[_Named], step: Step, key: str) -> _Named:
        for one in parts:
            if one.id == step.told(key):
                return one
        raise Refused("Cet élément n’existe pas dans ce document.")

    def facts(self, state: State) -> dict[str, Fact]:
        """Give what the rules may judge."""
        facts: dict[str, Fact] = {
            "vues": tuple(state["seen"]),
            "restauree": state["restored"],
            "lien": state["link"],
            "inconnus": tuple(name for name, right in state["strangers"].items() if right != "aucun"),
        }
        for one in self.paragraphs:
            facts[f"{one.id}.texte"] = state["texts"][one.id]
            facts[f"{one.id}.commente"] = "\n".join(notes_under(state, one.id))
        for comment in self.comments:
            facts[f"{comment.id}.resolu"] = comment.id in state["resolved"]
            facts[f"{comment.id}.reponse"] = "\n".join(notes_under(state, comment.id))
        facts |= {f"{name}.etat": decision for name, decision in state["suggestions"].items()}
        return facts | {f"{name}.droit": right for name, right in state["rights"].items()}

    def screen(self, state: State) -> Screen:
        """Give what the page shows."""
        return look(self, state)


def _right(step: Step) -> str:
    if step.told("droit") not in RIGHTS:
        raise Refused("Choisissez ce que cette personne peut faire.")
    return step.told("droit")


def _showing(view: str, *, at: str = "", version: str = "", note: str = "") -> State:
    return {"view": view, "at": at, "version": version, "note": note}
