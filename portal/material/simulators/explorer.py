"""A file explorer: folders, files, a bin, and sticks or shared folders beside the pupil's own."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from portal.material.simulators.explorer_screen import Screen, look
from portal.material.simulators.files import (
    BIN,
    MOST_ITEMS,
    File,
    Folder,
    Items,
    Placed,
    Root,
    children,
    copied,
    entry,
    in_bin,
    root_of,
    tidy_name,
    trail,
    within,
)
from portal.material.simulators.scenario import (
    Fact,
    Gestures,
    Name,
    Refused,
    Scenario,
    State,
    Step,
)

SORTS = ("nom", "date", "taille")
# The day of a folder just created: a scenario has one day only.
TODAY = "2026-06-01"


class Explorer(Scenario):
    """Find, name, sort, copy, delete and restore files.

    Names and paths are in small letters in facts, so that « Photos » is « photos ».
    Facts, for each folder and file: `<id>.nom`, `<id>.chemin` (the folders it is in: « mes documents/svt »),
    `<id>.corbeille` (thrown away), `<id>.perdu` (and the bin emptied), `<id>.copies` (the paths of
    its copies, name included); for a file `<id>.ouvert`; for a root and a folder `<id>.contenu` (names);
    `dossiers` (the paths of the folders created, name included), `tri` (nom, date or taille) and `extensions`.
    """

    simulator: Literal["explorer"]
    roots: Annotated[tuple[Root, ...], Field(min_length=1, max_length=4)]
    folders: Annotated[tuple[Folder, ...], Field(max_length=20)] = ()
    files: Annotated[tuple[File, ...], Field(min_length=1, max_length=30)]
    # Where the pupil is at first, the first root if nothing is said.
    start: Name | None = None
    show_extensions: bool = True

    @model_validator(mode="after")
    def _places_exist(self) -> Self:
        known = [one.id for one in self.roots]
        for one in self._placed:
            if one.inside not in known:
                raise ValueError(f"« {one.id} » est dans « {one.inside} », qui n’existe pas plus haut")
            if isinstance(one, Folder):
                known.append(one.id)
        names = [*known, *(one.id for one in self.files)]
        if len(set(names)) != len(names) or BIN in names:
            raise ValueError(f"deux éléments ont le même id, ou l’un s’appelle {BIN}")
        if self.start is not None and self.start not in known:
            raise ValueError(f"start : « {self.start} » n’existe pas")
        return self

    def begin(self) -> State:
        """Give the state a pupil starts from."""
        return {
            "items": {one.id: entry(one) for one in self._placed},
            "made": 0,
            "opened": [],
            "held": None,
            "sort": ["nom", False],
            "extensions": self.show_extensions,
            "shown": {"place": self.start or self.roots[0].id, "file": None, "note": ""},
        }

    def _open(self, state: State, step: Step) -> State:
        name = step.told("element")
        if name == BIN or any(one.id == name for one in self.roots):
            return {**state, "shown": {"place": name, "file": None, "note": ""}}
        item = self._item(state, step)
        if not item["size"]:
            return {**state, "shown": {"place": name, "file": None, "note": ""}}
        shown = {"place": item["in"], "file": name, "note": ""}
        return {**state, "shown": shown, "opened": sorted({*state["opened"], item["of"]})}

    def _hold(self, state: State, step: Step) -> State:
        item, name = self._item(state, step), step.told("element")
        if step.do == "couper":
            self._changeable(state, name)
        verb = "déplacer" if step.do == "couper" else "copier"
        note = f"« {item['name']} » est prêt à {verb}. Allez dans un dossier, puis collez."
        return _noted({**state, "held": [step.do, name]}, note)

    def _paste(self, state: State, step: Step) -> State:
        place = self._writable(state)
        how, name = state["held"] or ["", ""]
        if name not in state["items"] or in_bin(state["items"], name):
            raise Refused("Rien n’est prêt à coller. Coupez ou copiez d’abord un fichier ou un dossier.")
        item = state["items"][name]
        if within(state["items"], place, name):
            raise Refused("Un dossier ne peut pas aller dans lui-même.")
        if how == "couper":
            if item["in"] != place:
                self._free(state, place, item["name"])
            items = {**state["items"], name: {**item, "in": place}}
            note = f"« {item['name']} » est maintenant ici."
            return _noted({**state, "items": items, "held": None}, note)
        items, made, title = copied(state["items"], state["made"], name, place)
        if len(items) > MOST_ITEMS:
            raise Refused("Le disque est plein.")
        return _noted({**state, "items": items, "made": made}, f"« {title} » est une copie, rangée ici.")

    def _rename(self, state: State, step: Step) -> State:
        item, name = self._item(state, step), step.told("element")
        self._changeable(state, name)
        title = tidy_name(step.told("nom"))
        _, dot, extension = item["name"].rpartition(".")
        if item["size"] and dot and not state["extensions"]:
            title = f"{title}.{extension}"
        if title.casefold() != item["name"].casefold():
            self._free(state, item["in"], title)
        items = {**state["items"], name: {**item, "name": title}}
        return _noted({**state, "items": items}, f"« {item['name']} » s’appelle maintenant « {title} ».")

    def _create(self, state: State, step: Step) -> State:
        place, title = self._writable(state), tidy_name(step.told("nom"))
        self._free(state, place, title)
        if len(state["items"]) >= MOST_ITEMS:
            raise Refused("Le disque est plein.")
        made = state["made"] + 1
        folder = {"name": title, "in": place, "date": TODAY, "size": 0, "bin": False, "of": ""}
        items = {**state["items"], f"_{made}": folder}
        return _noted({**state, "items": items, "made": made}, f"Le dossier « {title} » est créé.")

    def _delete(self, state: State, step: Step) -> State:
        item, name = self._item(state, step), step.told("element")
        self._changeable(state, name)
        items = {**state["items"], name: {**item, "bin": True}}
        shown = {"place": item["in"], "file": None, "note": f"« {item['name']} » est dans la corbeille."}
        return {**state, "items": items, "shown": shown}

    def _restore(self, state: State, step: Step) -> State:
        name = step.told("element")
        item = state["items"].get(name)
        if item is None or not item["bin"]:
            raise Refused("Cet élément n’est pas dans la corbeille.")
        if item["in"] in state["items"] and in_bin(state["items"], item["in"]):
            raise Refused("Le dossier où il était est lui aussi dans la corbeille. Restaurez-le d’abord.")
        self._free(state, item["in"], item["name"])
        items = {**state["items"], name: {**item, "bin": False}}
        where = " / ".join(trail(items, self._names, item["in"]))
        return _noted({**state, "items": items}, f"« {item['name']} » est de retour dans {where}.")

    def _empty(self, state: State, step: Step) -> State:
        kept = {name: one for name, one in state["items"].items() if not in_bin(state["items"], name)}
        return _noted({**state, "items": kept}, "La corbeille est vide.")

    def _sort(self, state: State, step: Step) -> State:
        by = step.told("par")
        if by not in SORTS:
            raise Refused("Ce tri n’existe pas.")
        return _noted({**state, "sort": [by, state["sort"] == [by, False]]}, "")

    def _extensions(self, state: State, step: Step) -> State:
        if step.told("montrer") not in ("oui", "non"):
            raise Refused("Choisissez de montrer ou de cacher les extensions.")
        return _noted({**state, "extensions": step.told("montrer") == "oui"}, "")

    gestures: ClassVar[Gestures] = {
        "ouvrir": _open,
        "couper": _hold,
        "copier": _hold,
        "coller": _paste,
        "renommer": _rename,
        "creer": _create,
        "supprimer": _delete,
        "restaurer": _restore,
        "vider": _empty,
        "trier": _sort,
        "extensions": _extensions,
    }

    @property
    def _placed(self) -> tuple[Placed, ...]:
        return (*self.folders, *self.files)

    @property
    def _names(self) -> dict[str, str]:
        return {one.id: one.name for one in self.roots}

    def _item(self, state: State, step: Step) -> dict[str, Any]:
        name = step.told("element")
        if name not in state["items"] or in_bin(state["items"], name):
            raise Refused("Cet élément n’existe pas ici.")
        item: dict[str, Any] = state["items"][name]
        return item

    def _changeable(self, state: State, place: str) -> None:
        root = root_of(state["items"], place)
        if any(one.id == root and one.read_only for one in self.roots):
            raise Refused("Vous pouvez lire et copier ce qui est ici, mais pas le changer.")

    def _writable(self, state: State) -> str:
        place: str = state["shown"]["place"]
        if place == BIN:
            raise Refused("Allez d’abord dans un dossier.")
        self._changeable(state, place)
        return place

    def _free(self, state: State, place: str, title: str) -> None:
        if title.casefold() in {one["name"].casefold() for _, one in children(state["items"], place)}:
            raise Refused(f"« {title} » existe déjà dans ce dossier.")

    def _path(self, items: Items, place: str) -> str:
        return "/".join(trail(items, self._names, place)).lower()

    def facts(self, state: State) -> dict[str, Fact]:
        """Give what the rules may judge."""
        items: Items = state["items"]
        here = {name: one for name, one in items.items() if not in_bin(items, name)}
        facts: dict[str, Fact] = {
            "dossiers": tuple(self._path(items, name) for name, one in here.items() if not one["of"]),
            "tri": state["sort"][0],
            "extensions": state["extensions"],
        }
        for part in self._placed:
            item = items.get(part.id)
            facts |= {
                f"{part.id}.nom": item["name"].lower() if item else "",
                f"{part.id}.chemin": self._path(items, item["in"]) if item else "",
                f"{part.id}.corbeille": part.id not in here,
                f"{part.id}.perdu": item is None,
                f"{part.id}.copies": tuple(
                    self._path(items, name)
                    for name, one in here.items()
                    if one["of"] == part.id and name != part.id
                ),
            }
        facts |= {f"{one.id}.ouvert": one.id in state["opened"] for one in self.files}
        return facts | {
            f"{place}.contenu": tuple(one["name"].lower() for _, one in children(items, place))
            for place in (*self._names, *(one.id for one in self.folders))
        }

    def screen(self, state: State) -> Screen:
        """Give what the page shows."""
        closed = {one.id for one in self.roots if one.read_only}
        return look(state, self._names, closed, {one.id: one.text for one in self.files})


def _noted(state: State, note: str) -> State:
    return {**state, "shown": {**state["shown"], "file": None, "note": note}}
