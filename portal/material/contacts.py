"""Address books, in the format that every telephone exports."""

import random
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field

from portal.material.draws import redraw
from portal.material.french import number_answer, wrong_numbers, wrong_texts
from portal.material.recipe import Made, MadeFile, Recipe
from portal.material.tables_words import FIRMS, FIRST_NAMES, LAST_NAMES


@dataclass(frozen=True, slots=True)
class Card:
    """One entry of the address book."""

    first: str
    last: str
    firm: str
    mobile: str
    desk: str
    email: str

    @property
    def name(self) -> str:
        """Give the name as it is read."""
        return f"{self.first} {self.last}"


class Contacts(Recipe):
    """The pupil searches an address book: whose organisation, which telephone, who is there twice."""

    generator: Literal["contacts"] = "contacts"
    people: int = Field(default=18, ge=8, le=28)

    def make(self, dice: random.Random) -> Made:
        """Give the address book; only `organisation`’s contact works there, one other person is entered twice."""
        people = self.people + dice.randrange(9)
        numbers = iter(dice.sample(range(10000), 2 * people + 1))
        unique = dice.choice(FIRMS)
        others = [firm for firm in FIRMS if firm != unique]
        lasts, firsts = dice.sample(LAST_NAMES, people), dice.sample(FIRST_NAMES, people)
        cards = [
            _card(first, last, dice.choice(others) if index else unique, numbers)
            for index, (first, last) in enumerate(zip(firsts, lasts, strict=True))
        ]
        asked, twice, other = cards[0], *dice.sample(cards[1:], 2)
        cards.append(replace(twice, mobile=_phone("06 39 98", next(numbers))))
        cards = redraw(lambda: dice.sample(cards, len(cards)), lambda drawn: _are_apart(drawn, twice.name))
        shared = dice.choice([other.firm, twice.firm])
        colleagues = {card.name for card in cards if card.firm == shared}
        entries = sum(card.firm == shared for card in cards)
        sizes = Counter(card.firm for card in cards)
        near = [card for card in cards if card != asked]
        return Made(
            MadeFile("carnet-adresses.vcf", "text/vcard", "".join(map(_vcard, cards)).encode()),
            values={
                "organisation": unique,
                "personne": asked.name,
                "collegues": shared,
                "fiches": str(len(cards)),
            },
            answers={
                "mobile": (asked.mobile, f"+33 {asked.mobile[1:]}", f"0033 {asked.mobile[1:]}"),
                "courriel": (asked.email,),
                "nom": (asked.name, f"{asked.last} {asked.first}"),
                "doublon": (twice.name, f"{twice.last} {twice.first}"),
                "compte_personnes": number_answer(len(cards) - 1),
                "compte_collegues": number_answer(len(colleagues)),
            },
            wrong={
                "mobile": wrong_texts(asked.mobile, [asked.desk, *(card.mobile for card in near)]),
                "courriel": wrong_texts(asked.email, [card.email for card in near]),
                "nom": wrong_texts(asked.name, [card.name for card in near]),
                "doublon": wrong_texts(twice.name, [card.name for card in near]),
                "compte_personnes": wrong_numbers(len(cards) - 1, [len(cards), len(cards) - 2]),
                "compte_collegues": wrong_numbers(len(colleagues), [entries, *sizes.values()]),
            },
        )


def _are_apart(cards: list[Card], name: str) -> bool:
    """Tell whether half of the book lies between the two entries of a person, the first of the book not one."""
    first, second = (place for place, card in enumerate(cards) if card.name == name)
    return first > 0 and second - first >= len(cards) // 2


def _card(first: str, last: str, firm: str, numbers: Iterator[int]) -> Card:
    email = f"{_plain(first)}.{_plain(last)}@{_plain(firm)}.example"
    return Card(
        first, last, firm, _phone("06 39 98", next(numbers)), _phone("01 99 00", next(numbers)), email
    )


def _phone(prefix: str, number: int) -> str:
    """Write a number of the ranges kept for fiction."""
    return f"{prefix} {number // 100:02} {number % 100:02}"


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return bare.replace(" ", "-")


def _vcard(card: Card) -> str:
    lines = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{card.last};{card.first};;;",
        f"FN:{card.name}",
        f"ORG:{card.firm}",
        f"TEL;TYPE=WORK:{card.desk}",
        f"TEL;TYPE=CELL:{card.mobile}",
        f"EMAIL:{card.email}",
        "END:VCARD",
    )
    return "".join(f"{line}\r\n" for line in lines)
