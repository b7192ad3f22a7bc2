"""Letters as text documents: something to find, or something that does not agree."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from portal.material import document_words as words
from portal.material.document_words import Context
from portal.material.recipe import Made, MadeFile, Recipe
from portal.material.reports import ordinary_properties, write_office
from portal.material.school_days import is_open, next_open
from portal.material.writers.document import MEDIA_TYPES, OfficeFormat, Paragraph, Style, paragraph


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a letter says."""

    day: date
    minutes: int
    place: str
    contact: str
    price: int

    def written(self) -> dict[str, str]:
        return {
            "la date": words.full_day(self.day),
            "l’heure": words.french_hour(self.minutes),
            "le lieu": self.place,
            "le prix": f"{self.price}\u00a0€",
            "la personne à joindre": self.contact,
        }

    def spellings(self) -> dict[str, tuple[str, ...]]:
        return {
            "la date": words.day_spellings(self.day),
            "l’heure": words.hour_spellings(self.minutes),
            "le lieu": (self.place,),
            "le prix": (str(self.price), f"{self.price} €", f"{self.price} euros"),
            "la personne à joindre": words.name_spellings(self.contact),
        }


def _facts(dice: random.Random, day: date, contact: str) -> _Facts:
    minutes = dice.randrange(8 * 12, 19 * 12) * 5
    return _Facts(day, minutes, dice.choice(words.ROOMS), contact, dice.randrange(4, 46))


class LetterToRead(Recipe):
    """The pupil opens a letter and finds one piece of information among several that look alike."""

    generator: Literal["lettre-information"]
    format: OfficeFormat = "docx"
    context: Context | None = None

    def make(self, dice: random.Random) -> Made:
        """Write the letter: three dates, two people, one reference."""
        setting = words.setting_of(self.context, dice)
        sender, contact, reader = words.people(dice, 3)
        sent = words.a_day(dice, 130)
        limit = next_open(sent + timedelta(days=dice.randrange(8, 15)))
        meeting = next_open(sent + timedelta(days=dice.randrange(18, 40)))
        facts = _facts(dice, meeting, contact)
        reference = f"{dice.choice('ABCDEFGH')}{dice.randrange(100, 1000)}-{dice.randrange(10, 100)}"
        phone = f"01 99 00 {dice.randrange(10, 100)} {dice.randrange(10, 100)}"
        lines = self._lines(setting, sender, reader, (sent, limit), facts, (reference, phone))
        content = write_office(
            self.format, lines, ordinary_properties(dice, f"Lettre {reference}", sender, sent)
        )
        answers = {
            "date_rendez_vous": words.day_spellings(meeting),
            "date_limite": words.day_spellings(limit),
            "date_envoi": words.day_spellings(sent),
            "heure": words.hour_spellings(facts.minutes),
            "lieu": (facts.place,),
            "prix": (str(facts.price),),
            "contact": words.name_spellings(contact),
            "reference": (reference,),
            "telephone": (phone, phone.replace(" ", "."), phone.replace(" ", "")),
        }
        days = {"date_rendez_vous": meeting, "date_limite": limit, "date_envoi": sent}
        wrong = {
            key: tuple(words.day_spellings(day)[0] for day in days.values() if day != right)
            for key, right in days.items()
        }
        wrong |= {
            "lieu": words.others(dice, words.ROOMS, facts.place),
            "heure": tuple(words.hour_spellings(facts.minutes + gap)[0] for gap in (-30, 30)),
            "prix": words.near_numbers(dice, facts.price, least=1),
            "contact": (sender, reader),
        }
        return Made(
            MadeFile(f"lettre-{setting.slug}.{self.format}", MEDIA_TYPES[self.format], content),
            {"organisateur": setting.name, "objet": setting.project, "signataire": sender},
            answers,
            wrong,
        )

    def _lines(
        self,
        setting: words.Setting,
        sender: str,
        reader: str,
        days: tuple[date, date],
        facts: _Facts,
        marks: tuple[str, str],
    ) -> list[Paragraph]:
        said = facts.written()
        return [
            paragraph(setting.name, is_bold=True),
            paragraph(f"Destinataire\u00a0: {reader}"),
            paragraph(f"Le {words.french_day(days[0])}"),
            paragraph(f"Référence du dossier\u00a0: {marks[0]}"),
            paragraph(f"Objet\u00a0: {setting.project}", is_bold=True),
            paragraph("Bonjour,"),
            paragraph(
                f"Nous avons bien reçu votre inscription. La rencontre a lieu le {said['la date']} à "
                f"{said['l’heure']}. Lieu du rendez-vous\u00a0: {said['le lieu']}."
            ),
            paragraph(
                f"Une participation de {said['le prix']} est demandée. Elle est à remettre avec la fiche signée, "
                f"au plus tard le {words.french_day(days[1])}."
            ),
            paragraph(
                f"Pour toute question, {facts.contact} répond au {marks[1].replace(' ', chr(0xA0))}. "
                "Merci de rappeler la référence du dossier."
            ),
            paragraph("Bien cordialement,"),
            paragraph(sender),
        ]


