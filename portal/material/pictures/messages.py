"""What people send: messages, mails, posts."""

from pydantic import Field

from portal.material.pictures.letters import width_of
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


class Message(Part, kind="message"):
    """One short message."""

    title = "Un message court, seul ; `me: true` pour celui de l’élève."
    sample = """\
message: {from: "Inès", text: "On se retrouve au CDI à midi ?", time: "8:02"}
"""

    sender: Word | None = Field(default=None, alias="from")
    text: Words
    time: Word | None = None
    me: bool = False

    def _bubble(self) -> Bubble:
        return Bubble(sender=self.sender, text=self.text, time=self.time, me=self.me)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        return draw_bubble(pen, self._bubble(), x, y, width)

    def told(self) -> str:
        return f"Message. {self._bubble().told_message()}."


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


class Link(Keys):
    """A link: what is written, and where it leads when the picture shows it."""

    text: Word
    target: Word | None = None


class Mail(Part, kind="mail"):
    """A mail, open."""

    title = "Un courriel ouvert : expéditeur, adresse, destinataires, objet, texte, lien, pièces jointes."
    sample = """\
mail:
  from: "Service Colis"
  address: "colis@livraison.example"
  to: "lina@college.example"
  date: "3 mars, 9:12"
  subject: "Votre colis est en attente"
  text: "Bonjour,\\nVotre colis arrive demain.\\nCordialement"
  link: {text: "Suivre mon colis", target: "https://livraison.example/suivi"}
  attachments: ["bon.pdf"]
"""

    sender: Word = Field(alias="from")
    address: Word | None = None
    to: Word | None = None
    cc: Word | None = None
    date: Word | None = None
    subject: Word
    text: Words
    link: Link | None = None
    attachments: tuple[Word, ...] = ()

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark, left, room = pen.mark(), x + 16, width - 32
        top = y + 12
        height = pen.paragraph(left, top, self.subject, room, size=20, bold=True)
        pen.zone("subject", left, top, room, height)
        top += height + 8
        top = self._head(pen, left, top, room) + 8
        pen.line(x, top, x + width, top, stroke="line")
        top += 12
        height = pen.paragraph(left, top, self.text, room)
        pen.zone("text", left, top, room, height)
        top += height + 10
        if self.link:
            top += self._link(pen, self.link, left, top, room)
        for at, name in enumerate(self.attachments, 1):
            pen.rect(left, top, room, 36, fill="ground", stroke="line", r=6)
            pen.icon("clip", left + 10, top + 7, 22)
            pen.text(left + 42, top + 24, name, room - 52)
            pen.zone(f"attachment-{at}", left, top, room, 36)
            top += 44
        frame(pen, x, y, width, top + 6 - y, at=mark)
        return top + 6 - y

    def _head(self, pen: Pen, left: float, top: float, room: float) -> float:
        sender = f"{self.sender} <{self.address}>" if self.address else self.sender
        rows = (
            ("from", "De", sender),
            ("to", "À", self.to),
            ("cc", "Copie", self.cc),
            ("date", "Date", self.date),
        )
        for key, label, text in rows:
            if text:
                pen.text(left, top + 16, f"{label}{NO_BREAK}:", 66, size=SMALL, colour="muted")
                height = pen.paragraph(left + 70, top, text, room - 70, size=SMALL)
                pen.zone(key, left, top, room, height)
                top += height + 3
        return top

    def _link(self, pen: Pen, link: Link, left: float, top: float, room: float) -> float:
        wide = pen.text(left, top + 18, link.text, room, colour="accent", bold=True)
        pen.line(left, top + 22, left + wide, top + 22, stroke="accent")
        height = 30.0
        if link.target:
            mark = pen.mark()
            taken = pen.paragraph(left + 10, top + 34, link.target, room - 20, size=SMALL)
            pen.rect(left, top + 29, room, taken + 10, fill="bar", stroke="edge", r=4, at=mark)
            height += taken + 14
        pen.zone("link", left, top, room, height)
        return height + 10

    def told(self) -> str:
        where = (
            f", qui mène à {code(self.link.target)} quand on le survole"
            if self.link and self.link.target
            else ""
        )
        return joined(
            f"Courriel. De{NO_BREAK}: {self.sender}{f', {code(self.address)}' if self.address else ''}.",
            f"À{NO_BREAK}: {code(self.to)}." if self.to else "",
            f"Copie{NO_BREAK}: {code(self.cc)}." if self.cc else "",
            f"Date{NO_BREAK}: {self.date}." if self.date else "",
            f"Objet{NO_BREAK}: {quoted(self.subject)}.",
            f"Texte{NO_BREAK}: {quoted(self.text)}.",
            f"Lien {quoted(self.link.text)}{where}." if self.link else "",
            listed("Pièces jointes", [quoted(one) for one in self.attachments]),
        )


class Received(Keys):
    """A line of a mailbox."""

    sender: Word = Field(alias="from")
    subject: Word
    date: Word | None = None
    unread: bool = False
    attached: bool = False

    def told(self) -> str:
        """Say it."""
        state = ["non lu" if self.unread else "", "pièce jointe" if self.attached else ""]
        return ", ".join(one for one in (self.sender, quoted(self.subject), self.date, *state) if one)


class Mailbox(Part, kind="mailbox"):
    """The list of the mails received."""

    title = "Une liste de courriels ; non lus en gras, trombone s’il y a une pièce jointe."
    sample = """\
mailbox:
  title: "Boîte de réception"
  mails:
    - {from: "Vie scolaire", subject: "Sortie de jeudi", date: "9:12", unread: true, attached: true}
    - {from: "Noé", subject: "Photos de la fête", date: "hier"}
"""

    name: Word = Field(default="Boîte de réception", alias="title")
    mails: tuple[Received, ...] = Field(min_length=1, max_length=10)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark = pen.mark()
        pen.icon("mail", x + 14, y + 10, 24)
        pen.text(x + 50, y + 29, self.name, width - 66, bold=True)
        top = y + 44
        for at, one in enumerate(self.mails, 1):
            pen.line(x, top, x + width, top, stroke="line")
            if one.unread:
                pen.rect(x + 0.5, top + 0.5, 4, 59, fill="accent")
            taken = width_of(one.date or "", SMALL) + 12
            pen.text(x + 16, top + 24, one.sender, width - 32 - taken, size=SMALL, bold=one.unread)
            if one.date:
                pen.text(x + width - 16, top + 24, one.date, taken, size=SMALL, colour="muted", anchor="end")
            pen.text(x + 16, top + 48, one.subject, width - 64, bold=one.unread)
            if one.attached:
                pen.icon("clip", x + width - 38, top + 32, 20)
            pen.zone(f"mail-{at}", x, top, width, 60)
            top += 60
        frame(pen, x, y, width, top - y, at=mark)
        return top - y

    def told(self) -> str:
        return listed(f"Messagerie, {quoted(self.name)}", [one.told() for one in self.mails])


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
