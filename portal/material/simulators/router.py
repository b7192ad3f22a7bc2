"""The panel of a home box, or of a computer's network: settings, devices, lights, what breaks and what mends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self

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

DEVICES = "appareils"
LONGEST_TEXT = 63
MOST_TRIES = 99
# Names of fields that a form needs for itself.
_TAKEN = {"do", "jeton", "page", "steps"}
_FACT_ENDS = (".valeur", ".longueur", ".familles", ".change")


class Setting(Part):
    """A line of a page: a choice among `options`, or a text to type when there is none, of `shortest` signs."""

    id: Name
    page: Name
    label: Words
    value: str
    options: dict[Name, Words] = {}
    help: str = ""
    shortest: Annotated[int, Field(ge=0, le=LONGEST_TEXT)] = 1


class Case(Part):
    """What an indicator says while all of `when` holds. `look` tells it without colour: « éteint », « clignote »."""

    id: Name
    look: Words
    tone: Literal["bien", "attention", "panne", "neutre"] = "neutre"
    when: tuple[Rule, ...] = ()


class Indicator(Part):
    """A light of the box or a line of a diagnosis: the first case that holds is shown; the last holds always."""

    id: Name
    page: Name
    label: Words
    cases: Annotated[tuple[Case, ...], Field(min_length=1, max_length=8)]

    @model_validator(mode="after")
    def _always_one(self) -> Self:
        if self.cases[-1].when:
            raise ValueError(f"le dernier cas de « {self.id} » n’a pas de when")
        return self


class Outcome(Part):
    """What an action does while `when` holds: values of settings and of causes, and what the pupil reads."""

    when: tuple[Rule, ...] = ()
    sets: dict[Name, str] = {}
    says: Words


class Action(Part):
    """A button: restart, test, plug in. The first outcome that holds takes place."""

    id: Name
    page: Name
    label: Words
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1, max_length=8)]


class Device(Part):
    """A device seen on the network, as a box names it; `details` is what opens when one looks closer."""

    id: Name
    name: Words
    seen: Words
    details: Words
    blocked: bool = False


class Router(Scenario):
    """Settle a network, or mend it.

    Facts, for each setting: `<id>.valeur`, `<id>.change`, and for a text `<id>.longueur` and `<id>.familles` (how
    many of small letters, capitals, digits and other signs); for each cause: `<id>.valeur`; for each action:
    `<id>.fois`; for each indicator: `<id>.etat` (the id of its case); for each device: `<id>.bloque`,
    `<id>.reconnu`, `<id>.details`. Of all: `changements` (settings that differ from the start), `bloques`.
    """

    simulator: Literal["router"]
    panel: Words
    pages: Annotated[dict[Name, Words], Field(min_length=1, max_length=8)]
    intro: dict[Name, Words] = {}
    causes: dict[Name, str] = {}
    settings: Annotated[tuple[Setting, ...], Field(max_length=25)] = ()
    indicators: Annotated[tuple[Indicator, ...], Field(max_length=12)] = ()
    actions: Annotated[tuple[Action, ...], Field(max_length=12)] = ()
    devices: Annotated[tuple[Device, ...], Field(max_length=12)] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        parts: list[Setting | Indicator | Action] = [*self.settings, *self.indicators, *self.actions]
        names = [one.id for one in parts] + [one.id for one in self.devices] + list(self.causes)
        if len(set(names)) != len(names):
            raise ValueError("deux éléments ont le même id")
        if _TAKEN & set(names):
            raise ValueError(f"ces id sont réservés : {', '.join(sorted(_TAKEN))}")
        if DEVICES in self.pages:
            raise ValueError("la page appareils existe d’office : retirez-la de pages")
        for part in parts:
            if part.page not in self.pages:
                raise ValueError(f"la page « {part.page} » de « {part.id} » n’existe pas")
        if set(self.intro) - set(self.all_pages):
            raise ValueError("intro parle d’une page qui n’existe pas")
        self._check_values()
        return self

    def _check_values(self) -> None:
        settings = {one.id: one for one in self.settings}
        for one in self.settings:
            if one.options and one.value not in one.options:
                raise ValueError(f"« {one.value} » n’est pas une option de « {one.id} »")
        sets = [(name, value) for one in self._outcomes for name, value in one.sets.items()]
        for name, value in sets:
            if name not in self.causes and name not in settings:
                raise ValueError(f"« {name} », dans sets, n’est ni un réglage ni une cause")
            if name in settings and settings[name].options and value not in settings[name].options:
                raise ValueError(f"« {value} », dans sets, n’est pas une option de « {name} »")
        known = self._base(self.begin())
        rules = [rule for one in self._outcomes for rule in one.when]
        rules += [rule for one in self.indicators for case in one.cases for rule in case.when]
        for rule in rules:
            if rule.fact not in known:
                raise ValueError(f"le fait « {rule.fact} », dans when, n’existe pas")

    @property
    def _outcomes(self) -> list[Outcome]:
        return [outcome for one in self.actions for outcome in one.outcomes]

    @property
    def all_pages(self) -> dict[str, str]:
        """Give the pages by id."""
        return {**self.pages, **({DEVICES: "Appareils connectés"} if self.devices else {})}

    def begin(self) -> State:
        """Give the state a pupil starts from."""
        return {
            "values": {one.id: one.value for one in self.settings},
            "causes": dict(self.causes),
            "tries": {one.id: 0 for one in self.actions},
            "blocked": [one.id for one in self.devices if one.blocked],
            "known": [],
            "looked": [],
            "shown": {"page": next(iter(self.pages)), "says": "", "device": ""},
        }

    def _show(self, state: State, step: Step) -> State:
        return {**state, "shown": {"page": self._page(step), "says": "", "device": ""}}

    def _settle(self, state: State, step: Step) -> State:
        page = self._page(step)
        asked = {name: value for name, value in (step.model_extra or {}).items() if name != "page"}
        here = {one.id: one for one in self.settings if one.page == page}
        if not asked or set(asked) - set(here):
            raise Refused("Ce réglage n’existe pas sur cette page.")
        values = {name: _checked(here[name], value) for name, value in asked.items()}
        says = "Les réglages sont enregistrés."
        shown = {"page": page, "says": says, "device": ""}
        return {**state, "values": {**state["values"], **values}, "shown": shown}

    def _act(self, state: State, step: Step) -> State:
        one = next((one for one in self.actions if one.id == step.told("action")), None)
        if one is None:
            raise Refused("Ce bouton n’existe pas.")
        tries = {**state["tries"], one.id: min(state["tries"][one.id] + 1, MOST_TRIES)}
        outcome = _first(one.outcomes, self._base(state))
        shown = {"page": one.page, "says": "Rien ne change.", "device": ""}
        if outcome is None:
            return {**state, "tries": tries, "shown": shown}
        return {
            **state,
            "values": {name: outcome.sets.get(name, value) for name, value in state["values"].items()},
            "causes": {name: outcome.sets.get(name, value) for name, value in state["causes"].items()},
            "tries": tries,
            "shown": {**shown, "says": outcome.says},
        }

    def _look(self, state: State, step: Step) -> State:
        one = self._device(step)
        shown = {"page": DEVICES, "says": "", "device": one.id}
        return {**state, "looked": sorted({*state["looked"], one.id}), "shown": shown}

    def _block(self, state: State, step: Step) -> State:
        one = self._device(step)
        known = [name for name in state["known"] if name != one.id]
        blocked = sorted({*state["blocked"], one.id})
        return _told({**state, "blocked": blocked, "known": known}, f"{one.name} ne peut plus se connecter.")

    def _unblock(self, state: State, step: Step) -> State:
        one = self._device(step)
        blocked = [name for name in state["blocked"] if name != one.id]
        return _told({**state, "blocked": blocked}, f"{one.name} peut de nouveau se connecter.")

    def _recognise(self, state: State, step: Step) -> State:
        one = self._device(step)
        known = sorted({*state["known"], one.id})
        return _told({**state, "known": known}, f"{one.name} est noté comme un appareil de la maison.")

    gestures: ClassVar[Gestures] = {
        "page": _show,
        "regler": _settle,
        "agir": _act,
        "details": _look,
        "bloquer": _block,
        "debloquer": _unblock,
        "reconnaitre": _recognise,
    }

    def _page(self, step: Step) -> str:
        if step.told("page") not in self.all_pages:
            raise Refused("Cette page n’existe pas.")
        return step.told("page")

    def _device(self, step: Step) -> Device:
        for one in self.devices:
            if one.id == step.told("appareil"):
                return one
        raise Refused("Cet appareil n’existe pas.")

    def _base(self, state: State) -> dict[str, Fact]:
        """Give the facts that outcomes and cases may read: all but the indicators."""
        facts: dict[str, Fact] = {f"{name}.valeur": value for name, value in state["causes"].items()}
        for one in self.settings:
            value = state["values"][one.id]
            told = (value, len(value), _families(value), value != one.value)
            facts |= dict(zip((one.id + end for end in _FACT_ENDS), told, strict=True))
        facts |= {f"{name}.fois": times for name, times in state["tries"].items()}
        for device in self.devices:
            for end, held in (("bloque", "blocked"), ("reconnu", "known"), ("details", "looked")):
                facts[f"{device.id}.{end}"] = device.id in state[held]
        changed = sum(state["values"][one.id] != one.value for one in self.settings)
        return facts | {"changements": changed, "bloques": len(state["blocked"])}

    def _lit(self, facts: Mapping[str, Fact]) -> dict[str, Case]:
        return {one.id: _first(one.cases, facts) or one.cases[-1] for one in self.indicators}

    def facts(self, state: State) -> dict[str, Fact]:
        """Give what the rules may judge."""
        base = self._base(state)
        return base | {f"{name}.etat": case.id for name, case in self._lit(base).items()}

    def screen(self, state: State) -> "Screen":
        """Give what the page shows."""
        return Screen(self, state, page=state["shown"]["page"], lit=self._lit(self._base(state)))


def _first(cases: tuple[Any, ...], facts: Mapping[str, Fact]) -> Any:
    return next((one for one in cases if all(rule.holds(facts) for rule in one.when)), None)


def _checked(setting: Setting, value: str) -> str:
    if setting.options:
        if value not in setting.options:
            raise Refused("Choisissez une des options proposées.")
        return value
    text = value.strip()
    if not setting.shortest <= len(text) <= LONGEST_TEXT:
        raise Refused(f"{setting.label} : entre {setting.shortest} et {LONGEST_TEXT} caractères.")
    return text


def _families(text: str) -> int:
    kinds = (str.islower, str.isupper, str.isdigit, lambda sign: not (sign.isalnum() or sign.isspace()))
    return sum(any(kind(sign) for sign in text) for kind in kinds)


def _told(state: State, says: str) -> State:
    return {**state, "shown": {"page": DEVICES, "says": says, "device": ""}}


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page shows: the panel and its state, the open page, what each indicator says."""

    box: Router
    state: State
    page: str
    lit: dict[str, Case]
