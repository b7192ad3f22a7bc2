"""CSV files that a spreadsheet does not open well by itself."""

import csv
import io
import random
from decimal import Decimal
from typing import Literal

from pydantic import Field

from portal.material.draws import redraw
from portal.material.french import cents, number_answer, wrong_numbers, wrong_texts
from portal.material.recipe import Made, MadeFile, Recipe
from portal.material.tables_words import FIRST_NAMES, VILLAGES
from portal.material.writers.table import written

TITLES = ("Code", "Commune", "Référente ou référent", "Participants", "Subvention (€)", "Remarque")
SEPARATORS = {"point-virgule": ";", "virgule": ",", "tabulation": "\t", "barre": "|"}
NOTES = ("salle prêtée, le soir", "clé ; badge", "à rappeler", "accès | parking", "déjà inscrite", "")
Encoding = Literal["utf-8", "cp1252", "mac-roman", "mojibake"]
Row = tuple[str, str, str, int, Decimal, str]


class Damaged(Recipe):
    """The pupil opens a CSV with the right separator and encoding, and finds the real value of a line."""

    generator: Literal["csv-abime"] = "csv-abime"
    separator: Literal["point-virgule", "virgule", "tabulation", "barre"] = "point-virgule"
    encoding: Encoding = "cp1252"
    lines: int = Field(default=14, ge=6, le=20)

    def make(self, dice: random.Random) -> Made:
        """Give the file; `code` names the line asked about, whose village has an accent."""
        rows = redraw(lambda: self._draw(dice), lambda drawn: any(not row[1].isascii() for row in drawn))
        asked = dice.choice([row for row in rows if not row[1].isascii()])
        grant = asked[4]
        people = sum(row[3] for row in rows)
        text = _text(rows, SEPARATORS[self.separator])
        village = asked[1]
        return Made(
            MadeFile("communes-participantes.csv", "text/csv", _encode(text, self.encoding)),
            values={"code": asked[0], "lignes": str(len(rows))},
            answers={
                "commune": (village,),
                "subvention": number_answer(grant),
                "participants": number_answer(asked[3]),
                "total_participants": number_answer(people),
            },
            wrong={
                "commune": wrong_texts(village, [_garbled(village), _lost(village), rows[0][1], rows[-1][1]]),
                "subvention": wrong_numbers(grant, [grant * 100, int(grant), *(row[4] for row in rows)]),
                "participants": wrong_numbers(asked[3], [row[3] for row in rows]),
                "total_participants": wrong_numbers(people, [people - rows[-1][3], people - rows[0][3]]),
            },
        )

    def _draw(self, dice: random.Random) -> list[Row]:
        codes = sorted(dice.sample(range(100, 1000), self.lines))
        villages, people = dice.sample(VILLAGES, self.lines), dice.sample(FIRST_NAMES, self.lines)
        counts = dice.sample(range(8, 180), self.lines)
        return [
            (f"C{code}", village, person, count, cents(dice.randint(5005, 99995)), dice.choice(NOTES))
            for code, village, person, count in zip(codes, villages, people, counts, strict=True)
        ]


def _text(rows: list[Row], separator: str) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(TITLES)
    writer.writerows([written(cell) for cell in row] for row in rows)
    return text.getvalue()


def _encode(text: str, encoding: Encoding) -> bytes:
    """Encode a text; « mojibake » is UTF-8 that somebody opened as CP1252 and saved."""
    match encoding:
        case "mojibake":
            return _garbled(text).encode()
        case "utf-8":
            # The only file that is whole: its mark makes a French spreadsheet read it as it is.
            return text.encode("utf-8-sig")
    return text.encode(encoding)


def _garbled(text: str) -> str:
    return text.encode().decode("cp1252")


def _lost(text: str) -> str:
    return "".join(char if char.isascii() else "?" for char in text)
