"""Text documents whose structure, comments or properties hold the answer."""

import random
from datetime import timedelta
from typing import Literal

from pydantic import Field

from portal.material import document_words as words
from portal.material.document_words import Context
from portal.material.recipe import Made, MadeFile, Recipe
from portal.material.writers import docx, odt, pdf
from portal.material.writers.document import (
    MEDIA_TYPES,
    Noted,
    OfficeFormat,
    Paragraph,
    Piece,
    Properties,
    Replaced,
    Run,
    Style,
    paragraph,
)

_SENTENCES = (
    "Cette partie présente {topic} et ce que chacun doit préparer.",
    "Le matériel est rangé dans la réserve ({room}).",
    "Deux réunions ont permis de choisir le matériel et les horaires.",
    "Les élèves de la classe de {grade} tiennent un carnet de bord.",
    "Une affiche annonce le programme une semaine avant.",
    "Le bilan de l’an dernier sert de point de départ.",
    "Les familles reçoivent le calendrier par la messagerie de l’établissement.",
    "Le matériel prêté est noté sur une feuille, puis vérifié au retour.",
    "Chaque groupe désigne une personne qui prend des notes.",
)
_PARTS = ("Présentation", "Organisation", "Activités", "Moyens", "Bilan et suites")


def write_office(kind: OfficeFormat, paragraphs: list[Paragraph], properties: Properties) -> bytes:
    """Write a document in one of the two formats of word processors."""
    return odt.write(paragraphs, properties) if kind == "odt" else docx.write(paragraphs, properties)


def ordinary_properties(dice: random.Random, title: str) -> Properties:
    """Give properties that agree with the text."""
    author, at = words.a_person(dice), words.a_moment(dice)
    return Properties(title, author, at, at + timedelta(days=3, minutes=20), author)


class StructuredReport(Recipe):
    """The pupil opens a long report and uses its headings or the search of the word processor."""

    generator: Literal["rapport-structure"]
    format: OfficeFormat = "odt"
    context: Context | None = None
    headings: int = Field(9, ge=6, le=13, description="Level 2 headings, or one or two more.")
    fake_headings: bool = Field(False, description="Some bold lines look like headings and are not.")

    def make(self, dice: random.Random) -> Made:
        """Write the report and read the answers in its paragraphs."""
        setting = words.setting_of(self.context, dice)
        many = self.headings + dice.randrange(3)
        topics, contacts = dice.sample(setting.topics, many), dice.sample(words.FIRST_NAMES, many)
        code, rank = dice.choice(words.WORDS).capitalize(), dice.randrange(2, many - 1)
        body = self._body(dice, topics, contacts, code)
        blocks = [paragraph(setting.project, Style.TITLE), *body]
        counts = {style: sum(block.style is style for block in blocks) for style in Style}
        text = "\n".join(_text(block) for block in blocks).casefold()
        seconds = [_text(block) for block in blocks if block.style is Style.HEADING_2]
        target = dice.randrange(many)
        total = sum(counts[level] for level in (Style.HEADING_1, Style.HEADING_2, Style.HEADING_3))
        numbers = {
            "nombre_titres_2": counts[Style.HEADING_2],
            "nombre_titres_3": counts[Style.HEADING_3],
            "nombre_titres": total,
            "nombre_occurrences": text.count("matériel"),
        }
        texts = {
            "titre_rang": seconds[rank],
            "contact": contacts[topics.index(seconds[target])],
            "mot_suivant": code,
        }
        name = f"rapport-{words.plain(setting.project)}.{self.format}"
        return Made(
            MadeFile(name, MEDIA_TYPES[self.format], write_office(
                self.format, blocks, ordinary_properties(dice, setting.project))),
            {"rang": words.RANKS[rank], "partie": seconds[target], "mot": "matériel", "expression": "nom provisoire",
             "titre": setting.project},
            {key: (str(value),) for key, value in numbers.items()} | {key: (value,) for key, value in texts.items()},
            {key: words.near_numbers(dice, value) for key, value in numbers.items()}
            | {
                "titre_rang": words.others(dice, seconds, seconds[rank]),
                "contact": words.others(dice, contacts, texts["contact"]),
                "mot_suivant": words.others(dice, (word.capitalize() for word in words.WORDS), code),
            },
        )  # fmt: skip

    def _body(
        self, dice: random.Random, topics: list[str], contacts: list[str], code: str
    ) -> list[Paragraph]:
        parts = dice.randrange(3, 6)
        starts = {
            0: 0,
            **{place: i for i, place in enumerate(sorted(dice.sample(range(1, len(topics)), parts - 1)), 1)},
        }
        hidden = dice.randrange(len(topics))
        blocks: list[Paragraph] = []
        for place, (topic, contact) in enumerate(zip(topics, contacts, strict=True)):
            if place in starts:
                blocks.append(paragraph(_PARTS[starts[place]], Style.HEADING_1))
            blocks += [paragraph(topic, Style.HEADING_2), paragraph(_sentences(dice, topic))]
            if place == hidden:
                blocks.append(paragraph(f"Le projet porte le nom provisoire {code} jusqu’au vote."))
            if dice.random() < 0.5:
                blocks += [paragraph("À prévoir", Style.HEADING_3), paragraph(_sentences(dice, topic))]
            if self.fake_headings and dice.random() < 0.5:
                blocks.append(paragraph("À retenir", is_bold=True))
            blocks.append(paragraph(f"Contact pour cette partie\u00a0: {contact}."))
        return blocks


