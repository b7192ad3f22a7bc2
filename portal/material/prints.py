"""PDF files: a brochure of several pages, an invoice."""

import random
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from pydantic import Field

from portal.material import document_words as words
from portal.material.document_words import Context
from portal.material.recipe import Made, MadeFile, Recipe
from portal.material.school_days import next_open
from portal.material.writers import pdf
from portal.material.writers.document import MEDIA_TYPES

_BROCHURE = """
#set page(footer: if d.numbered { context align(center, counter(page).display()) } else { none })
#v(6cm)
#align(center)[= #d.heading
  #d.organiser]
#for s in d.sections {
  pagebreak()
  [== #s.topic
  #s.text

  *Lieu :* #s.room

  *Horaires :* de #s.start à #s.end

  *Tarif :* #s.price par personne

  *Contact :* #s.contact]
}
"""
_PRESENTATIONS = (
    "Une activité à découvrir en petit groupe, avec le matériel fourni.",
    "Un temps pour apprendre, essayer et poser toutes ses questions.",
    "Une proposition ouverte aux débutants comme aux habitués.",
    "Une séance calme, animée par deux personnes de l’équipe.",
    "Une démonstration, puis chacun essaie à son tour.",
    "Une visite commentée, avec une pause au milieu.",
    "Un moment à vivre en famille, petits et grands.",
    "Une rencontre avec des gens passionnés, qui répondent à tout.",
    "Un jeu par équipes, suivi d’un échange.",
    "Une première approche, sans rien connaître du sujet.",
    "Une pratique guidée, à son rythme.",
    "Un parcours en trois étapes, avec une fiche à garder.",
)


@dataclass(frozen=True, slots=True)
class _Section:
    topic: str
    room: str
    start: int
    end: int
    price: Decimal
    contact: str

    def written(self, text: str) -> dict[str, str]:
        return {
            "topic": self.topic, "text": text, "room": self.room, "contact": self.contact,
            "start": words.french_hour(self.start), "end": words.french_hour(self.end),
            "price": words.euros(self.price),
        }  # fmt: skip


class Brochure(Recipe):
    """The pupil looks through a PDF brochure: on which page, at what price, until what time."""

    generator: Literal["brochure-pdf"]
    context: Context | None = None
    activities: int = Field(6, ge=4, le=10, description="Or one or two more.")
    numbered: bool = Field(True, description="Whether the number is printed at the foot of each page.")

    def make(self, dice: random.Random) -> Made:
        """Write one page an activity, in any order, after the cover."""
        setting = words.setting_of(self.context, dice)
        sections = self._sections(dice, setting)
        texts = dice.sample(_PRESENTATIONS, len(sections))
        values = {
            "heading": setting.project,
            "organiser": setting.name,
            "numbered": self.numbered,
            "sections": [one.written(text) for one, text in zip(sections, texts, strict=True)],
        }
        content = pdf.write(
            _BROCHURE, values, title=setting.project, author=setting.name, day=words.a_day(dice)
        )
        at = dice.randrange(len(sections))
        asked, page = sections[at], at + 2
        cheapest, dearest = min(sections, key=lambda s: s.price), max(sections, key=lambda s: s.price)
        topics, contacts = [one.topic for one in sections], [one.contact for one in sections]
        earliest = min(sections, key=lambda s: s.start)
        return Made(
            MadeFile(f"brochure-{words.plain(setting.project)}.pdf", MEDIA_TYPES["pdf"], content),
            {"activite": asked.topic, "page": str(page), "titre": setting.project},
            {
                "page": (str(page),),
                "nombre_pages": (str(len(sections) + 1),),
                "activite": (asked.topic,),
                "prix": (str(asked.price),),
                "ouverture": words.hour_spellings(asked.start),
                "fermeture": words.hour_spellings(asked.end),
                "contact": words.name_spellings(asked.contact),
                "moins_chere": (cheapest.topic,),
                "plus_chere": (dearest.topic,),
                "plus_tot": (earliest.topic,),
            },
            {
                "page": words.near_numbers(dice, page, least=1),
                "activite": words.others(dice, topics, asked.topic),
                "prix": words.others(dice, (str(one.price) for one in sections), str(asked.price)),
                "contact": words.others(dice, contacts, asked.contact),
                "moins_chere": words.others(dice, topics, cheapest.topic),
                "plus_chere": words.others(dice, topics, dearest.topic),
                "plus_tot": words.others(dice, topics, earliest.topic),
            },
        )

    def _sections(self, dice: random.Random, setting: words.Setting) -> list[_Section]:
        count = self.activities + dice.randrange(3)
        rows = zip(
            dice.sample(setting.topics, count),
            dice.sample(words.ROOMS, count),
            dice.sample(range(8 * 12, 14 * 12), count),
            dice.sample(range(2, 25), count),
            words.people(dice, count),
            strict=True,
        )
        return [
            _Section(
                topic, room, 5 * start, 5 * start + 5 * dice.randrange(9, 37), Decimal(price) / 2, contact
            )
            for topic, room, start, price, contact in rows
        ]


