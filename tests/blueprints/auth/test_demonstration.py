"""The demonstration school from the first-run page: asked for, followed, shown as such, erased."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.extensions import db
from portal.persistence.models import Account, Campaign, Member, Participation, School, Student
from portal.persistence.transaction import write_tx
from portal.services import demonstration, demonstration_building
from tests import factories
from tests.client import HTMX, CheckingClient, main, soup, words
from tests.factories import Cast
from tests.services.test_demonstration import SMALL

FIRST_RUN, ASK = "/premiere-installation", "/premiere-installation/demonstration"
BANNER = "Établissement de démonstration : élèves et résultats simulés."


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make a school of sixteen pupils, and let no thread outlive a test."""
    monkeypatch.setattr(demonstration, "FULL", SMALL)
    yield
    demonstration_building.wait(60)


@pytest.fixture
def visitor(app: Flask) -> CheckingClient:
    """A browser on a portal without school."""
    return CheckingClient(app)


@pytest.fixture
def explorer(visitor: CheckingClient) -> CheckingClient:
    """A visitor signed in as the RUPN of the finished demonstration."""
    visitor.get(FIRST_RUN)
    visitor.submit(ASK)
    demonstration_building.wait(60)
    return visitor


def _banner(client: CheckingClient) -> str:
    banner = client.page.select_one(".demonstration")
    return words(banner) if banner else ""


def test_one_click_makes_it_signs_in_and_shows_the_secrets_once(visitor: CheckingClient) -> None:
    visitor.get(FIRST_RUN)

    response = visitor.submit(ASK)

    assert response.status_code == 200
    [account] = db.session.scalars(select(Account).where(Account.first_name == "Maëlle"))
    assert account.email in response.text
    password = visitor.page.select("dl code")[1].get_text()
    demonstration_building.wait(60)
    assert visitor.get("/equipe").status_code == 200
    assert "L’établissement est prêt" in visitor.get("/demonstration").text
    assert password not in visitor.get("/demonstration").text
    assert db.session.scalar(select(Participation.id).limit(1)) is not None
    visitor.get("/")
    visitor.submit("/deconnexion")
    visitor.get("/connexion")
    visitor.submit("/connexion", email=account.email, password=password)
    assert visitor.get("/equipe").status_code == 200


