"""Saved web pages: their links, and what only their source says."""

import random
from datetime import date
from html import escape
from typing import Literal
from urllib.parse import quote

from pydantic import Field

from portal.material import document_words as words
from portal.material.document_words import Context
from portal.material.draws import redraw
from portal.material.recipe import Made, MadeFile, Recipe

_HTML = "text/html"


class PageLinks(Recipe):
    """The pupil opens a saved page: where a link leads, which one leaves the site, who wrote it and when."""

    generator: Literal["page-liens"]
    context: Context | None = None
    links: int = Field(6, ge=4, le=10)

    def make(self, dice: random.Random) -> Made:
        """Write the links, whose texts do not say where they lead, and one that leaves the site."""
        setting = words.setting_of(self.context, dice)
        town = dice.choice(words.TOWNS)
        site = f"www.{setting.slug}-{words.plain(town)}.example"
        texts = dice.sample(setting.topics, self.links)
        paths = dice.sample([words.plain(word) for word in words.WORDS], self.links)
        targets = [f"https://{site}/{path}-{dice.randrange(10, 100)}.html" for path in paths]
        out, asked = dice.sample(range(self.links), 2)
        outside = f"{words.plain(dice.choice(words.WORDS))}-{words.plain(dice.choice(words.TOWNS))}.test"
        targets[out] = f"https://www.{outside}/{paths[out]}.html"
        heading = f"{setting.project}\u00a0: {dice.choice(setting.topics)}"
        # The same page for whoever reads its tab, which says where as well.
        tab = f"{heading} – {town}"
        author, editor = words.people(dice, 2)
        day, changed = _two_days(dice)
        poster = dice.choice(words.WORDS)
        alternative = f"Affiche «\u00a0{poster}\u00a0», dessinée par {dice.choice(words.FIRST_NAMES)}"
        rows = list(zip(texts, targets, strict=True))
        signed = (
            f'<p>Par <span class="auteur">{escape(author)}</span>, publié le <time datetime="{day.isoformat()}">'
            f"{words.french_day(day)}</time>, mis à jour par {escape(editor)} le {words.french_day(changed)}.</p>"
        )
        page = _saved(tab, heading, signed, _poster(poster, alternative), rows, f"{setting.name}, {site}")
        answers = {
            "destination": (targets[asked], targets[asked].removeprefix("https://")),
            "fichier_destination": (targets[asked].rpartition("/")[2],),
            "lien_externe": (texts[out],),
            "site_externe": (outside, f"www.{outside}", targets[out], targets[out].removeprefix("https://")),
            "titre_onglet": (tab,),
            "auteur": words.name_spellings(author),
            "date_publication": words.day_spellings(day),
            "alternative": (alternative,),
        }
        wrong = {
            "destination": words.others(dice, targets, targets[asked]),
            "lien_externe": words.others(dice, texts, texts[out]),
            "site_externe": (site.removeprefix("www."), f"{setting.slug}.test"),
            "titre_onglet": (heading, setting.project),
            "auteur": (editor, setting.name),
            "date_publication": (words.day_spellings(changed)[0],),
        }
        values = {"lien": texts[asked], "rang": words.RANKS[asked], "site": site, "titre": heading}
        return Made(MadeFile("page-enregistree.html", _HTML, page.encode()), values, answers, wrong)


def _two_days(dice: random.Random) -> tuple[date, date]:
    first, second = redraw(lambda: (words.a_day(dice), words.a_day(dice)), lambda days: days[0] != days[1])
    return min(first, second), max(first, second)


def _poster(word: str, alternative: str) -> str:
    """Draw the poster inside the page: a file apart would be missing, and its alternative would be shown."""
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="90"><rect width="240" height="90" '
        'fill="#f3e3b3"/><text x="120" y="54" font-family="sans-serif" font-size="26" text-anchor="middle" '
        f'fill="#4a3208">{escape(word)}</text></svg>'
    )
    return f'<img src="data:image/svg+xml,{quote(drawing)}" alt="{escape(alternative)}">'


def _saved(tab: str, heading: str, signed: str, image: str, rows: list[tuple[str, str]], foot: str) -> str:
    links = "\n".join(f'<li><a href="{escape(to)}">{escape(text)}</a></li>' for text, to in rows)
    return (
        f'<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n<title>{escape(tab)}</title>\n'
        f"</head>\n<body>\n<h1>{escape(heading)}</h1>\n{signed}\n"
        f"{image}\n"
        f"<ol>\n{links}\n</ol>\n<p>{escape(foot)}</p>\n</body>\n</html>\n"
    )


class PageSource(Recipe):
    """The pupil shows the source of a page: its description, a comment, its author, a hidden number."""

    generator: Literal["page-source"]
    context: Context | None = None

    def make(self, dice: random.Random) -> Made:
        """Write a page that shows none of what its source says."""
        setting = words.setting_of(self.context, dice)
        topic, hidden = dice.sample(setting.topics, 2)
        template, other = dice.sample(words.WORDS, 2)
        author = words.a_person(dice)
        room = dice.choice(words.ROOMS)
        description = f"{hidden}\u00a0: tout savoir avant de venir, {room}"
        number = dice.randrange(100, 1000)
        tab = f"{topic} – {setting.project}"
        page = (
            '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{escape(tab)}</title>\n"
            f'<meta name="description" content="{escape(description)}">\n'
            f'<meta name="author" content="{escape(author)}">\n</head>\n<body>\n'
            f"<!-- Nom du gabarit : {template} -->\n<h1>{escape(topic)}</h1>\n"
            f"<p>Le groupe {other} vous accueille. Un plan est affiché à l’entrée.</p>\n"
            f'<p hidden="hidden">Code du stand\u00a0: {number}</p>\n'
            f"<p>{escape(setting.name)}</p>\n</body>\n</html>\n"
        )
        return Made(
            MadeFile(f"page-{setting.slug}.html", _HTML, page.encode()),
            {"titre": topic, "onglet": tab},
            {
                "description": (description,),
                "commentaire": (template,),
                "auteur": words.name_spellings(author),
                "code_masque": (str(number),),
            },
            {
                "description": (f"{topic}\u00a0: tout savoir avant de venir, {room}", setting.project),
                "commentaire": (
                    other,
                    *words.others(dice, [w for w in words.WORDS if w != other], template, 2),
                ),
                "auteur": words.others(dice, words.people(dice, 4), author),
                "code_masque": words.near_numbers(dice, number),
            },
        )