_INVOICE = """
#align(right)[#d.organiser \\ #d.email]
= Facture n° #d.number
Client : #d.client \\
Numéro de client : #d.account \\
Date de la facture : #d.day \\
Date d’échéance : #d.due
#v(0.5cm)
#table(columns: (1fr, auto, auto, auto), align: (left, right, right, right), inset: 7pt,
  table.header([Désignation], [Quantité], [Prix unitaire HT], [Montant HT]),
  ..d.rows.flatten())
#v(0.3cm)
#align(right, table(columns: 2, stroke: none, align: right, ..d.totals.flatten()))
#v(0.5cm)
Commande n° #d.order, livrée le #d.delivered. Règlement par virement.
"""
_RATES = {"5,5": Decimal("0.055"), "10": Decimal("0.10"), "20": Decimal("0.20")}


class Invoice(Recipe):
    """The pupil reads an invoice in PDF, or works out its total with the tax."""

    generator: Literal["facture-pdf"]
    context: Context | None = None
    lines: int = Field(4, ge=2, le=7)
    tax: Literal["5,5", "10", "20"] = "20"
    shows_total: bool = Field(
        True, description="Otherwise the total with the tax is left for the pupil to work out."
    )

    def make(self, dice: random.Random) -> Made:
        """Write the lines and add them up."""
        setting = words.setting_of(self.context, dice)
        items = dice.sample(setting.items, self.lines)
        counts = [dice.randrange(2, 25) for _ in items]
        prices = [Decimal(dice.randrange(150, 4000)) / 100 for _ in items]
        amounts = [count * price for count, price in zip(counts, prices, strict=True)]
        before = sum(amounts, Decimal())
        tax = (before * _RATES[self.tax]).quantize(Decimal("0.01"), ROUND_HALF_UP)
        day = words.a_day(dice)
        delivered = next_open(day - timedelta(days=dice.randrange(6, 15)))
        days = {"due": day + timedelta(days=30), "delivered": delivered}
        number = f"F{day.year}-{dice.randrange(1000, 10000)}"
        marks = {
            "number": number,
            "account": f"C{dice.randrange(10000, 100000)}",
            "order": str(dice.randrange(20000, 90000)),
        }
        rows = [[item, str(count), words.euros(price), words.euros(amount)]
                for item, count, price, amount in zip(items, counts, prices, amounts, strict=True)]  # fmt: skip
        totals = [["Total HT", words.euros(before)], [f"TVA à {self.tax}\u00a0%", words.euros(tax)]]
        if self.shows_total:
            totals.append(["Total TTC", words.euros(before + tax)])
        client = words.a_person(dice)
        values = {**marks, "organiser": "Comptoir des fournitures", "email": "factures@comptoir.example",
                  "rows": rows,
                  "client": f"{setting.name}, {client}", "totals": totals, "day": words.french_day(day),
                  **{key: words.french_day(value) for key, value in days.items()}}  # fmt: skip
        content = pdf.write(
            _INVOICE, values, title=f"Facture {number}", author="Comptoir des fournitures", day=day
        )
        at = amounts.index(max(amounts)) if amounts.count(max(amounts)) == 1 else 0
        money = {"total_ttc": before + tax, "total_ht": before, "tva": tax, "montant": amounts[at]}
        dates = {"date": day, "echeance": days["due"], "livraison": days["delivered"]}
        return Made(
            MadeFile(f"facture-{setting.slug}.pdf", MEDIA_TYPES["pdf"], content),
            {"article": items[at], "taux": f"{self.tax}\u00a0%", "client": client},
            {key: (str(value),) for key, value in money.items()}
            | {key: words.day_spellings(value) for key, value in dates.items()}
            | {"numero": (number,), "numero_client": (marks["account"],), "quantite": (str(counts[at]),)},
            {key: words.others(dice, map(str, money.values()), str(value)) for key, value in money.items()}
            | {key: tuple(words.day_spellings(other)[0] for other in dates.values() if other != value)
               for key, value in dates.items()}
            | {"numero": (marks["account"], marks["order"]), "numero_client": (number, marks["order"])},
        )  # fmt: skip