def test_a_double_click_makes_one_and_shows_the_same_secrets(
    visitor: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.get(FIRST_RUN)
    monkeypatch.setattr(demonstration_building, "under_way", lambda school_id: demonstration.Progress())
    typed = {
        "csrf_token": visitor.csrf(),
        "demande": visitor.page.select_one("input[name=demande]")["value"],
    }
    visitor.post(ASK, data=typed)
    first = [node.get_text() for node in visitor.page.select("dl code")]

    visitor.post(ASK, data=typed)

    assert [node.get_text() for node in visitor.page.select("dl code")] == first
    assert len(db.session.scalars(select(School)).all()) == 1


def test_another_visitor_meanwhile_is_sent_to_sign_in(app: Flask, explorer: CheckingClient) -> None:
    other = CheckingClient(app)
    other.get(FIRST_RUN)
    assert not other.page.select(f"form[action='{ASK}']")

    response = other.post(ASK, data={"csrf_token": other.csrf(), "demande": "autre"})

    assert (response.status_code, response.location) == (303, "/connexion")
    assert "existe déjà" in other.get("/connexion").text


def test_the_page_tells_how_far_it_is_and_asks_again_by_itself(
    explorer: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = demonstration.Progress()
    progress.done, progress.total = 3, 12
    monkeypatch.setattr(demonstration_building, "under_way", lambda school_id: progress)

    explorer.get("/demonstration")

    part = explorer.page.select_one("#demonstration")
    assert part is not None and "3 sur 12" in words(part)
    assert part["hx-trigger"] == "every 3s" and part["hx-get"] == "/demonstration"
    assert [words(link) for link in part.select("a[href='/demonstration']")] == ["Actualiser"]
    fragment = explorer.get("/demonstration", headers=HTMX).text
    assert str(soup(fragment)).strip() in main(explorer.page) or "3 sur 12" in fragment
    monkeypatch.undo()
    assert "hx-trigger" not in explorer.get("/demonstration", headers=HTMX).text


def test_one_that_stopped_half_way_says_so_and_is_erased(
    explorer: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demonstration, "is_ready", lambda school_id: False)

    assert "La préparation s’est arrêtée" in explorer.get("/demonstration").text
    explorer.submit("/demonstration/supprimer")

    assert db.session.scalars(select(School)).all() == []


def test_a_crash_half_way_leaves_a_school_that_its_page_erases(
    visitor: CheckingClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise ValueError("power cut")

    monkeypatch.setattr(demonstration, "complete", crash)
    visitor.get(FIRST_RUN)
    visitor.submit(ASK)
    demonstration_building.wait(60)

    assert "La préparation s’est arrêtée" in visitor.get("/demonstration").text
    visitor.submit("/demonstration/supprimer")

    assert db.session.scalars(select(School)).all() == []


def test_erasing_leads_back_to_the_first_run(explorer: CheckingClient) -> None:
    explorer.get("/demonstration")

    response = explorer.submit("/demonstration/supprimer")

    assert response.request.path == FIRST_RUN
    assert "est supprimé" in response.text
    assert explorer.page.select(f"form[action='{ASK}']")
    assert db.session.scalars(select(School)).all() == []


def test_erasing_while_the_pupils_play_stops_them(visitor: CheckingClient) -> None:
    visitor.get(FIRST_RUN)
    visitor.submit(ASK)
    visitor.get("/demonstration")

    visitor.submit("/demonstration/supprimer")

    assert db.session.scalars(select(School)).all() == []
    assert db.session.scalars(select(Participation)).all() == []


def test_the_real_school_is_still_to_be_installed_beside_it(explorer: CheckingClient) -> None:
    explorer.get("/demonstration")
    assert explorer.page.select(f"a[href='{FIRST_RUN}']")
    explorer.get(FIRST_RUN)

    explorer.submit(
        FIRST_RUN,
        name="Collège des Tilleuls",
        uai="0750001U",
        first_name="Solène",
        last_name="Le Goff",
        email="solene@ecole.example",
        password="quatre mots sans lien",
    )

    assert "Collège des Tilleuls" in explorer.get("/equipe").text
    assert _banner(explorer) == ""
    assert explorer.get(FIRST_RUN).status_code == 303
    response = explorer.post(ASK, data={"csrf_token": "x"})
    assert response.status_code in {303, 400}
    assert len(db.session.scalars(select(School)).all()) == 2


def test_every_page_of_the_team_and_of_pupils_says_that_it_is_simulated(
    app: Flask, explorer: CheckingClient
) -> None:
    for path in ("/", "/campagnes", "/eleves", "/equipe", "/mon-compte", "/nulle-part"):
        explorer.get(path)
        assert BANNER in _banner(explorer), path
    code = db.session.scalar(select(Campaign.code).where(Campaign.archived_at.is_(None)))
    pupil = CheckingClient(app)
    pupil.get(f"/rejoindre/{code}")
    assert BANNER in _banner(pupil)
    pupil.get("/rejoindre")
    assert _banner(pupil) == ""
    student = db.session.scalars(
        select(Student).where(Student.learner_id.is_not(None), Student.disabled_at.is_(None))
    ).first()
    with write_tx() as session:
        session.execute(
            update(type(student.learner))
            .where(type(student.learner).id == student.learner_id)
            .values(secret_hash=factories._HASHES[factories.PASSPHRASE])
        )
    pupil.get("/connexion/eleve")
    pupil.submit("/connexion/eleve", username=student.learner.username, secret=factories.PASSPHRASE)
    pupil.get("/")
    assert _banner(pupil) == BANNER, "without the link, which is the RUPN's"


def test_the_name_of_its_files_says_so_too(explorer: CheckingClient) -> None:
    code = db.session.scalar(select(Campaign.code).where(Campaign.archived_at.is_(None)))
    response = explorer.get(f"/campagnes/{code}/resultats.csv")
    assert response.status_code == 200
    assert 'filename="Demonstration-' in response.headers["Content-Disposition"]


def test_a_plain_member_cannot_erase_it(app: Flask, explorer: CheckingClient) -> None:
    with write_tx() as session:
        session.execute(update(Member).values(role="member"))
    assert explorer.get("/demonstration").status_code == 403
    explorer.get("/equipe")
    assert _banner(explorer) == BANNER


def test_a_real_school_is_never_erased_from_there(client: CheckingClient, cast: Cast, log_in) -> None:
    log_in("solene")
    assert client.get("/demonstration").location == "/"
    client.get("/equipe")
    response = client.post("/demonstration/supprimer", data={"csrf_token": client.csrf()})
    assert response.status_code == 404
    assert _banner(client) == ""
    assert len(db.session.scalars(select(School)).all()) == 2
