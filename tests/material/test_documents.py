"""Reports, reviewed documents, properties, letters, CV: read again by a reader of our own."""

import re
from collections import Counter
from datetime import datetime

import pytest

from portal.material import curriculum
from portal.material import document_words as words
from portal.material.curriculum import CurriculumVitae
from portal.material.letters import InconsistentLetter, LetterToRead
from portal.material.reports import DocumentProperties, ReviewedDocument, StructuredReport
from portal.material.school_days import is_open
from tests.material.document_checks import MONTHS, check, day_in, days_in, hour_in
from tests.material.document_readers import Seen, read

BOTH = pytest.mark.parametrize("kind", ["odt", "docx"])


def seen(made) -> Seen:
    return read(made.file.content, made.file.name.rpartition(".")[2])


@BOTH
@pytest.mark.parametrize(
    "more", [{}, {"headings": 13, "fake_headings": True, "context": "cdi"}, {"headings": 6}]
)
def test_a_report_is_known_by_its_headings(kind, more):
    def truth(made):
        blocks = seen(made).blocks
        text = "\n".join(line for _, line in blocks)
        seconds = [line for level, line in blocks if level == 2]
        assert len(set(seconds)) == len(seconds)
        after = blocks[blocks.index((2, made.values["partie"])) :]
        contact = next(line for _, line in after if line.startswith("Contact pour"))
        (code,) = re.findall(r"nom provisoire (\w+)", text)
        assert {"Matériel", "matériel"} <= set(re.findall("[Mm]atériel", text)), "with and without a capital"
        said = Counter(one for _, line in blocks if line.endswith(".") for one in re.split(r"(?<=\.) ", line))
        assert max(said.values()) <= 2, said.most_common(1)
        return {
            "nombre_titres_2": len(seconds),
            "nombre_titres_3": sum(level == 3 for level, _ in blocks),
            "nombre_titres": sum(level > 0 for level, _ in blocks),
            "nombre_occurrences": len(re.findall("matériel", text, re.IGNORECASE)),
            "titre_rang": seconds[words.RANKS.index(made.values["rang"])],
            "contact": contact.partition("\u00a0: ")[2].rstrip("."),
            "mot_suivant": code,
        }

    check(StructuredReport(generator="rapport-structure", format=kind, **more), truth, again=4)


@BOTH
def test_a_reviewed_document_says_who_did_what(kind):
    def truth(made):
        found = seen(made)
        assert found.properties["date"] < found.properties["modifie"]
        assert len({text for _, text, _ in found.comments}) == len(found.comments)
        assert len({new for _, _, new in found.changes}) == len(found.changes)
        lines = "\n".join(line for _, line in found.blocks)
        assert lines.count("Point à préparer") <= 1, "every line begins alike"
        ((author, comment, passage),) = [one for one in found.comments if one[2] == made.values["passage"]]
        assert comment == made.values["remarque"]
        ((editor, old, _),) = [one for one in found.changes if one[2] == made.values["nouveau"]]
        return {
            "auteur_commentaire": author,
            "passage_commente": passage,
            "commentaire": comment,
            "ancien_mot": old,
            "auteur_modification": editor,
            "nombre_commentaires": len(found.comments),
            "nombre_remplacements": len(found.changes),
        }

    check(ReviewedDocument(generator="document-relu", format=kind), truth)


@BOTH
def test_properties_say_what_the_text_does_not(kind):
    def truth(made):
        found = seen(made)
        said = found.properties
        assert said["titre"] not in found.text and said["auteur"] not in found.text
        heading = found.blocks[0][1]
        assert (
            said["titre"].startswith(f"{heading},")
            and f"«\u00a0{heading.partition(': ')[2]}\u00a0»" in found.text
        )
        return {
            "auteur": said["auteur"],
            "titre": said["titre"],
            "date_creation": said["date"][:10],
            "mot_cle": said["mot"],
            "dernier_auteur": said["dernier"],
        }

    check(DocumentProperties(generator="proprietes-document", format=kind), truth)


