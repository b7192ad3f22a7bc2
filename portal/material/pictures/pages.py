"""What is read: texts, pages, results of a search, code, posters, labels."""

from pydantic import Field

from portal.material.pictures.messages import picture_box
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
from portal.material.pictures.pen import BODY, SMALL, TITLE, Pen
from portal.material.pictures.shapes import PAD, frame


class Text(Part, kind="text"):
    """Words, without a frame."""

    title = "Des mots, sans cadre ; `bold: true` pour un titre."
    sample = """\
text: {text: "Avant", bold: true}
"""

    text: Words
    bold: bool = False

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        return pen.paragraph(x, y, self.text, width, size=TITLE if self.bold else BODY, bold=self.bold) + 2

    def told(self) -> str:
        return sentence(quoted(self.text))


class Page(Part, kind="page"):
    """A page of a site."""

    title = "Une page d’un site ; un retour à la ligne de `text` fait un paragraphe ; `image` est décrite."
    sample = """\
page:
  site: "Journal du collège"
  menu: ["Accueil", "Sorties", "Contact"]
  title: "Une sortie au musée"
  author: "Dora Petit"
  date: "3 mars 2026"
  text: "La classe de 5eB visite le musée jeudi.\\nLe départ est à 9 h."
  image: "La façade du musée"
  links: ["Le programme", "Nous écrire"]
  footer: "Mentions légales · © 2026 Collège Jean-Moulin"
"""

    site: Word | None = None
    menu: tuple[Word, ...] = ()
    name: Word | None = Field(default=None, alias="title")
    author: Word | None = None
    date: Word | None = None
    text: Words | None = None
    image: Word | None = None
    links: tuple[Word, ...] = ()
    footer: Word | None = None

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        top = self._head(pen, x, y, width)
        if self.name:
            height = pen.paragraph(x, top, self.name, width, size=22, bold=True)
            pen.zone("title", x, top, width, height)
            top += height + 6
        byline = " · ".join(one for one in (self.author, self.date) if one)
        if byline:
            pen.text(x, top + 16, byline, width, size=SMALL, colour="muted")
            pen.zone("byline", x, top, width, 24)
            top += 30
        if self.image:
            height = picture_box(pen, x, top, width, self.image)
            pen.zone("image", x, top, width, height)
            top += height + 12
        for at, text in enumerate((self.text or "").split("\n") if self.text else (), 1):
            height = pen.paragraph(x, top, text, width)
            pen.zone(f"paragraph-{at}", x, top, width, height)
            top += height + 8
        return self._foot(pen, x, top, width) - y

    def _head(self, pen: Pen, x: float, top: float, width: float) -> float:
        if self.site:
            pen.rect(x, top, width, 44, fill="accent", r=4)
            pen.text(x + 14, top + 29, self.site, width - 28, size=20, bold=True, colour="onaccent")
            pen.zone("site", x, top, width, 44)
            top += 50
        if self.menu:
            left = x
            for at, one in enumerate(self.menu, 1):
                wide = pen.text(left, top + 20, one, x + width - left, size=SMALL, colour="accent")
                pen.zone(f"menu-{at}", left - 6, top, wide + 12, 30)
                left += wide + 24
            pen.line(x, top + 33, x + width, top + 33, stroke="line")
            top += 42
        return top

    def _foot(self, pen: Pen, x: float, top: float, width: float) -> float:
        for at, one in enumerate(self.links, 1):
            wide = pen.text(x, top + 18, one, width, colour="accent")
            pen.line(x, top + 22, x + wide, top + 22, stroke="accent")
            pen.zone(f"link-{at}", x, top - 2, wide, 30)
            top += 32
        if self.footer:
            pen.line(x, top + 4, x + width, top + 4, stroke="line")
            height = pen.paragraph(x, top + 10, self.footer, width, size=SMALL, colour="muted")
            pen.zone("footer", x, top + 6, width, height + 4)
            top += height + 12
        return top

    def told(self) -> str:
        return joined(
            f"Page du site {quoted(self.site)}." if self.site else "Page.",
            listed("Menu", self.menu),
            f"Titre{NO_BREAK}: {quoted(self.name)}." if self.name else "",
            f"Auteur{NO_BREAK}: {self.author}." if self.author else "",
            f"Date{NO_BREAK}: {self.date}." if self.date else "",
            f"Image{NO_BREAK}: {self.image}." if self.image else "",
            f"Texte{NO_BREAK}: {quoted(self.text)}." if self.text else "",
            listed("Liens", [quoted(one) for one in self.links]),
            f"Pied de page{NO_BREAK}: {quoted(self.footer)}." if self.footer else "",
        )


class Found(Keys):
    """A result; `ad`: it is marked as an advertisement."""

    title: Word
    url: Word
    text: Words | None = None
    ad: bool = False

    def told(self) -> str:
        """Say it."""
        ad = "annonce, " if self.ad else ""
        return f"{ad}{quoted(self.title)}, {code(self.url)}{f', {quoted(self.text)}' if self.text else ''}"


class Results(Part, kind="results"):
    """What a search engine found."""

    title = "Une page de résultats : ce que l’on a cherché, puis les résultats ; `ad: true` pour une annonce."
    sample = """\
results:
  query: "vélo pliant prix"
  results:
    - {title: "Vélos pliants en promotion", url: "https://velos.example", text: "Livraison gratuite.", ad: true}
    - {title: "Bien choisir son vélo pliant", url: "https://conso.example/velo", text: "Notre essai de six modèles."}
"""

    query: Word
    results: tuple[Found, ...] = Field(min_length=1, max_length=7)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark = pen.mark()
        pen.rect(x + PAD, y + PAD, width - 2 * PAD, 38, fill="paper", stroke="edge", r=19)
        pen.icon("search", x + 26, y + 20, 22)
        pen.text(x + 58, y + PAD + 25, self.query, width - 88)
        pen.zone("query", x + PAD, y + PAD, width - 2 * PAD, 38)
        top = y + 64
        for at, one in enumerate(self.results, 1):
            height = self._result(pen, one, x + 16, top, width - 32)
            pen.zone(f"result-{at}", x + 8, top - 4, width - 16, height + 4)
            top += height + 12
        frame(pen, x, y, width, top - y, at=mark)
        return top - y

    def _result(self, pen: Pen, one: Found, x: float, y: float, width: float) -> float:
        left = x
        if one.ad:
            pen.rect(x, y + 1, 82, 22, stroke="edge", r=4)
            pen.text(x + 41, y + 18, "Annonce", 74, size=SMALL, bold=True, anchor="middle")
            left += 92
        pen.text(left, y + 17, one.url, x + width - left, size=SMALL, colour="muted")
        height = 26 + pen.paragraph(x, y + 26, one.title, width, colour="accent", bold=True)
        if one.text:
            height += 2 + pen.paragraph(x, y + height + 2, one.text, width, size=SMALL)
        return height

    def told(self) -> str:
        return joined(
            f"Résultats de la recherche {quoted(self.query)}.",
            listed("Dans l’ordre", [one.told() for one in self.results]),
        )
