"""A CV as a text document."""

import random
from typing import Literal

from pydantic import Field

from portal.material import document_words as words
from portal.material.recipe import Made, MadeFile, Recipe
from portal.material.reports import ordinary_properties, write_office
from portal.material.writers.document import MEDIA_TYPES, OfficeFormat, Paragraph, Style, paragraph

# An employer, and what is done there.
EMPLOYERS = {
    "Maison des jeunes": ("Animation", "Aide aux devoirs"),
    "Librairie": ("Mise en rayon", "Emballage des commandes"),
    "Ferme": ("Récolte des légumes", "Soin des animaux"),
    "Mairie": ("Secrétariat", "Accueil du public"),
    "Boulangerie": ("Vente du pain", "Préparation des sandwichs"),
    "Ludothèque": ("Prêt des jeux", "Rangement de la réserve"),
    "Crèche": ("Garde d’enfants", "Surveillance de la sieste"),
    "Auberge": ("Aide en cuisine", "Service en salle"),
}


class CurriculumVitae(Recipe):
    """The pupil reads a CV and compares its experiences: the longest, the latest, the year of a diploma."""

    generator: Literal["cv-information"]
    format: OfficeFormat = "docx"
    jobs: int = Field(4, ge=3, le=6)
    latest_first: bool = Field(
        True, description="As in a good CV; otherwise the experiences are in any order."
    )

    def make(self, dice: random.Random) -> Made:
        """Write the CV, its experiences all of different lengths and years."""
        person = words.a_person(dice)
        kinds = dice.sample(tuple(EMPLOYERS), self.jobs)
        towns = dice.sample(words.TOWNS, self.jobs)
        places = [f"{kind} de {town}" for kind, town in zip(kinds, towns, strict=True)]
        lengths = dice.sample(range(2, 12), self.jobs)
        years = dice.sample(range(2015, 2026), self.jobs)
        if self.latest_first:
            years.sort(reverse=True)
        jobs = [dice.choice(EMPLOYERS[kind]) for kind in kinds]
        diploma = dice.randrange(2010, 2015)
        phone = f"06 39 98 {dice.randrange(10, 100)} {dice.randrange(10, 100)}"
        done = [_job(dice, *row) for row in zip(jobs, places, years, lengths, strict=True)]
        lines = self._lines(person, phone, done, diploma)
        longest, latest = places[lengths.index(max(lengths))], places[years.index(max(years))]
        at = dice.randrange(self.jobs)
        content = write_office(self.format, lines, ordinary_properties(dice, f"CV de {person}", person))
        return Made(
            MadeFile(f"cv-{words.plain(person)}.{self.format}", MEDIA_TYPES[self.format], content),
            {"personne": person, "emploi": jobs[at]},
            {
                "plus_longue": (longest,),
                "plus_recente": (latest,),
                "duree_plus_longue": (str(max(lengths)),),
                "lieu_emploi": (places[at],),
                "annee_diplome": (str(diploma),),
                "telephone": (phone, phone.replace(" ", ".")),
            },
            {
                "plus_longue": words.others(dice, places, longest),
                "plus_recente": words.others(dice, places, latest),
                "duree_plus_longue": words.near_numbers(dice, max(lengths), least=1),
                "lieu_emploi": words.others(dice, places, places[at]),
                "annee_diplome": (
                    str(diploma + 3),
                    *(str(year) for year in years[:2] if year != diploma + 3),
                ),
            },
        )

    def _lines(self, person: str, phone: str, done: list[str], diploma: int) -> list[Paragraph]:
        address = f"{words.plain(person).replace('-', '.')}@courrier.example"
        return [
            paragraph(person, Style.TITLE),
            paragraph(f"Téléphone\u00a0: {phone.replace(' ', chr(0xA0))}"),
            paragraph(f"Adresse électronique\u00a0: {address}"),
            paragraph("Expériences", Style.HEADING_1),
            *(paragraph(line) for line in done),
            paragraph("Formation", Style.HEADING_1),
            paragraph(f"Certificat de secourisme, {diploma + 3}"),
            paragraph(f"Baccalauréat professionnel, {diploma}"),
        ]


def _job(dice: random.Random, kind: str, place: str, year: int, length: int) -> str:
    start = dice.randrange(0, 13 - length)
    months = f"de {words.MONTHS[start]} à {words.MONTHS[start + length - 1]} {year}"
    return f"{kind}, {place}, {months.replace('de a', 'd’a').replace('de o', 'd’o')}"
