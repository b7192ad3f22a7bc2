"""An account on a social network: who sees what, who may do what, and what a stranger or a friend would see."""

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

PROFILE, POSTS, PEOPLE, PREVIEW = "profil", "publications", "personnes", "apercu"
FRIEND, ASKING, STRANGER = "ami", "demande", "inconnu"
AUDIENCES: dict[str, str] = {"public": "Tout le monde", "amis": "Mes amis", "moi": "Moi seulement"}
LINKS = {FRIEND: "Dans vos amis", ASKING: "Demande à devenir votre ami", STRANGER: "N’est pas dans vos amis"}
# Who looks at the profile → the audiences that let them see.
EYES = {STRANGER: ("public",), FRIEND: ("public", "amis")}
Audience = Literal["public", "amis", "moi"]


class Setting(Part):
    """A line of the profile or of the settings. `text` is the information shown, `value` the option chosen."""

    id: Name
    page: Name = PROFILE
    label: Words
    text: str = ""
    help: str = ""
    options: dict[Name, Words] = AUDIENCES
    value: Name


class Person(Part):
    """Somebody who may be a friend, ask to be one, or be nobody to us. `about` is what one sees of this account."""

    id: Name
    name: Words
    about: Words
    link: Literal["ami", "demande", "inconnu"] = "ami"
    blocked: bool = False


class Comment(Part):
    """What somebody wrote under a post."""

    id: Name
    author: Words
    text: Words


class Post(Part):
    """What was published, and from where."""

    id: Name
    date: Words
    text: Words
    place: str = ""
    audience: Audience
    comments: tuple[Comment, ...] = ()


