"""Text documents whose structure, comments or properties hold the answer."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Literal, TypeVar

from pydantic import Field

from portal.material import document_words as words
from portal.material.document_words import Context
from portal.material.recipe import Made, MadeFile, Recipe
from portal.material.report_words import CHANGES, PARTS, POINTS, PRESENTATIONS, REMARKS, SENTENCES
from portal.material.school_days import next_open
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

T = TypeVar("T")


def write_office(kind: OfficeFormat, paragraphs: list[Paragraph], properties: Properties) -> bytes:
    """Write a document in one of the two formats of word processors."""
    return odt.write(paragraphs, properties) if kind == "odt" else docx.write(paragraphs, properties)


def ordinary_properties(
    dice: random.Random, title: str, author: str | None = None, day: date | None = None
) -> Properties:
    """Give properties that agree with the text.

    Args:
        author: who signs the text, if someone does.
        day: when it was written, if the text says or implies it.
    """
    author = author or words.a_person(dice)
    at = words.a_moment_of(dice, day) if day else words.a_moment(dice)
    return Properties(title, author, at, at + timedelta(minutes=50), author)


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
        body = self._body(dice, setting, dict(zip(topics, contacts, strict=True)), code)
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
        self, dice: random.Random, setting: words.Setting, contacts: dict[str, str], code: str
    ) -> list[Paragraph]:
        many, parts = len(contacts), dice.randrange(3, 6)
        starts = {
            0: 0,
            **{place: i for i, place in enumerate(sorted(dice.sample(range(1, many), parts - 1)), 1)},
        }
        hidden, needed = dice.randrange(many), dice.randrange(many)
        said, pairs = _in_turn(dice, SENTENCES), _in_turn(dice, tuple(combinations(setting.items, 2)))
        blocks: list[Paragraph] = []
        for place, (topic, contact) in enumerate(contacts.items()):
            if place in starts:
                blocks.append(paragraph(PARTS[starts[place]], Style.HEADING_1))
            blocks += [paragraph(topic, Style.HEADING_2), paragraph(_sentences(dice, topic, said))]
            if place == hidden:
                blocks.append(
                    paragraph(
                        "Un vote choisira le nom de l’affiche. D’ici là, elle porte le nom provisoire "
                        f"{code}."
                    )
                )
            if place == needed or dice.random() < 0.5:
                blocks += [
                    paragraph("À prévoir", Style.HEADING_3),
                    paragraph(_needs(next(pairs), next(said))),
                ]
            if self.fake_headings and dice.random() < 0.5:
                blocks += [paragraph("À retenir", is_bold=True), paragraph(next(said))]
            blocks.append(paragraph(f"Contact pour cette partie\u00a0: {contact}."))
        return blocks  # fmt: skip


def _in_turn(dice: random.Random, every: Sequence[T]) -> Iterator[T]:
    """Give them in any order, none twice before all are given."""
    while True:
        yield from dice.sample(every, len(every))


def _sentences(dice: random.Random, topic: str, said: Iterator[str]) -> str:
    return " ".join((dice.choice(PRESENTATIONS).format(topic=topic), next(said), next(said)))


def _needs(items: tuple[str, str], sentence: str) -> str:
    return f"Matériel\u00a0: {items[0].lower()}, {items[1].lower()}. {sentence}"


def _text(block: Paragraph) -> str:
    return "".join(piece.text for piece in block.pieces if isinstance(piece, Run))


class ReviewedDocument(Recipe):
    """The pupil opens a shared document and reads who commented what, and which word replaced which."""

    generator: Literal["document-relu"]
    format: OfficeFormat = "odt"
    context: Context | None = None

    def make(self, dice: random.Random) -> Made:
        """Write the document with its comments and its tracked changes."""
        setting = words.setting_of(self.context, dice)
        persons = words.people(dice, 6)
        written = words.a_day(dice)
        notes = self._notes(dice, setting, persons, written)
        changes = self._changes(dice, persons, written)
        lines: list[tuple[Piece, ...]] = [
            (Run(start), note, Run(end))
            for (start, end), note in zip(dice.sample(POINTS, len(notes)), notes, strict=True)
        ]
        lines += [(Run(before), change, Run(after)) for before, change, after in changes]
        dice.shuffle(lines)
        blocks = [paragraph(setting.project, Style.TITLE), *(Paragraph(line) for line in lines)]
        note, change = dice.choice(notes), dice.choice(changes)[1]
        name = f"{words.plain(setting.project)}-a-relire.{self.format}"
        properties = ordinary_properties(dice, setting.project, day=written)
        properties = replace(
            properties, modified=max([one.at for one in notes] + [one.at for _, one, _ in changes])
        )
        content = write_office(self.format, blocks, properties)
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
                "commentaire": words.others(dice, REMARKS, note.comment),
                "ancien_mot": words.others(dice, pool, change.old),
                "auteur_modification": words.others(dice, persons, change.author),
                "nombre_commentaires": words.near_numbers(dice, len(notes), least=1),
                "nombre_remplacements": words.near_numbers(dice, len(changes), least=1),
            },
        )  # fmt: skip

    def _notes(
        self, dice: random.Random, setting: words.Setting, persons: list[str], written: date
    ) -> list[Noted]:
        count = dice.randrange(3, 6)
        remarks = dice.sample(REMARKS, count)
        passages, authors = dice.sample(setting.topics, count), dice.sample(persons, count)
        return [
            Noted(passage, remark, author, _later(dice, written))
            for passage, remark, author in zip(passages, remarks, authors, strict=True)
        ]

    def _changes(
        self, dice: random.Random, persons: list[str], written: date
    ) -> list[tuple[str, Replaced, str]]:
        found = []
        count = dice.randrange(2, 6)
        for (before, pool, after), author in zip(
            dice.sample(CHANGES, count), dice.sample(persons, count), strict=True
        ):
            old, new = dice.sample(pool, 2)
            found.append((before, Replaced(old, new, author, _later(dice, written)), after))
        return found


def _later(dice: random.Random, written: date) -> datetime:
    return words.a_moment_of(dice, next_open(written + timedelta(days=dice.randrange(1, 20))))


class DocumentProperties(Recipe):
    """The pupil opens the properties of a document, which say what its text does not."""

    generator: Literal["proprietes-document"]
    format: Literal["odt", "docx", "pdf"] = "odt"
    context: Context | None = None

    def make(self, dice: random.Random) -> Made:
        """Write a document whose author, title and date are in its properties only."""
        setting = words.setting_of(self.context, dice)
        topic, version = dice.choice(setting.topics), dice.randrange(2, 10)
        author, signatory, last = words.people(dice, 3)
        created = words.a_moment(dice)
        modified = created + timedelta(days=dice.randrange(2, 30), minutes=dice.randrange(60))
        shown = f"{setting.project}\u00a0: {topic}"
        title = f"{shown}, version {version}"
        keyword = dice.choice(words.WORDS)
        properties = Properties(title, author, created, modified, last, keyword)
        said = _sentences(dice, topic, _in_turn(dice, SENTENCES))
        lines = [said, f"Pour toute question, demandez {signatory}."]
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
                f"{shown}, version {other}" for other in words.near_numbers(dice, version, least=1)
            ),
            "date_creation": words.near_days(dice, created.date()),
            "mot_cle": words.others(dice, words.WORDS, keyword),
        }
        if self.format != "pdf":
            answers["dernier_auteur"] = words.name_spellings(last)
            wrong["dernier_auteur"] = (author, signatory)
        content = self._write(shown, lines, properties)
        return Made(
            MadeFile(name, MEDIA_TYPES[self.format], content),
            {"titre_visible": shown, "signataire": signatory},
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
