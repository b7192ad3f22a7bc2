"""What a shared document is made of."""

from collections.abc import Mapping
from typing import Literal

from portal.material.simulators.scenario import Name, Part, Words

Right = Literal["aucun", "lecture", "commentaire", "modification"]
RIGHTS: Mapping[str, str] = {
    "aucun": "Pas d’accès",
    "lecture": "Peut lire",
    "commentaire": "Peut commenter",
    "modification": "Peut modifier",
}
# Where a suggestion is until the pupil decides.
WAITING = "attente"


class Paragraph(Part):
    """A paragraph of the document."""

    id: Name
    text: Words


class Remark(Part):
    """What somebody hangs on a paragraph, named by `beside`."""

    id: Name
    beside: Name
    author: Words
    date: Words


class Comment(Remark):
    """A comment beside a paragraph."""

    text: Words
    resolved: bool = False


class Suggestion(Remark):
    """A change somebody proposes: `old`, a piece of the paragraph, becomes `new` (nothing: it goes)."""

    old: Words
    new: str = ""


class Version(Part):
    """The document as it was; a paragraph that `texts` leaves out was not there."""

    id: Name
    author: Words
    date: Words
    texts: dict[Name, Words]


class Person(Part):
    """Somebody who may have access."""

    id: Name
    name: Words
    address: Words
    right: Right = "aucun"
