"""Questions of every kind, put in the place of the one that waits: what a pupil meets."""

import uuid
from dataclasses import replace
from typing import Any

import yaml
from sqlalchemy import select, update

from portal.domain.referential import Challenge, Entry, Kind, Media, Proposal
from portal.extensions import db
from portal.persistence import mapping
from portal.persistence.models import Answer, ChallengeVersion, Participation, Question
from portal.persistence.transaction import write_tx
from portal.services import exercises
from tests.conftest import NOON
from tests.material.simulators.scenes import FOLDER

COLIS = FOLDER / "mailbox" / "colis-en-attente.yaml"


def question(kind: Kind, **more: Any) -> Challenge:
    """Make a question."""
    texts = {"instruction": "Faites ce qui est demandé.", "explanation": "Voici comment faire, pas à pas."}
    return Challenge(id=f"essai-{kind.value}", kind=kind, seconds=40, **{**texts, **more})


ORDERING = question(
    Kind.ORDERING,
    proposals=tuple(Proposal(text, right=True) for text in ("Ouvrir", "Écrire", "Relire", "Envoyer")),
)
MATCHING = question(
    Kind.MATCHING,
    entries=tuple(
        Entry(left, (right,), ("un tableau", "un texte", "une image", "un son"))
        for left, right in ((".ods", "un tableau"), (".odt", "un texte"), (".png", "une image"))
    ),
)
TABLE = question(
    Kind.HOTSPOT,
    table=(("", "Lundi", "Mardi"), ("9 h", "Maths", "Sport"), ("10 h", "Anglais", "Maths")),
    proposals=tuple(
        Proposal(f"{row}, {day}", right=text == "Sport", cell=(at, column))
        for at, (row, *texts) in enumerate((("9 h", "Maths", "Sport"), ("10 h", "Anglais", "Maths")))
        for column, (day, text) in enumerate(zip(("Lundi", "Mardi"), texts, strict=True))
    ),
)
SPREADSHEET = question(
    Kind.NUMBER,
    instruction="Dans votre fichier, quel est le total de la catégorie {categorie}\u00a0?",
    entries=(Entry("Total", is_number=True, unit="€", answer="total_categorie"),),
    recipe={"generator": "depenses", "format": "ods"},
)
DRAWN = replace(
    SPREADSHEET,
    id="essai-drawn",
    media=Media("", "Combien en tout ?", ({"message": {"text": "Combien en tout ?"}},)),
)
CHOSEN = question(
    Kind.SINGLE_CHOICE,
    instruction="Dans votre fichier, quelle catégorie coûte le plus\u00a0?",
    recipe={"generator": "depenses", "format": "csv"},
    answer="categorie_max",
)
MAILBOX = question(Kind.SIMULATOR, scenario=yaml.safe_load(COLIS.read_text(encoding="utf-8")))
TIMED = question(Kind.TEXT, timer=60, entries=(Entry("Mot", ("balise",)),))
WATCHED = question(Kind.TEXT, focus=True, entries=(Entry("Mot", ("balise",)),))
EVERY = (ORDERING, MATCHING, TABLE, SPREADSHEET, CHOSEN, MAILBOX, TIMED, WATCHED)


def picture(file: str, size: tuple[float, float]) -> Challenge:
    """Make a question on places of a picture of the bank."""
    places = (
        ("le titre", (10, 10, 100, 40)),
        ("le bouton", (200, 120, 80, 40)),
        ("le menu", (10, 150, 90, 60)),
    )
    proposals = tuple(Proposal(text, right=not at, zone=zone) for at, (text, zone) in enumerate(places))
    return question(
        Kind.HOTSPOT, media=Media(file, "Une fenêtre avec un titre."), size=size, proposals=proposals
    )


def ask(public_id: uuid.UUID, challenge: Challenge, *, skill: str | None = None) -> Question:
    """Put this question in the place of the one that waits; `skill`, to ask it for another one."""
    content = mapping.challenge_to_json(challenge)
    version = mapping.digest(content)[:16]
    with write_tx() as session:
        if session.scalar(select(ChallengeVersion).where(ChallengeVersion.version == version)) is None:
            session.add(
                ChallengeVersion(challenge=challenge.id, version=version, content=content, loaded_at=NOON)
            )
            session.flush()
        row = session.scalars(_waiting(public_id)).one()
        work = exercises.begun(challenge, row.public_id)
        session.execute(
            update(Question)
            .where(Question.id == row.id)
            .values(
                skill=skill or row.skill,
                challenge=challenge.id,
                version=version,
                work=work,
                begun_at=None,
                exits=0,
            )
        )
    return waiting(public_id)


def _waiting(public_id: uuid.UUID) -> Any:
    return (
        select(Question)
        .join(Participation, Participation.id == Question.participation_id)
        .outerjoin(Answer, Answer.question_id == Question.id)
        .where(Participation.public_id == public_id, Answer.question_id.is_(None))
    )


def waiting(public_id: uuid.UUID) -> Question:
    """Give the question that waits, as it is stored."""
    db.session.expire_all()
    found: Question = db.session.scalars(_waiting(public_id)).one()
    return found


def met(row: Question) -> exercises.Exercise:
    """Give a question as its pupil meets it."""
    return exercises.exercise_of(row.challenge, row.version, row.public_id, row.work)


def outcome_of(question_id: int) -> str | None:
    """Tell how a question was answered."""
    return db.session.scalar(select(Answer.outcome).where(Answer.question_id == question_id))