class InconsistentLetter(Recipe):
    """The pupil compares what an invitation says twice: one of five facts does not agree."""

    generator: Literal["lettre-incoherence"]
    format: OfficeFormat = "odt"
    context: Context | None = None
    layout: Literal["resume", "coupon"] = Field(
        "resume", description="Where it is said twice: a summary and its text, or a text and the reply slip."
    )

    def make(self, dice: random.Random) -> Made:
        """Write the same facts twice, but one."""
        setting = words.setting_of(self.context, dice)
        contact, other, sender = words.people(dice, 3)
        day = words.a_day(dice, 150)
        top = _facts(dice, day, contact)
        near = [day + timedelta(days=gap) for gap in (-14, -7, 7, 14)]
        changed = _Facts(
            dice.choice([one for one in near if is_open(one)]),
            top.minutes + dice.choice((-30, 30, 60)),
            dice.choice([room for room in words.ROOMS if room != top.place]),
            other,
            top.price + dice.choice((-2, 2, 5)),
        )
        element = dice.choice(tuple(top.written()))
        below = top.written() | {element: changed.written()[element]}
        lines = (_summed_up if self.layout == "resume" else _with_slip)(setting, top.written(), below, sender)
        sent = next_open(min(top.day, changed.day) - timedelta(days=dice.randrange(25, 40)))
        content = write_office(self.format, lines, ordinary_properties(dice, setting.project, sender, sent))
        rows = top.spellings()
        return Made(
            MadeFile(
                f"invitation-{words.plain(setting.project)}.{self.format}", MEDIA_TYPES[self.format], content
            ),
            {"organisateur": setting.name, "objet": setting.project, "signataire": sender},
            {
                "element": (element, element.removeprefix("la ").removeprefix("le ").removeprefix("l’")),
                "dans_le_resume": rows[element],
                "dans_le_texte": changed.spellings()[element],
            },
            {
                "element": words.others(dice, rows, element),
                "dans_le_resume": (changed.spellings()[element][0],),
                "dans_le_texte": (rows[element][0],),
            },
        )


def _summed_up(
    setting: words.Setting, top: dict[str, str], below: dict[str, str], sender: str
) -> list[Paragraph]:
    return [
        paragraph(f"Invitation\u00a0: {setting.project}", Style.TITLE),
        paragraph("En bref", Style.HEADING_1),
        *(paragraph(f"{_LABELS[key]}\u00a0: {value}") for key, value in top.items()),
        paragraph("Le programme", Style.HEADING_1),
        paragraph(f"{setting.host} vous invite à une rencontre ouverte aux familles. Chacun peut venir "
                  "avec une question ou une idée."),
        paragraph(f"Nous nous retrouverons le {below['la date']}. L’accueil commencera à {below['l’heure']}, "
                  "autour d’une boisson."),
        paragraph(f"Le rendez-vous est donné ici\u00a0: {below['le lieu']}. Une pancarte indiquera le chemin."),
        paragraph(f"La participation est de {below['le prix']} par famille. Pour s’inscrire, il faut écrire à "
                  f"{below['la personne à joindre']}."),
        paragraph(f"À bientôt, {sender}."),
    ]  # fmt: skip


def _with_slip(
    setting: words.Setting, top: dict[str, str], below: dict[str, str], sender: str
) -> list[Paragraph]:
    """Write the facts in sentences, then in other sentences of the slip: no list shows what to compare."""
    return [
        paragraph(f"Invitation\u00a0: {setting.project}", Style.TITLE),
        paragraph(f"{setting.host} vous invite à une rencontre ouverte aux familles. Elle se tiendra le "
                  f"{top['la date']}. Chacun peut venir avec une question ou une idée."),
        paragraph(f"Elle commencera à {top['l’heure']} et durera deux heures. Le rendez-vous est donné "
                  f"ici\u00a0: {top['le lieu']}. Une pancarte indiquera le chemin."),
        paragraph(f"Une participation de {top['le prix']} par famille est demandée. En cas d’empêchement, la "
                  f"personne à joindre est {top['la personne à joindre']}."),
        paragraph("Merci de rendre le coupon une semaine avant."),
        paragraph(f"À bientôt, {sender}."),
        paragraph("Coupon à rendre", is_bold=True),
        paragraph("Nom de la famille\u00a0: ………………………"),
        paragraph("Nombre de personnes\u00a0: ………"),
        paragraph(f"Nous viendrons le {below['la date']} et nous joignons {below['le prix']}. Si nous ne pouvons "
                  f"plus venir, nous préviendrons {below['la personne à joindre']}."),
        paragraph(f"Nous avons noté le lieu ({below['le lieu']}) et l’heure du début ({below['l’heure']})."),
    ]  # fmt: skip


_LABELS = {
    "la date": "Date",
    "l’heure": "Heure",
    "le lieu": "Lieu",
    "le prix": "Prix",
    "la personne à joindre": "Personne à joindre",
}
