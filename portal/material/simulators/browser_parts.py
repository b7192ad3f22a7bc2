"""What a browser is made of: its pages, their forms and certificates, its tabs, its screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from portal.material.simulators.scenario import Name, Part, Refused, State, Words

LONGEST_ADDRESS = 200
Address = Annotated[str, Field(pattern=r"^https?://[a-z0-9.-]+\.example(/\S*)?$", max_length=LONGEST_ADDRESS)]


class Certificate(Part):
    """What the site shows to prove who it is; with a `problem`, the browser stops before the page."""

    holder: Words
    organisation: str = ""
    issuer: Words
    until: Words
    problem: str = ""


class Entry(Part):
    """A field of a form: free text, or one of the choices."""

    label: Words
    choices: tuple[Words, ...] = ()
    secret: bool = False


class Form(Part):
    """A form; it goes to the site of its page, which answers with the page `then`."""

    fields: Annotated[dict[Name, Entry], Field(min_length=1, max_length=8)]
    button: Words
    then: Address

    @model_validator(mode="after")
    def _free_names(self) -> Self:
        if {"do", "jeton"} & set(self.fields):
            raise ValueError("un champ ne s’appelle ni « do » ni « jeton »")
        return self


class Page(Part):
    """A page. `links`: words shown → address; `files`: name → weight; `cookie`: kept or dropped on arrival."""

    id: Name
    address: Address
    title: Words
    text: Words
    links: dict[str, Address] = {}
    files: dict[str, Words] = {}
    form: Form | None = None
    certificate: Certificate | None = None
    cookie: Literal["", "pose", "retire"] = ""

    @model_validator(mode="after")
    def _certificate_goes_with_https(self) -> Self:
        if self.address.startswith("https://") != (self.certificate is not None):
            raise ValueError("une adresse en https a un certificat, une adresse en http n’en a pas")
        return self

    @property
    def host(self) -> str:
        """Give the name of the site."""
        return self.address.split("/")[2]


def page_at(pages: Sequence[Page], typed: str) -> Page | None:
    """Find a page as browsers do: the scheme and « www. » may be left out, https is tried first."""
    scheme, told, rest = typed.partition("://")
    host, slash, path = (rest if told else typed).rstrip("/").partition("/")
    rest = host.lower().removeprefix("www.") + slash + path
    tries = [f"{scheme.lower()}://{rest}"] if told else [f"https://{rest}", f"http://{rest}"]
    by_address = {one.address.rstrip("/"): one for one in pages}
    return next((by_address[one] for one in tries if one in by_address), None)


def with_tab(state: State, *, private: bool) -> State:
    """Open an empty tab, and show it."""
    name = str(state["opened"] + 1)
    tab = {"id": name, "trail": [], "at": -1, "private": private}
    return {**state, "tabs": [*state["tabs"], tab], "tab": name, "opened": state["opened"] + 1}


def tab_of(state: State, name: str | None = None) -> dict[str, Any]:
    """Give a tab, or the one shown.

    Raises: Refused if there is none.
    """
    wanted = state["tab"] if name is None else name
    for one in state["tabs"]:
        if one["id"] == wanted:
            return dict(one)
    raise Refused("Ouvrez d’abord un onglet." if name is None else "Cet onglet n’existe pas.")


def changed(state: State, tab: Mapping[str, Any], **changes: Any) -> State:
    """Change a tab."""
    tabs = [{**one, **changes} if one["id"] == tab["id"] else one for one in state["tabs"]]
    return {**state, "tabs": tabs}


def address_of(tab: Mapping[str, Any]) -> str:
    """Give the address that a tab shows."""
    return str(tab["trail"][tab["at"]])


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page shows: the tabs (id, title, private), the one in front, its page, a panel, a note."""

    tabs: tuple[tuple[str, str, bool], ...]
    tab: dict[str, Any] | None
    address: str
    page: Page | None
    warns: bool
    panel: str
    panels: Mapping[str, str]
    marked: bool
    bookmarks: tuple[tuple[str, str], ...]
    history: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    downloads: tuple[str, ...]
    note: str
