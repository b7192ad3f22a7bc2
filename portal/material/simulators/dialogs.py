"""The dialogues of a phone or a computer: requests, updates, cookies; and its settings."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from portal.material.simulators.scenario import (
    Fact,
    Gestures,
    Name,
    Part,
    Refused,
    Scenario,
    State,
    Step,
    Words,
)

Grant = Literal["toujours", "ouverte", "une-fois", "jamais"]
GRANTS: dict[Grant, str] = {
    "toujours": "Toujours autoriser",
    "ouverte": "Quand l’application est ouverte",
    "une-fois": "Demander à chaque fois",
    "jamais": "Ne jamais autoriser",
}
PLACES = ("ecran", "reglages")
CHECKED = "oui"


class Choice(Part):
    """A button. `then`: the dialogue that comes at once; `grants`: permission → value; `result`: said after."""

    id: Name
    label: Words
    result: str = ""
    then: Name | None = None
    grants: dict[Name, Grant] = {}
    updates: bool = False


class Switch(Part):
    """A box to tick in a dialogue; a fixed one cannot be changed."""

    id: Name
    label: Words
    ticked: bool = False
    fixed: bool = False


class Dialog(Part):
    """A window. `source`: who says it shows it; `details`: what unfolds; `waits`: it comes only after a choice."""

    id: Name
    source: Words
    title: Words
    text: Words
    details: dict[str, Words] = {}
    switches: tuple[Switch, ...] = ()
    choices: Annotated[tuple[Choice, ...], Field(min_length=1, max_length=6)]
    waits: bool = False


class Permission(Part):
    """What an application may use, in the settings."""

    id: Name
    application: Words
    label: Words
    use: str = ""
    value: Grant
    among: tuple[Grant, ...] = ("toujours", "ouverte", "une-fois", "jamais")


class Update(Part):
    """What the settings say of the system; `available` is empty when it is up to date."""

    installed: Words
    available: str = ""
    notes: str = ""


class Dialogs(Scenario):
    """Answer what the device asks, and review what was granted.

    Facts, for each dialogue: `<id>.choix` (nothing before the answer), `<id>.details` (they were unfolded), and for
    each of its boxes `<id>.<box>` (ticked when it was answered). For each permission: `<id>.permission`.
    Of the whole: `restants` (dialogues left), `reglages` (the settings were opened), `mise-a-jour` (the system's own
    was installed).
    """

    simulator: Literal["dialogs"]
    device: Words
    home: Words
    dialogs: Annotated[tuple[Dialog, ...], Field(min_length=1, max_length=12)]
    permissions: Annotated[tuple[Permission, ...], Field(max_length=20)] = ()
    update: Update | None = None

    @model_validator(mode="after")
    def _names_go_together(self) -> Self:
        names = [*(one.id for one in self.dialogs), *(one.id for one in self.permissions)]
        if len(set(names)) != len(names):
            raise ValueError("deux fenêtres ou permissions ont le même id")
        for dialog in self.dialogs:
            boxes = [one.id for one in dialog.switches]
            choices = [one.id for one in dialog.choices]
            if len({*boxes, "do", "jeton", "fenetre", "choix", "details"}) != len(boxes) + 5:
                raise ValueError(f"deux cases de « {dialog.id} » ont le même id, ou un id réservé")
            if len(set(choices)) != len(choices):
                raise ValueError(f"deux choix de « {dialog.id} » ont le même id")
            for choice in dialog.choices:
                self._check_choice(choice)
        return self

    def _check_choice(self, choice: Choice) -> None:
        if choice.then and choice.then not in {one.id for one in self.dialogs}:
            raise ValueError(f"la fenêtre « {choice.then} » n’existe pas")
        for name, grant in choice.grants.items():
            if not any(one.id == name and grant in one.among for one in self.permissions):
                raise ValueError(f"la permission « {name} » n’existe pas, ou n’a pas « {grant} »")
        if choice.updates and self.update is None:
            raise ValueError("updates demande une mise à jour (update)")

    def begin(self) -> State:
        """Give the state a pupil starts from."""
        return {
            "waiting": [one.id for one in self.dialogs if not one.waits],
            "chosen": {},
            "ticked": {},
            "unfolded": [],
            "folded": True,
            "grants": {one.id: one.value for one in self.permissions},
            "place": "ecran",
            "reviewed": False,
            "updated": False,
            "note": "",
        }

    def _unfold(self, state: State, step: Step) -> State:
        dialog = self._in_front(state, step)
        if not dialog.details:
            raise Refused("Cette fenêtre n’a pas de détails.")
        unfolded = sorted({*state["unfolded"], dialog.id})
        return {**state, "unfolded": unfolded, "folded": not state["folded"], "note": ""}

    def _choose(self, state: State, step: Step) -> State:
        dialog = self._in_front(state, step)
        choice = next((one for one in dialog.choices if one.id == step.told("choix")), None)
        if choice is None:
            raise Refused("Ce choix n’est pas dans cette fenêtre.")
        sent = step.model_extra or {}
        ticked = [
            one.id for one in dialog.switches if (one.ticked if one.fixed else sent.get(one.id) == CHECKED)
        ]
        left = [one for one in state["waiting"] if one not in (dialog.id, choice.then)]
        return {
            **state,
            "waiting": [choice.then, *left] if choice.then else left,
            "chosen": {**state["chosen"], dialog.id: choice.id},
            "ticked": {**state["ticked"], dialog.id: ticked},
            "folded": True,
            "grants": {**state["grants"], **choice.grants},
            "updated": state["updated"] or choice.updates,
            "note": choice.result,
        }

    def _show_place(self, state: State, step: Step) -> State:
        place = step.told("lieu")
        if place not in PLACES:
            raise Refused("Cet endroit n’existe pas.")
        reviewed = state["reviewed"] or place == "reglages"
        return {**state, "place": place, "reviewed": reviewed, "folded": True, "note": ""}

    def _set_grant(self, state: State, step: Step) -> State:
        one = next((one for one in self.permissions if one.id == step.told("permission")), None)
        if one is None or step.told("valeur") not in one.among:
            raise Refused("Ce réglage n’existe pas.")
        grants = {**state["grants"], one.id: step.told("valeur")}
        return {**state, "grants": grants, "note": f"C’est enregistré : {one.application}, {one.label}."}

    def _update(self, state: State, step: Step) -> State:
        if self.update is None or not self.update.available or state["updated"]:
            raise Refused("Il n’y a pas de mise à jour à installer.")
        return {**state, "updated": True, "note": "La mise à jour est installée."}

    gestures: ClassVar[Gestures] = {
        "details": _unfold,
        "choisir": _choose,
        "lieu": _show_place,
        "autoriser": _set_grant,
        "installer": _update,
    }

    def _in_front(self, state: State, step: Step) -> Dialog:
        """Give the dialogue named, if it is the one in front: a page left open elsewhere may name another."""
        wanted = step.told("fenetre")
        for one in self.dialogs:
            if one.id == wanted and state["waiting"][:1] == [wanted]:
                return one
        raise Refused("Cette fenêtre n’est pas affichée.")

    def facts(self, state: State) -> dict[str, Fact]:
        """Give what the rules may judge."""
        facts: dict[str, Fact] = {
            "restants": len(state["waiting"]),
            "reglages": state["reviewed"],
            "mise-a-jour": state["updated"],
        }
        for dialog in self.dialogs:
            facts[f"{dialog.id}.choix"] = state["chosen"].get(dialog.id, "")
            facts[f"{dialog.id}.details"] = dialog.id in state["unfolded"]
            for switch in dialog.switches:
                facts[f"{dialog.id}.{switch.id}"] = switch.id in state["ticked"].get(dialog.id, ())
        return facts | {f"{one.id}.permission": state["grants"][one.id] for one in self.permissions}

    def screen(self, state: State) -> "Screen":
        """Give what the page shows."""
        front = state["waiting"][0] if state["waiting"] else None
        return Screen(
            device=self.device,
            home=self.home,
            place=state["place"],
            dialog=next((one for one in self.dialogs if one.id == front), None),
            unfolded=not state["folded"],
            permissions=tuple((one, state["grants"][one.id]) for one in self.permissions),
            grants=GRANTS,
            update=self.update,
            updated=state["updated"],
            note=state["note"],
        )


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page shows: the dialogue in front, or the home screen; the settings; what just changed."""

    device: str
    home: str
    place: str
    dialog: Dialog | None
    unfolded: bool
    permissions: tuple[tuple[Permission, Grant], ...]
    grants: dict[Grant, str]
    update: Update | None
    updated: bool
    note: str
