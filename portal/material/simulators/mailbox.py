"""A mailbox: messages read, sorted, reported, deleted, answered."""

import re
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

INBOX, SENT, SPAM, BIN = "reception", "envoyes", "indesirables", "corbeille"
MOST_SENT = 10
_ADDRESS = re.compile(r"[^\s@,]+@[^\s@,]+\.[a-z]{2,}")
LETTER = ("a", "copie", "objet", "texte", "repond")


class Attachment(Part):
    """A file that came with a message."""

    name: Words
    weight: Words


class Message(Part):
    """A message received. `address` is where it really comes from; `links`: words shown → address reached."""

    id: Name
    sender: Words
    address: Words
    to: Words = "vous"
    copy_to: str = ""
    date: Words
    subject: Words
    body: Words
    links: dict[str, Words] = {}
    attachments: tuple[Attachment, ...] = ()
    folder: Name = INBOX


class Mailbox(Scenario):
    """Sort, report or answer messages.

    Facts, for each message: `<id>.dossier`, `<id>.lu`, `<id>.signale`, `<id>.lien` (the last address opened),
    `<id>.piece` (an attachment was opened); of what is sent: `envois` (how many), and for the last one
    `envoi.a`, `envoi.copie`, `envoi.objet`, `envoi.texte`, `envoi.repond` (the message answered).
    """

    simulator: Literal["mailbox"]
    folders: dict[Name, Words] = {}
    contacts: dict[str, Words] = {}
    messages: Annotated[tuple[Message, ...], Field(min_length=1, max_length=20)]

    @model_validator(mode="after")
    def _folders_exist(self) -> Self:
        names = [one.id for one in self.messages]
        if len(set(names)) != len(names):
            raise ValueError("deux messages ont le même id")
        for one in self.messages:
            if one.folder not in self.all_folders:
                raise ValueError(f"le dossier « {one.folder} » du message « {one.id} » n’existe pas")
        return self

    @property
    def all_folders(self) -> dict[str, str]:
        """Give the folders by id, ours and the author's."""
        own = {INBOX: "Réception", SENT: "Envoyés", SPAM: "Indésirables", BIN: "Corbeille"}
        return {**own, **self.folders}

    def begin(self) -> State:
        """Give the state a pupil starts from."""
        return {
            "folders": {one.id: one.folder for one in self.messages},
            "read": [],
            "reported": [],
            "links": {},
            "opened": [],
            "sent": [],
            "shown": _showing(INBOX),
        }

    def _show_folder(self, state: State, step: Step) -> State:
        return {**state, "shown": _showing(self._folder(step))}

    def _open(self, state: State, step: Step) -> State:
        one = self._message(step)
        shown = _showing(state["shown"]["folder"], message=one.id)
        return {**state, "shown": shown, "read": sorted({*state["read"], one.id})}

    def _follow(self, state: State, step: Step) -> State:
        one = self._message(step)
        if step.told("vers") not in one.links:
            raise Refused("Ce lien n’est pas dans ce message.")
        return {**state, "links": {**state["links"], one.id: one.links[step.told("vers")]}}

    def _open_attachment(self, state: State, step: Step) -> State:
        one = self._message(step)
        if not one.attachments:
            raise Refused("Ce message n’a pas de pièce jointe.")
        return {**state, "opened": sorted({*state["opened"], one.id})}

    def _report(self, state: State, step: Step) -> State:
        one = self._message(step)
        return self._moved({**state, "reported": sorted({*state["reported"], one.id})}, one, SPAM)

    def _delete(self, state: State, step: Step) -> State:
        return self._moved(state, self._message(step), BIN)

    def _file(self, state: State, step: Step) -> State:
        return self._moved(state, self._message(step), self._folder(step))

    def _write(self, state: State, step: Step) -> State:
        answered = step.told("message") and self._message(step).id
        return {**state, "shown": {**_showing(state["shown"]["folder"]), "writes": answered}}

    def _send(self, state: State, step: Step) -> State:
        if state["shown"]["writes"] is None:
            raise Refused("Commencez d’abord un message.")
        letter = {
            "a": _addresses(step.told("a")),
            "copie": _addresses(step.told("copie")),
            "objet": step.told("objet").strip(),
            "texte": step.told("texte").strip(),
            "repond": state["shown"]["writes"],
        }
        if len(state["sent"]) >= MOST_SENT:
            raise Refused("Vous avez déjà envoyé beaucoup de messages.")
        if problem := _problem_of(letter):
            return {**state, "shown": {**state["shown"], "draft": letter, "problem": problem}}
        shown = _showing(state["shown"]["folder"], note=f"Votre message est parti pour {letter['a']}.")
        return {**state, "sent": [*state["sent"], letter], "shown": shown}

    gestures: ClassVar[Gestures] = {
        "dossier": _show_folder,
        "ouvrir": _open,
        "lien": _follow,
        "piece": _open_attachment,
        "signaler": _report,
        "supprimer": _delete,
        "ranger": _file,
        "ecrire": _write,
        "envoyer": _send,
    }

    def _folder(self, step: Step) -> str:
        if step.told("dossier") not in self.all_folders:
            raise Refused("Ce dossier n’existe pas.")
        return step.told("dossier")

    def _message(self, step: Step) -> Message:
        for one in self.messages:
            if one.id == step.told("message"):
                return one
        raise Refused("Ce message n’existe pas.")

    def _moved(self, state: State, message: Message, folder: str) -> State:
        note = f"Le message « {message.subject} » est maintenant dans « {self.all_folders[folder]} »."
        shown = _showing(state["shown"]["folder"], note=note)
        return {**state, "shown": shown, "folders": {**state["folders"], message.id: folder}}

    def facts(self, state: State) -> dict[str, Fact]:
        """Give what the rules may judge."""
        facts: dict[str, Fact] = {"envois": len(state["sent"])}
        for one in self.messages:
            facts |= {
                f"{one.id}.dossier": state["folders"][one.id],
                f"{one.id}.lu": one.id in state["read"],
                f"{one.id}.signale": one.id in state["reported"],
                f"{one.id}.lien": state["links"].get(one.id, ""),
                f"{one.id}.piece": one.id in state["opened"],
            }
        last = state["sent"][-1] if state["sent"] else dict.fromkeys(LETTER, "")
        return facts | {f"envoi.{name}": value for name, value in last.items()}

    def _draft(self, shown: State) -> dict[str, str]:
        if shown["draft"]:
            return dict(shown["draft"])
        answered = next((one for one in self.messages if one.id == shown["writes"]), None)
        started = {"a": answered.address, "objet": f"Re : {answered.subject}"} if answered else {}
        return dict.fromkeys(LETTER, "") | started

    def screen(self, state: State) -> "Screen":
        """Give what the page shows."""
        shown = state["shown"]
        listed = [one for one in self.messages if state["folders"][one.id] == shown["folder"]]
        return Screen(
            folders=tuple(
                (
                    name,
                    label,
                    sum(folder == name for folder in state["folders"].values())
                    + len(state["sent"]) * (name == SENT),
                )
                for name, label in self.all_folders.items()
            ),
            folder=shown["folder"],
            label=self.all_folders[shown["folder"]],
            contacts=self.contacts,
            rows=tuple((one, one.id in state["read"]) for one in listed),
            sent=tuple(state["sent"]) if shown["folder"] == SENT else (),
            message=next((one for one in self.messages if one.id == shown["message"]), None),
            reached=state["links"].get(shown["message"] or "", ""),
            attachment_opened=shown["message"] in state["opened"],
            writes=shown["writes"],
            draft=self._draft(shown),
            problem=shown["problem"],
            note=shown["note"],
            answered=next((one for one in self.messages if one.id == shown["writes"]), None),
        )


def _showing(folder: str, *, message: str | None = None, note: str = "") -> State:
    return {"folder": folder, "message": message, "writes": None, "draft": None, "problem": "", "note": note}


def _problem_of(letter: State) -> str:
    if not letter["a"]:
        return "Écrivez l’adresse de la personne à qui vous envoyez ce message."
    for address in f"{letter['a']}, {letter['copie']}".split(", "):
        if address and not _ADDRESS.fullmatch(address):
            return f"« {address} » n’est pas une adresse. Une adresse ressemble à nom@exemple.example."
    return ""


def _addresses(typed: str) -> str:
    return ", ".join(part.strip().lower() for part in typed.replace(";", ",").split(",") if part.strip())


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page shows: the folders with how much they hold, the open one, the open message, the letter."""

    folders: tuple[tuple[str, str, int], ...]
    folder: str
    label: str
    contacts: dict[str, str]
    rows: tuple[tuple[Message, bool], ...]
    sent: tuple[dict[str, str], ...]
    message: Message | None
    reached: str
    attachment_opened: bool
    writes: str | None
    draft: dict[str, str]
    problem: str
    note: str
    answered: Message | None