def _sentences(dice: random.Random, topic: str) -> str:
    room, grade = dice.choice(words.ROOMS), dice.choice(("6e", "5e", "4e", "3e"))
    drawn = dice.sample(_SENTENCES, 3)
    return " ".join(one.format(topic=f"«\u00a0{topic}\u00a0»", room=room, grade=grade) for one in drawn)


def _text(block: Paragraph) -> str:
    return "".join(piece.text for piece in block.pieces if isinstance(piece, Run))


_CHANGES = (
    ("Le rendez-vous est fixé au ", words.DAYS[:5], ", devant l’entrée."),
    ("Le départ se fait depuis la ", words.ROOMS[:4], "."),
    ("La personne à prévenir en cas de retard est ", words.FIRST_NAMES, "."),
    ("Le groupe a choisi le nom ", words.WORDS, " pour son affiche."),
    ("La commune partenaire est ", words.TOWNS, " cette année."),
)
_POINTS = (
    ("Point à préparer\u00a0: ", "."),
    ("La rubrique «\u00a0", "\u00a0» reste à écrire."),
    ("Nous avons commencé la partie «\u00a0", "\u00a0», à finir cette semaine."),
    ("Une personne présentera «\u00a0", "\u00a0» aux familles."),
    ("À ne pas oublier\u00a0: ", "."),
    ("Le sujet «\u00a0", "\u00a0» demande encore une image."),
)
_REMARKS = (
    "Êtes-vous sûrs de ce point\u00a0?",
    "Je propose de garder cette phrase.",
    "Il faudrait ajouter une image ici.",
    "À relire avec le groupe.",
    "Très clair, merci.",
    "Il manque une virgule.",
    "Cette idée vient de la dernière réunion.",
    "Je vérifie et je reviens vers vous.",
    "Faut-il donner un exemple\u00a0?",
    "Ce point peut aller à la fin.",
    "Je suis d’accord avec ce choix.",
    "On pourrait mettre un titre plus court.",
    "Qui s’en occupe\u00a0?",
    "Peut-on raccourcir ce passage\u00a0?",
)


