"""Exports of open data: JSON with places inside towns."""

import json
import random
from typing import Any, Literal

from pydantic import Field

from portal.material.draws import redraw, school_day
from portal.material.french import number_answer, wrong_numbers, wrong_texts
from portal.material.recipe import Made, MadeFile, Recipe
from portal.material.tables_words import EQUIPMENT, VILLAGES

Town = dict[str, Any]


class OpenData(Recipe):
    """The pupil opens a JSON export and finds a value inside nested data, or counts what it lists."""

    generator: Literal["donnees-ouvertes"] = "donnees-ouvertes"
    towns: int = Field(default=6, ge=4, le=15)
    indented: bool = True

    def make(self, dice: random.Random) -> Made:
        """Give the export; `commune` and `equipement` name the place asked about."""
        towns = redraw(lambda: self._draw(dice), _is_clear)
        town = dice.choice(_worth_a_search(towns))
        place = dice.choice(town["equipements"])
        everything = [each for one in towns for each in one["equipements"]]
        same = [each for each in everything if each["type"] == place["type"]]
        seats = {one["nom"]: sum(each["capacite"]["places"] for each in one["equipements"]) for one in towns}
        reachable = sum(each["acces"]["fauteuil"] for each in everything)
        largest = max(seats, key=lambda name: seats[name])
        phone, total = place["contact"]["telephone"], seats[town["nom"]]
        capacity = place["capacite"]["places"]
        export = {"jeu": "Équipements publics", "mise_a_jour": f"{school_day(dice)}", "communes": towns}
        text = json.dumps(export, ensure_ascii=False, indent=2 if self.indented else None)
        return Made(
            MadeFile("equipements-publics.json", "application/json", (text + "\n").encode()),
            values={"commune": town["nom"], "equipement": place["type"], "communes": str(len(towns))},
            answers={
                "places": number_answer(capacity),
                "telephone": (phone, phone.replace(" ", "")),
                "fermeture": (place["horaires"]["jour_de_fermeture"],),
                "total_places": number_answer(total),
                "compte_accessibles": number_answer(reachable),
                "compte_equipements": number_answer(len(everything)),
                "commune_max": (largest,),
            },
            wrong={
                "places": wrong_numbers(
                    capacity, [place["capacite"]["debout"], *(x["capacite"]["places"] for x in same)]
                ),
                "telephone": wrong_texts(phone, [each["contact"]["telephone"] for each in same + everything]),
                "fermeture": wrong_texts(place["horaires"]["jour_de_fermeture"], _CLOSED),
                "total_places": wrong_numbers(total, [*seats.values(), capacity]),
                "compte_accessibles": wrong_numbers(
                    reachable, [len(everything) - reachable, len(everything)]
                ),
                "compte_equipements": wrong_numbers(len(everything), [len(towns), len(town["equipements"])]),
                "commune_max": wrong_texts(largest, sorted(seats, key=lambda name: -seats[name])),
            },
        )

    def _draw(self, dice: random.Random) -> list[Town]:
        phones = iter(dice.sample(range(10000), self.towns * len(EQUIPMENT)))
        return [
            {
                "nom": name,
                "habitants": dice.randint(300, 19000),
                "equipements": [
                    _place(kind, next(phones), dice)
                    for kind in dice.sample(EQUIPMENT, dice.randint(2, len(EQUIPMENT)))
                ],
            }
            for name in dice.sample(VILLAGES, self.towns)
        ]


# Equipment of a town, for its seats to be worth a sum.
MANY = 5
_CLOSED = ("lundi", "mardi", "mercredi", "jeudi", "dimanche")


def _place(kind: str, phone: int, dice: random.Random) -> dict[str, Any]:
    seats = dice.randint(20, 900)
    return {
        "type": kind,
        "capacite": {"places": seats, "debout": seats + dice.randint(10, 300)},
        "acces": {"fauteuil": dice.random() < 0.6, "velos": dice.randint(0, 40)},
        "horaires": {"ouverture": f"{dice.randint(8, 10):02}:00", "jour_de_fermeture": dice.choice(_CLOSED)},
        # The range 01 99 00 is kept for fiction.
        "contact": {"telephone": f"01 99 00 {phone // 100:02} {phone % 100:02}"},
    }


def _worth_a_search(towns: list[Town]) -> list[Town]:
    """List the towns in the middle of the file that have many places to add up."""
    return [town for town in towns[1:-1] if len(town["equipements"]) >= MANY]


def _is_clear(towns: list[Town]) -> bool:
    seats = [sum(each["capacite"]["places"] for each in town["equipements"]) for town in towns]
    sizes = [len(town["equipements"]) for town in towns]
    best = seats.index(max(seats))
    # The town with most places is neither the first one nor the one with most equipment.
    is_hidden = best > 0 and sizes[best] < max(sizes)
    return len(set(seats)) == len(seats) and is_hidden and bool(_worth_a_search(towns))