@BOTH
def test_a_letter_holds_each_fact_once(kind):
    def truth(made):
        found = seen(made)
        text, said = found.text, found.properties
        sent, meeting, limit = days_in(text)
        assert all(is_open(datetime.strptime(day, "%d/%m/%Y").date()) for day in (sent, meeting, limit))
        assert (
            said["date"][:10] == "-".join(reversed(sent.split("/")))
            and said["auteur"] == text.split("\n")[-1]
        )
        place = re.search(r"rendez-vous\u00a0: (.+?)\.", text)[1]
        contact, phone = re.search(r"question, (\w+ \w+) répond au ([\d\s]+)\.", text).groups()
        assert len({sent, meeting, limit}) == 3
        return {
            "date_envoi": sent,
            "date_rendez_vous": meeting,
            "date_limite": limit,
            "heure": hour_in(text[text.index("La rencontre") :].partition(" à ")[2]),
            "lieu": place,
            "prix": int(re.search(r"(\d+)\u00a0€", text)[1]),
            "contact": contact,
            "reference": re.search(r"dossier\u00a0: (\S+)", text)[1],
            "telephone": phone,
        }

    check(LetterToRead(generator="lettre-information", format=kind), truth)


SIGNS = {
    "resume": (("Le programme", r"Lieu\u00a0: (.+)", r"joindre\u00a0: (.+)"),
               (r"ici\u00a0: (.+?)\.", r"écrire à (.+?)\.")),
    "coupon": (
        ("Coupon à rendre", r"ici\u00a0: (.+?)\.", r"joindre est (.+?)\."),
        (r"lieu \((.+?)\)", r"préviendrons (.+?)\."),
    ),
}  # fmt: skip


@BOTH
@pytest.mark.parametrize("layout", ["resume", "coupon"])
def test_one_fact_only_disagrees_in_a_letter(kind, layout):
    def facts(text, place, contact):
        return {
            "date": day_in(text),
            "heure": hour_in(re.sub(r"\d+(er)?\s\w+ \d{4}", "", text)),
            "lieu": re.search(place, text)[1],
            "prix": re.search(r"(\d+)\u00a0€", text)[1],
            "personne à joindre": re.search(contact, text)[1],
        }

    def truth(made):
        found = seen(made)
        (turn, *one), two = SIGNS[layout]
        top, below = found.text.split(turn)
        first, second = facts(top, *one), facts(below, *two)
        assert re.search(r"(La|Le|L’)\s?[\w ]+ vous invite", found.text)
        event = min(datetime.strptime(each["date"], "%d/%m/%Y") for each in (first, second))
        assert found.properties["modifie"][:10] < f"{event:%Y-%m-%d}" and is_open(event.date())
        (key,) = [key for key in first if first[key] != second[key]]
        return {"element": key, "dans_le_resume": first[key], "dans_le_texte": second[key]}

    check(InconsistentLetter(generator="lettre-incoherence", format=kind, layout=layout), truth)


@BOTH
@pytest.mark.parametrize(("jobs", "latest_first"), [(3, True), (6, True), (6, False)])
def test_a_cv_has_one_longest_and_one_latest_experience(kind, jobs, latest_first):
    orders = set()

    def truth(made):
        text = seen(made).text
        pattern = r"(.+), (.+), d(?:e |’)(\w+) à (\w+) (\d{4})"
        rows = re.findall(pattern, text)
        lengths = {place: MONTHS.index(end) - MONTHS.index(start) + 1 for _, place, start, end, _ in rows}
        years = {place: int(year) for _, place, _, _, year in rows}
        assert len(set(lengths.values())) == len(set(years.values())) == len(rows) == jobs
        orders.add(list(years.values()) == sorted(years.values(), reverse=True))
        assert all(job in curriculum.EMPLOYERS[place.partition(" de ")[0]] for job, place, *_ in rows)
        (place,) = [place for kind_, place, *_ in rows if kind_ == made.values["emploi"]]
        return {
            "plus_longue": max(lengths, key=lengths.get),
            "plus_recente": max(years, key=years.get),
            "duree_plus_longue": max(lengths.values()),
            "lieu_emploi": place,
            "annee_diplome": int(re.search(r"professionnel, (\d+)", text)[1]),
            "telephone": re.search(r"Téléphone\u00a0: ([\d\s]+)\n", text)[1].strip(),
        }

    recipe = CurriculumVitae(generator="cv-information", format=kind, jobs=jobs, latest_first=latest_first)
    check(recipe, truth)
    assert orders == {True} if latest_first else False in orders
