"""The engine from the command line."""

import uuid

from flask import Flask
from sqlalchemy import update

from portal.domain.errors import DomainError
from portal.extensions import db
from portal.persistence.models import Question
from portal.persistence.queries import calibration as queries
from portal.persistence.transaction import write_tx
from portal.services import calibration, replays
from portal.services.replays import Difference
from tests import factories, players
from tests.factories import Cast


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["moteur", *arguments])
    db.session.rollback()
    return result.exit_code, result.output.replace("\u00a0", " ")


def test_too_few_answers_are_told(app: Flask) -> None:
    code, said = run(app, "recalibrer")

    assert code == 0
    assert said == "0 réponse lue : il en faut au moins 100. Rien ne change.\n"


def test_a_recalibration_says_what_it_did(app: Flask, monkeypatch) -> None:
    report = calibration.Report(2400, 60, ("a-1a",), is_kept=True)
    monkeypatch.setattr(calibration, "recalibrate", lambda bank, at: report)

    code, said = run(app, "recalibrer")

    assert code == 0
    assert said == "2\u202f400 réponses lues, 60 acquis recalibrés, 1 question retirée.\n  a-1a\n"


def test_an_unknown_try_cannot_be_replayed(app: Flask) -> None:
    code, said = run(app, "rejouer", str(uuid.uuid4()))

    assert code == 1
    assert "Aucune participation" in said


def test_a_replay_says_that_all_is_the_same_or_what_differs(app: Flask, monkeypatch) -> None:
    monkeypatch.setattr(queries, "try_keys", lambda public_id: [(public_id, 7)])
    monkeypatch.setattr(replays, "replay", lambda key: [])
    assert run(app, "rejouer", str(uuid.uuid4())) == (0, "Tout est recalculé à l’identique.\n")

    found = [Difference(3, "question", "a a-1", "b b-1"), Difference(0, "probability of a", "0.5", "0.6")]
    monkeypatch.setattr(replays, "replay", lambda key: found)
    code, said = run(app, "rejouer", str(uuid.uuid4()))

    assert code == 1
    assert "question 3, question : a a-1 enregistré, b b-1 recalculé" in said
    assert "résultat envoyé, probability of a" in said
    assert "2 différences." in said


def test_a_try_of_the_first_release_is_refused_in_a_sentence(app: Flask, monkeypatch) -> None:
    def refuse(key: int) -> list[Difference]:
        raise DomainError("Trop ancienne.")

    monkeypatch.setattr(queries, "try_keys", lambda public_id: [(public_id, 7)])
    monkeypatch.setattr(replays, "replay", refuse)

    code, said = run(app, "rejouer", str(uuid.uuid4()))

    assert code == 1
    assert "Trop ancienne." in said


def test_every_try_is_replayed_at_once(app: Flask, cast: Cast) -> None:
    campaign = factories.make_campaign(cast.solene)
    tries = [players.play(cast.lina, campaign), players.play(cast.noe, campaign, questions=3)]

    assert run(app, "rejouer", "--tout") == (
        0,
        "2 participations rejouées.\nTout est recalculé à l’identique.\n",
    )

    with write_tx() as session:
        session.execute(update(Question).where(Question.position == 2).values(challenge="autre"))
    code, said = run(app, "rejouer", "--tout")
    assert code == 1
    assert all(f"{public_id}, question 2" in said for public_id in tries)


def test_one_try_or_all_of_them(app: Flask) -> None:
    assert run(app, "rejouer")[0] == run(app, "rejouer", str(uuid.uuid4()), "--tout")[0] == 2