class ReviewedDocument(Recipe):
    """The pupil opens a shared document and reads who commented what, and which word replaced which."""

    generator: Literal["document-relu"]
    format: OfficeFormat = "odt"
    context: Context | None = None

    def make(self, dice: random.Random) -> Made:
        """Write the document with its comments and its tracked changes."""
        setting = words.setting_of(self.context, dice)
        persons = words.people(dice, 6)
        notes = self._notes(dice, setting, persons)
        changes = self._changes(dice, persons)
        lines: list[tuple[Piece, ...]] = [
            (Run(start), note, Run(end))
            for (start, end), note in zip(dice.sample(_POINTS, len(notes)), notes, strict=True)
        ]
        lines += [(Run(before), change, Run(after)) for before, change, after in changes]
        dice.shuffle(lines)
        blocks = [paragraph(setting.project, Style.TITLE), *(Paragraph(line) for line in lines)]
        note, change = dice.choice(notes), dice.choice(changes)[1]
        name = f"{words.plain(setting.project)}-a-relire.{self.format}"
        content = write_office(self.format, blocks, ordinary_properties(dice, setting.project))
        pool = [word for _, other, _ in changes for word in (other.old, other.new)]
        return Made(
            MadeFile(name, MEDIA_TYPES[self.format], content),
            {"passage": note.text, "nouveau": change.new, "remarque": note.comment},
            {
                "auteur_commentaire": words.name_spellings(note.author),
                "passage_commente": (note.text,),
                "commentaire": (note.comment,),
                "ancien_mot": (change.old,),
                "auteur_modification": words.name_spellings(change.author),
                "nombre_commentaires": (str(len(notes)),),
                "nombre_remplacements": (str(len(changes)),),
            },
            {
                "auteur_commentaire": words.others(dice, persons, note.author),
                "passage_commente": words.others(dice, setting.topics, note.text),
                "commentaire": words.others(dice, _REMARKS, note.comment),
                "ancien_mot": words.others(dice, pool, change.old),
                "auteur_modification": words.others(dice, persons, change.author),
                "nombre_commentaires": words.near_numbers(dice, len(notes), least=1),
                "nombre_remplacements": words.near_numbers(dice, len(changes), least=1),
            },
        )  # fmt: skip

    def _notes(self, dice: random.Random, setting: words.Setting, persons: list[str]) -> list[Noted]:
        count = dice.randrange(3, 6)
        remarks = dice.sample(_REMARKS, count)
        passages, authors = dice.sample(setting.topics, count), dice.sample(persons, count)
        return [
            Noted(passage, remark, author, words.a_moment(dice))
            for passage, remark, author in zip(passages, remarks, authors, strict=True)
        ]

    def _changes(self, dice: random.Random, persons: list[str]) -> list[tuple[str, Replaced, str]]:
        found = []
        count = dice.randrange(2, 6)
        for (before, pool, after), author in zip(
            dice.sample(_CHANGES, count), dice.sample(persons, count), strict=True
        ):
            old, new = dice.sample(pool, 2)
            found.append((before, Replaced(old, new, author, words.a_moment(dice)), after))
        return found


class DocumentProperties(Recipe):
    """The pupil opens the properties of a document, which say what its text does not."""

    generator: Literal["proprietes-document"]
    format: Literal["odt", "docx", "pdf"] = "odt"
    context: Context | None = None

    def make(self, dice: random.Random) -> Made:
        """Write a document whose author, title and date are in its properties only."""
        setting = words.setting_of(self.context, dice)
        shown, hidden = dice.sample(setting.topics, 2)
        author, signatory, last = words.people(dice, 3)
        created = words.a_moment(dice)
        modified = created + timedelta(days=dice.randrange(2, 30), minutes=dice.randrange(60))
        title = f"{setting.project}\u00a0: {hidden}"
        keyword = dice.choice(words.WORDS)
        properties = Properties(title, author, created, modified, last, keyword)
        lines = [_sentences(dice, shown), f"Texte lu et approuvé par {signatory}."]
        name = f"{words.plain(setting.project)}.{self.format}"
        answers = {
            "auteur": words.name_spellings(author),
            "titre": (title,),
            "date_creation": words.day_spellings(created.date()),
            "mot_cle": (keyword,),
        }
        wrong = {
            "auteur": (signatory, last),
            "titre": tuple(
                f"{setting.project}\u00a0: {other}" for other in words.others(dice, setting.topics, hidden)
            ),
            "date_creation": words.near_days(dice, created.date()),
            "mot_cle": words.others(dice, words.WORDS, keyword),
        }
        if self.format != "pdf":
            answers["dernier_auteur"] = words.name_spellings(last)
            wrong["dernier_auteur"] = (author, signatory)
        content = self._write(f"{setting.project}\u00a0: {shown}", lines, properties)
        return Made(
            MadeFile(name, MEDIA_TYPES[self.format], content),
            {"titre_visible": f"{setting.project}\u00a0: {shown}", "signataire": signatory},
            answers,
            wrong,
        )

    def _write(self, heading: str, lines: list[str], properties: Properties) -> bytes:
        if self.format != "pdf":
            blocks = [paragraph(heading, Style.TITLE), *(paragraph(line) for line in lines)]
            return write_office(self.format, blocks, properties)
        return pdf.write(
            "= #d.heading\n#for line in d.lines [#line #parbreak()]",
            {"heading": heading, "lines": lines},
            title=properties.title,
            author=properties.author,
            day=properties.created.date(),
            keywords=(properties.keyword,),
        )
