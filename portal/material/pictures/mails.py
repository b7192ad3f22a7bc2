"""Mails, and lists of mails."""

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
)
from portal.material.pictures.pen import SMALL, Pen
from portal.material.pictures.shapes import frame


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
