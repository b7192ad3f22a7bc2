"""What the page of a shared document shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from portal.material.simulators.document_parts import (
    RIGHTS,
    WAITING,
    Comment,
    Paragraph,
    Person,
    Right,
    Suggestion,
    Version,
)
from portal.material.simulators.scenario import State


class Shared(Protocol):
    """The document of a scenario, to be read."""

    @property
    def pupil(self) -> str: ...
    @property
    def right(self) -> Right: ...
    @property
    def paragraphs(self) -> tuple[Paragraph, ...]: ...
    @property
    def comments(self) -> tuple[Comment, ...]: ...
    @property
    def suggestions(self) -> tuple[Suggestion, ...]: ...
    @property
    def versions(self) -> tuple[Version, ...]: ...
    @property
    def people(self) -> tuple[Person, ...]: ...


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment, whether it is resolved, and the pupil's answers."""

    comment: Comment
    resolved: bool
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with all that hangs on it."""

    id: str
    number: int
    text: str
    threads: tuple[Thread, ...]
    resolved: tuple[Thread, ...]
    notes: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page shows: the text, the versions or the sharing; `at` is the paragraph just changed."""

    view: str
    at: str
    note: str
    pupil: str
    right: str
    blocks: tuple[Block, ...]
    versions: tuple[Version, ...]
    version: Version | None
    version_texts: tuple[str, ...]
    can_undo: bool
    people: tuple[tuple[Person, str], ...]
    strangers: Mapping[str, str]
    link: str
    rights: Mapping[str, str]

    @property
    def may_edit(self) -> bool:
        """Tell whether the pupil may change the text and share it."""
        return self.right == "modification"

    @property
    def may_comment(self) -> bool:
        """Tell whether the pupil may comment."""
        return self.right in ("commentaire", "modification")


def notes_under(state: State, name: str) -> tuple[str, ...]:
    """Give what the pupil wrote beside a paragraph or under a comment."""
    return tuple(text for under, text in state["notes"] if under == name)


def look(document: Shared, state: State) -> Screen:
    """Give the page of a state."""
    shown = state["shown"]
    version = next((one for one in document.versions if one.id == shown["version"]), None)
    old = version.texts if version else {}
    return Screen(
        view=shown["view"],
        at=shown["at"],
        note=shown["note"],
        pupil=document.pupil,
        right=document.right,
        blocks=tuple(_block(document, state, at, one) for at, one in enumerate(document.paragraphs, 1)),
        versions=document.versions,
        version=version,
        version_texts=tuple(old[one.id] for one in document.paragraphs if one.id in old),
        can_undo=state["before"] is not None,
        people=tuple(
            (one, state["rights"][one.id])
            for one in document.people
            if one.right != "aucun" or state["rights"][one.id] != "aucun"
        ),
        strangers=state["strangers"],
        link=state["link"],
        rights=RIGHTS,
    )


def _block(document: Shared, state: State, number: int, one: Paragraph) -> Block:
    threads = [
        Thread(comment, comment.id in state["resolved"], notes_under(state, comment.id))
        for comment in document.comments
        if comment.beside == one.id
    ]
    waiting = (
        suggestion
        for suggestion in document.suggestions
        if suggestion.beside == one.id and state["suggestions"][suggestion.id] == WAITING
    )
    return Block(
        id=one.id,
        number=number,
        text=state["texts"][one.id],
        threads=tuple(thread for thread in threads if not thread.resolved),
        resolved=tuple(thread for thread in threads if thread.resolved),
        notes=notes_under(state, one.id),
        suggestions=tuple(waiting),
    )