class Privacy(Scenario):
    """Settle an account: audiences, contacts, posts.

    Facts, for each setting: `<id>.choix`, `<id>.efface` (the information was taken off the profile); for each
    post: `<id>.audience`, `<id>.lieu` (the place is still shown), `<id>.supprimee`; for each comment:
    `<id>.signale`; for each person: `<id>.lien` (ami, demande or inconnu), `<id>.bloque`. Of the account:
    `inconnu.voit` and `ami.voit` (ids of the profile's lines and of the posts each can see), `apercu.inconnu`
    and `apercu.ami` (the pupil looked), `changements` (how many of all these differ from the start).
    """

    simulator: Literal["privacy"]
    account: Words
    pages: dict[Name, Words] = {}
    settings: Annotated[tuple[Setting, ...], Field(max_length=25)] = ()
    posts: Annotated[tuple[Post, ...], Field(max_length=10)] = ()
    people: Annotated[tuple[Person, ...], Field(max_length=12)] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        comments = [one.id for post in self.posts for one in post.comments]
        parts: list[Setting | Post | Person] = [*self.settings, *self.posts, *self.people]
        names = [one.id for one in parts] + comments
        if len(set(names)) != len(names):
            raise ValueError("deux éléments ont le même id")
        if {FRIEND, STRANGER, PREVIEW} & set(names):
            raise ValueError("ami, inconnu et apercu ne peuvent pas être des id")
        if {PROFILE, POSTS, PEOPLE, PREVIEW} & set(self.pages):
            raise ValueError("pages ajoute des pages de paramètres : profil, publications… existent déjà")
        for one in self.settings:
            if one.page not in {PROFILE, *self.pages}:
                raise ValueError(f"la page « {one.page} » de « {one.id} » n’existe pas")
            if one.value not in one.options:
                raise ValueError(f"« {one.value} » n’est pas une option de « {one.id} »")
            if one.page == PROFILE and set(one.options) - set(AUDIENCES):
                raise ValueError(f"« {one.id} » est au profil : ses options sont public, amis ou moi")
        return self

    @property
    def all_pages(self) -> dict[str, str]:
        """Give the pages by id: those that hold something, and the preview."""
        posts = {POSTS: "Publications"} if self.posts else {}
        people = {PEOPLE: "Personnes"} if self.people else {}
        return {PROFILE: "Profil", **posts, **people, **self.pages, PREVIEW: "Aperçu du profil"}

    def begin(self) -> State:
        """Give the state a pupil starts from."""
        return {
            "choices": {one.id: one.value for one in self.settings},
            "erased": [],
            "audiences": {one.id: one.audience for one in self.posts},
            "places": [one.id for one in self.posts if one.place],
            "deleted": [],
            "reported": [],
            "links": {one.id: one.link for one in self.people},
            "blocked": [one.id for one in self.people if one.blocked],
            "looked": [],
            "shown": {"page": PROFILE, "open": "", "changed": "", "eyes": ""},
        }

    def _show(self, state: State, step: Step) -> State:
        page = step.told("page")
        if page not in self.all_pages:
            raise Refused("Cette page n’existe pas.")
        return {**state, "shown": {"page": page, "open": "", "changed": "", "eyes": ""}}

    def _open(self, state: State, step: Step) -> State:
        one = self._setting(state, step)
        return {**state, "shown": {"page": one.page, "open": one.id, "changed": "", "eyes": ""}}

    def _settle(self, state: State, step: Step) -> State:
        one = self._setting(state, step)
        if step.told("choix") not in one.options:
            raise Refused("Choisissez une des options proposées.")
        return _done({**state, "choices": {**state["choices"], one.id: step.told("choix")}}, one.id)

    def _erase(self, state: State, step: Step) -> State:
        one = self._setting(state, step)
        if one.page != PROFILE or not one.text:
            raise Refused("Il n’y a rien à effacer ici.")
        return _done({**state, "erased": _with(state["erased"], one.id)}, one.id)

    def _share(self, state: State, step: Step) -> State:
        one = self._post(state, step)
        if step.told("audience") not in AUDIENCES:
            raise Refused("Choisissez qui voit cette publication.")
        return _done({**state, "audiences": {**state["audiences"], one.id: step.told("audience")}}, one.id)

    def _forget_place(self, state: State, step: Step) -> State:
        one = self._post(state, step)
        return _done({**state, "places": [place for place in state["places"] if place != one.id]}, one.id)

    def _delete(self, state: State, step: Step) -> State:
        one = self._post(state, step)
        return _done({**state, "deleted": _with(state["deleted"], one.id)}, one.id)

    def _report(self, state: State, step: Step) -> State:
        for post in self.posts:
            for one in post.comments:
                if one.id == step.told("commentaire") and post.id not in state["deleted"]:
                    return _done({**state, "reported": _with(state["reported"], one.id)}, one.id)
        raise Refused("Ce commentaire n’existe pas.")

    def _block(self, state: State, step: Step) -> State:
        one = self._person(step)
        links = {**state["links"], one.id: STRANGER}
        return _done({**state, "links": links, "blocked": _with(state["blocked"], one.id)}, one.id)

    def _unblock(self, state: State, step: Step) -> State:
        one = self._person(step)
        return _done({**state, "blocked": [name for name in state["blocked"] if name != one.id]}, one.id)

    def _accept(self, state: State, step: Step) -> State:
        return self._linked(state, step, before=ASKING, after=FRIEND)

    def _decline(self, state: State, step: Step) -> State:
        return self._linked(state, step, before=ASKING, after=STRANGER)

    def _leave(self, state: State, step: Step) -> State:
        return self._linked(state, step, before=FRIEND, after=STRANGER)

    def _preview(self, state: State, step: Step) -> State:
        eyes = step.told("comme")
        if eyes not in EYES:
            raise Refused("Choisissez qui regarde votre profil.")
        shown = {"page": PREVIEW, "open": "", "changed": "", "eyes": eyes}
        return {**state, "looked": _with(state["looked"], eyes), "shown": shown}

    gestures: ClassVar[Gestures] = {
        "page": _show,
        "ouvrir": _open,
        "regler": _settle,
        "effacer": _erase,
        "partager": _share,
        "retirer-lieu": _forget_place,
        "supprimer": _delete,
        "signaler": _report,
        "bloquer": _block,
        "debloquer": _unblock,
        "accepter": _accept,
        "refuser": _decline,
        "retirer": _leave,
        "voir": _preview,
    }

    def _linked(self, state: State, step: Step, *, before: str, after: str) -> State:
        one = self._person(step)
        if state["links"][one.id] != before:
            raise Refused("Ce geste n’est pas possible avec cette personne.")
        return _done({**state, "links": {**state["links"], one.id: after}}, one.id)

    def _setting(self, state: State, step: Step) -> Setting:
        for one in self.settings:
            if one.id == step.told("reglage") and one.id not in state["erased"]:
                return one
        raise Refused("Ce réglage n’existe pas.")

    def _post(self, state: State, step: Step) -> Post:
        for one in self.posts:
            if one.id == step.told("publication") and one.id not in state["deleted"]:
                return one
        raise Refused("Cette publication n’existe pas.")

    def _person(self, step: Step) -> Person:
        for one in self.people:
            if one.id == step.told("personne"):
                return one
        raise Refused("Cette personne n’existe pas.")

    def _seen(self, state: State, eyes: str) -> tuple[str, ...]:
        hidden = {*state["erased"], *state["deleted"]}
        lines = [one.id for one in self.settings if one.page == PROFILE]
        audiences = {**{name: state["choices"][name] for name in lines}, **state["audiences"]}
        return tuple(
            name for name, audience in audiences.items() if audience in EYES[eyes] and name not in hidden
        )

    def _marks(self, state: State) -> dict[str, Fact]:
        marks: dict[str, Fact] = {}
        for setting in self.settings:
            marks[f"{setting.id}.choix"] = state["choices"][setting.id]
            marks[f"{setting.id}.efface"] = setting.id in state["erased"]
        for post in self.posts:
            marks[f"{post.id}.audience"] = state["audiences"][post.id]
            marks[f"{post.id}.lieu"] = post.id in state["places"]
            marks[f"{post.id}.supprimee"] = post.id in state["deleted"]
            marks |= {f"{one.id}.signale": one.id in state["reported"] for one in post.comments}
        for person in self.people:
            marks[f"{person.id}.lien"] = state["links"][person.id]
            marks[f"{person.id}.bloque"] = person.id in state["blocked"]
        return marks

    def facts(self, state: State) -> dict[str, Fact]:
        """Give what the rules may judge."""
        now, then = self._marks(state), self._marks(self.begin())
        looks: dict[str, Fact] = {f"apercu.{eyes}": eyes in state["looked"] for eyes in EYES}
        sights: dict[str, Fact] = {f"{eyes}.voit": self._seen(state, eyes) for eyes in EYES}
        return {**now, **looks, **sights, "changements": sum(now[name] != then[name] for name in now)}

    def screen(self, state: State) -> "Screen":
        """Give what the page shows."""
        shown = state["shown"]
        seen = self._seen(state, shown["eyes"]) if shown["eyes"] else ()
        return Screen(self, state, shown["page"], shown["eyes"], shown["changed"], seen)


def _with(names: list[str], name: str) -> list[str]:
    return sorted({*names, name})


def _done(state: State, changed: str) -> State:
    return {**state, "shown": {**state["shown"], "open": "", "changed": changed, "eyes": ""}}


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page shows: the account and its state, the open page, what has just changed, what somebody sees."""

    account: Privacy
    state: State
    page: str
    eyes: str
    changed: str
    seen: tuple[str, ...]
    audiences = AUDIENCES
    links = LINKS

    @property
    def lines(self) -> list[Setting]:
        """List the settings of the open page that still hold something."""
        erased = self.state["erased"]
        return [one for one in self.account.settings if one.page == self.page and one.id not in erased]
