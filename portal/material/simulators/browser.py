"""A web browser: tabs, an address bar, certificates, bookmarks, downloads, a private window, traces to clear."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from portal.material.simulators.browser_parts import (
    LONGEST_ADDRESS,
    Address,
    Page,
    Screen,
    address_of,
    changed,
    page_at,
    tab_of,
    with_tab,
)
from portal.material.simulators.scenario import Fact, Gestures, Refused, Scenario, State, Step, Words

PANELS = {
    "": "Page",
    "site": "Informations sur le site",
    "favoris": "Favoris",
    "historique": "Historique",
    "telechargements": "Téléchargements",
}
WINDOWS = ("ordinaire", "privee")
TRACES = {"historique": ("history",), "cookies": ("cookies",), "tout": ("history", "cookies")}
MOST_TABS = 8


class Browser(Scenario):
    """Browse with care.

    Facts, for each page: `<id>.visite`, `<id>.certificat` (the panel about its site was read), `<id>.passe-outre`
    (its warning was ignored), `<id>.favori`, `<id>.ouvert` (it is in a tab), `<id>.historique`, `<id>.envoye`,
    and for each field of its form `<id>.envoye.<field>` (the last text sent, or nothing).
    Of the whole: `adresse` and `prive` (the tab shown), `onglets` (how many are open), `envois` (how many),
    `envoi.vers` (the last address a form was sent to), `telechargements` (names), `cookies` (sites),
    `traces` (how many lines of history).
    """

    simulator: Literal["browser"]
    pages: Annotated[tuple[Page, ...], Field(min_length=1, max_length=20)]
    tabs: tuple[Address, ...] = ()
    bookmarks: tuple[Address, ...] = ()
    history: tuple[Address, ...] = ()
    cookies: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _pages_exist(self) -> Self:
        for values in ([one.id for one in self.pages], [one.address for one in self.pages]):
            if len(set(values)) != len(values):
                raise ValueError("deux pages ont le même id ou la même adresse")
        answers = [one.form.then for one in self.pages if one.form]
        for address in (*self.tabs, *self.bookmarks, *self.history, *answers):
            if self._page_at(address) is None:
                raise ValueError(f"aucune page n’a l’adresse « {address} »")
        return self

    def begin(self) -> State:
        """Give the state a pupil starts from."""
        state: State = {
            "tabs": [],
            "tab": "",
            "opened": 0,
            "bookmarks": list(self.bookmarks),
            "history": list(self.history),
            "cookies": list(self.cookies),
            "downloads": [],
            "visited": [],
            "checked": [],
            "ignored": [],
            "sent": [],
            "panel": "",
            "note": "",
        }
        for address in self.tabs or ("",):
            state = self._visited(with_tab(state, private=False), address)
        return {**state, "tab": "1"}

    def _go(self, state: State, step: Step) -> State:
        typed = step.told("adresse").strip()[:LONGEST_ADDRESS]
        if not typed:
            raise Refused("Écrivez une adresse.")
        found = self._page_at(typed)
        return self._visited(state, found.address if found else typed)

    def _follow(self, state: State, step: Step) -> State:
        links = self._shown_page(state).links
        if step.told("vers") not in links:
            raise Refused("Ce lien n’est pas dans cette page.")
        return self._visited(state, links[step.told("vers")])

    def _back(self, state: State, step: Step) -> State:
        return self._moved(state, -1)

    def _forward(self, state: State, step: Step) -> State:
        return self._moved(state, 1)

    def _reload(self, state: State, step: Step) -> State:
        return {**self._moved(state, 0), "note": "La page est actualisée."}

    def _go_past(self, state: State, step: Step) -> State:
        page = self._page_at(address_of(tab_of(state)))
        if page is None or not self._warns(state, page):
            raise Refused("Il n’y a pas d’avertissement ici.")
        return self._arrived({**state, "ignored": [*state["ignored"], page.id]})

    def _send(self, state: State, step: Step) -> State:
        page = self._shown_page(state)
        if page.form is None:
            raise Refused("Cette page n’a pas de formulaire.")
        values = {}
        for name, entry in page.form.fields.items():
            values[name] = step.told(name).strip()
            if not values[name] or (entry.choices and values[name] not in entry.choices):
                raise Refused(f"Remplissez « {entry.label} ».")
        sent = {"page": page.id, "to": page.address, "values": values}
        return self._visited({**state, "sent": [*state["sent"], sent]}, page.form.then)

    def _download(self, state: State, step: Step) -> State:
        name = step.told("fichier")
        if name not in self._shown_page(state).files:
            raise Refused("Ce fichier n’est pas dans cette page.")
        downloads = [*(one for one in state["downloads"] if one != name), name]
        return {**state, "downloads": downloads, "note": f"{name} est enregistré sur l’ordinateur."}

    def _mark(self, state: State, step: Step) -> State:
        address = self._shown_page(state).address
        if address in state["bookmarks"]:
            raise Refused("Cette page est déjà dans vos favoris.")
        marks = [*state["bookmarks"], address]
        return {**state, "bookmarks": marks, "note": "La page est ajoutée à vos favoris."}

    def _unmark(self, state: State, step: Step) -> State:
        if step.told("adresse") not in state["bookmarks"]:
            raise Refused("Cette page n’est pas dans vos favoris.")
        marks = [one for one in state["bookmarks"] if one != step.told("adresse")]
        return {**state, "bookmarks": marks, "note": "La page est retirée de vos favoris."}

    def _show_panel(self, state: State, step: Step) -> State:
        panel = step.told("panneau")
        if panel not in PANELS:
            raise Refused("Ce panneau n’existe pas.")
        checked = set(state["checked"])
        if panel == "site":
            page = self._page_at(address_of(tab_of(state)))
            if page is None:
                raise Refused("Il n’y a pas de site dans cet onglet.")
            checked.add(page.id)
        return {**state, "panel": panel, "checked": sorted(checked), "note": ""}

    def _new_tab(self, state: State, step: Step) -> State:
        if step.told("fenetre") not in WINDOWS:
            raise Refused("Cette fenêtre n’existe pas.")
        if len(state["tabs"]) >= MOST_TABS:
            raise Refused("Vous avez ouvert beaucoup d’onglets. Fermez-en un.")
        return self._visited(with_tab(state, private=step.told("fenetre") == "privee"), "")

    def _show_tab(self, state: State, step: Step) -> State:
        return {**state, "tab": tab_of(state, step.told("onglet"))["id"], "panel": "", "note": ""}

    def _close_tab(self, state: State, step: Step) -> State:
        closed = tab_of(state, step.told("onglet"))["id"]
        left = [one for one in state["tabs"] if one["id"] != closed]
        shown = state["tab"] if state["tab"] != closed else (left[-1]["id"] if left else "")
        return {**state, "tabs": left, "tab": shown, "panel": "", "note": "L’onglet est fermé."}

    def _clear(self, state: State, step: Step) -> State:
        if step.told("quoi") not in TRACES:
            raise Refused("Choisissez ce que vous effacez.")
        emptied: dict[str, list[str]] = {name: [] for name in TRACES[step.told("quoi")]}
        return {**state, **emptied, "note": "C’est effacé."}

    gestures: ClassVar[Gestures] = {
        "aller": _go,
        "lien": _follow,
        "precedent": _back,
        "suivant": _forward,
        "actualiser": _reload,
        "continuer": _go_past,
        "envoyer": _send,
        "telecharger": _download,
        "favori": _mark,
        "retirer": _unmark,
        "panneau": _show_panel,
        "nouveau": _new_tab,
        "onglet": _show_tab,
        "fermer": _close_tab,
        "effacer": _clear,
    }

    def _page_at(self, typed: str) -> Page | None:
        return page_at(self.pages, typed)

    def _warns(self, state: State, page: Page) -> bool:
        return bool(page.certificate and page.certificate.problem) and page.id not in state["ignored"]

    def _shown_page(self, state: State) -> Page:
        page = self._page_at(address_of(tab_of(state)))
        if page is None or self._warns(state, page):
            raise Refused("Cette page n’est pas affichée.")
        return page

    def _visited(self, state: State, address: str) -> State:
        tab = tab_of(state)
        trail = [*tab["trail"][: tab["at"] + 1], address]
        return self._arrived(changed(state, tab, trail=trail, at=len(trail) - 1))

    def _moved(self, state: State, by: int) -> State:
        tab = tab_of(state)
        if not 0 <= tab["at"] + by < len(tab["trail"]):
            raise Refused("Il n’y a pas de page de ce côté.")
        return self._arrived(changed(state, tab, at=tab["at"] + by))

    def _arrived(self, state: State) -> State:
        """Note what a page leaves when it is shown; a private window leaves nothing on the computer."""
        state = {**state, "panel": "", "note": ""}
        page = self._page_at(address_of(tab_of(state)))
        if page is None or self._warns(state, page):
            return state
        state["visited"] = sorted({*state["visited"], page.id})
        if not tab_of(state)["private"]:
            state["history"] = [*(one for one in state["history"] if one != page.address), page.address]
            others = [one for one in state["cookies"] if one != page.host]
            if page.cookie:
                state["cookies"] = [*others, page.host] if page.cookie == "pose" else others
        return state

    def facts(self, state: State) -> dict[str, Fact]:
        """Give what the rules may judge."""
        tab = next((one for one in state["tabs"] if one["id"] == state["tab"]), None)
        open_now = {address_of(one) for one in state["tabs"]}
        facts: dict[str, Fact] = {
            "adresse": address_of(tab) if tab else "",
            "prive": bool(tab and tab["private"]),
            "onglets": len(state["tabs"]),
            "envois": len(state["sent"]),
            "envoi.vers": state["sent"][-1]["to"] if state["sent"] else "",
            "telechargements": tuple(state["downloads"]),
            "cookies": tuple(state["cookies"]),
            "traces": len(state["history"]),
        }
        for page in self.pages:
            sent = [one["values"] for one in state["sent"] if one["page"] == page.id]
            facts |= {
                f"{page.id}.visite": page.id in state["visited"],
                f"{page.id}.certificat": page.id in state["checked"],
                f"{page.id}.passe-outre": page.id in state["ignored"],
                f"{page.id}.favori": page.address in state["bookmarks"],
                f"{page.id}.ouvert": page.address in open_now,
                f"{page.id}.historique": page.address in state["history"],
                f"{page.id}.envoye": bool(sent),
            }
            for name in page.form.fields if page.form else ():
                facts[f"{page.id}.envoye.{name}"] = sent[-1][name] if sent else ""
        return facts

    def screen(self, state: State) -> Screen:
        """Give what the page shows."""
        tab = next((one for one in state["tabs"] if one["id"] == state["tab"]), None)
        address = address_of(tab) if tab else ""
        page = self._page_at(address)
        return Screen(
            tabs=tuple((one["id"], self._label(address_of(one)), one["private"]) for one in state["tabs"]),
            tab=tab,
            address=address,
            page=page,
            warns=page is not None and self._warns(state, page),
            panel=state["panel"],
            panels=PANELS,
            marked=address in state["bookmarks"],
            bookmarks=tuple((one, self._label(one)) for one in state["bookmarks"]),
            history=tuple((one, self._label(one)) for one in reversed(state["history"])),
            cookies=tuple(state["cookies"]),
            downloads=tuple(state["downloads"]),
            note=state["note"],
        )

    def _label(self, address: str) -> str:
        page = self._page_at(address)
        return page.title if page else ("Page introuvable" if address else "Nouvel onglet")
