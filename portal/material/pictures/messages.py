"""What people send: messages, mails, posts."""

from pydantic import Field

from portal.material.pictures.part import (
    NO_BREAK,
    Keys,
    Part,
    Word,
    Words,
    code,
    joined,
    listed,
    quoted,
    sentence,
)
from portal.material.pictures.pen import SMALL, Pen
from portal.material.pictures.shapes import PAD, frame


class Bubble(Keys):
    """A short message; `me`: written by who holds the screen."""

    sender: Word | None = Field(default=None, alias="from")
    text: Words
    time: Word | None = None
    me: bool = False

    def told_message(self) -> str:
        """Say it."""
        who = "moi" if self.me else self.sender or "inconnu"
        return f"{who}{f', {self.time}' if self.time else ''}{NO_BREAK}: {quoted(self.text)}"


def draw_bubble(pen: Pen, one: Bubble, x: float, y: float, width: float) -> float:
    """Draw a message on its side.

    Returns: the height taken.
    """
    broad = width * 0.86
    left = x + width - broad if one.me else x
    mark, top = pen.mark(), y + 10
    head = "Moi" if one.me else one.sender
    if head or one.time:
        if head:
            pen.text(left + 14, top + 15, head, broad * 0.65 - 20, size=SMALL, bold=True, colour="accent")
        if one.time:
            pen.text(
                left + broad - 14,
                top + 15,
                one.time,
                broad * 0.35 - 14,
                size=SMALL,
                colour="muted",
                anchor="end",
            )
        top += 24
    top += pen.paragraph(left + 14, top, one.text, broad - 28) + 8
    fill = "soft" if one.me else "ground"
    pen.rect(left, y, broad, top - y, fill=fill, stroke="line", r=12, at=mark)
    return top - y


class Message(Bubble, Part, kind="message"):
    """One short message."""

    title = "Un message court, seul ; `me: true` pour celui de l’élève."
    sample = """\
message: {from: "Inès", text: "On se retrouve au CDI à midi ?", time: "8:02"}
"""

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        return draw_bubble(pen, self, x, y, width)

    def told(self) -> str:
        return f"Message. {self.told_message()}."


class Chat(Part, kind="chat"):
    """A conversation."""

    title = "Une conversation : ses messages dans l’ordre, `me: true` pour ceux de l’élève."
    sample = """\
chat:
  title: "Groupe de la 5eB"
  messages:
    - {from: "Noé", text: "Qui a les exercices de maths ?", time: "17:40"}
    - {me: true, text: "Page 42, les numéros 3 et 5.", time: "17:43"}
"""

    name: Word | None = Field(default=None, alias="title")
    messages: tuple[Bubble, ...] = Field(min_length=1, max_length=10)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark, top = pen.mark(), y
        if self.name:
            pen.text(x + 16, y + 29, self.name, width - 32, size=20, bold=True)
            pen.line(x, y + 44, x + width, y + 44, stroke="line")
            top += 44
        for at, one in enumerate(self.messages, 1):
            height = draw_bubble(pen, one, x + PAD, top + PAD, width - 2 * PAD)
            pen.zone(f"message-{at}", x + PAD, top + PAD, width - 2 * PAD, height)
            top += height + PAD
        frame(pen, x, y, width, top + PAD - y, at=mark)
        return top + PAD - y

    def told(self) -> str:
        heading = f"Conversation {quoted(self.name)}" if self.name else "Conversation"
        return listed(heading, [one.told_message() for one in self.messages])


class Post(Part, kind="post"):
    """What somebody published."""

    title = (
        "Une publication d’un réseau social : auteur, compte, date, public, texte, image décrite, réactions."
    )
    sample = """\
post:
  author: "Ville de Rives"
  account: "@ville_rives"
  date: "il y a 2 h"
  audience: "Public"
  text: "La piscine ouvre samedi."
  image: "Un bassin vide, vu de haut"
  likes: 128
  comments: 14
"""

    author: Word
    account: Word | None = None
    date: Word | None = None
    audience: Word | None = None
    text: Words
    image: Word | None = None
    likes: Word | None = None
    comments: Word | None = None

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark, left, room = pen.mark(), x + 16, width - 32
        pen.circle(x + 38, y + 36, 22, fill="soft")
        pen.icon("person", x + 24, y + 22, 28, "accent")
        pen.text(x + 72, y + 32, self.author, width - 88, bold=True)
        pen.zone("author", x + 12, y + 10, width - 24, 52)
        under = " · ".join(one for one in (self.account, self.date, self.audience) if one)
        if under:
            pen.text(x + 72, y + 54, under, width - 88, size=SMALL, colour="muted")
        top = y + 72
        top += pen.paragraph(left, top, self.text, room) + 10
        if self.image:
            height = picture_box(pen, left, top, room, self.image)
            pen.zone("image", left, top, room, height)
            top += height + 12
        top += self._reactions(pen, left, top, room)
        frame(pen, x, y, width, top - y, at=mark)
        return top - y

    def _reactions(self, pen: Pen, left: float, top: float, room: float) -> float:
        shown = [(icon, text) for icon, text in (("heart", self.likes), ("comment", self.comments)) if text]
        for at, (icon, text) in enumerate(shown):
            pen.icon(icon, left + at * 120, top, 22)
            pen.text(left + 30 + at * 120, top + 18, text, 80, size=SMALL)
        return 34 if shown else 4

    def told(self) -> str:
        return joined(
            sentence(
                f"Publication de {self.author}", self.account and code(self.account), self.date, self.audience
            ),
            f"Texte{NO_BREAK}: {quoted(self.text)}.",
            f"Image{NO_BREAK}: {self.image}." if self.image else "",
            f"{self.likes} mentions J’aime." if self.likes else "",
            f"{self.comments} commentaires." if self.comments else "",
        )


def picture_box(pen: Pen, x: float, y: float, width: float, what: str) -> float:
    """Draw the place of a photograph, with what it shows written under a sign.

    Returns: the height taken.
    """
    mark = pen.mark()
    pen.icon("image", x + width / 2 - 28, y + 10, 56)
    height = 74 + pen.paragraph(x + 16, y + 70, what, width - 32, size=SMALL, colour="muted")
    pen.rect(x, y, width, height + 8, fill="ground", stroke="line", r=4, at=mark)
    return height + 8
