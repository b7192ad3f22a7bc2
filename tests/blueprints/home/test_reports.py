"""What the team reads of the questions that pupils reported."""

import pytest

from portal import clock
from portal.domain.report import Problem
from portal.extensions import db
from portal.persistence.models import Question, Report, Withdrawal
from portal.persistence.transaction import write_tx
from portal.services import calibration, reports, turns
from portal.services.members import Doer
from tests.client import HTMX, main, soup, swap, words
from tests.factories import SEPTEMBER, make_campaign, make_student
from tests.players import play
from tests.queries import counted_queries

URL = "/questions-signalees"


def tell(cast, pupil, campaign, problem, comment="", number=0):
    turn = turns.load(play(pupil, campaign, questions=3), pupil.learner_id)
    first = db.session.scalars(db.select(Question).where(Question.position == number + 1)).first()
    with write_tx() as session:
        # Both pupils before the same question.
        session.execute(
            db.update(Question)
            .where(Question.id == turn.questions[number].id)
            .values(skill=first.skill, challenge=first.challenge, version=first.version)
        )
    turn = turns.load(turn.row.public_id, pupil.learner_id)
    question = turn.questions[number].public_id
    reports.send(turn, question, problem, comment, school_id=cast.school.id, at=SEPTEMBER)
    return first


@pytest.fixture
def told(cast):
    """Two pupils said something of one question, the second one in words."""
    campaign = make_campaign(cast.solene)
    tell(cast, cast.lina, campaign, Problem.UNCLEAR)
    return tell(cast, cast.noe, campaign, Problem.BROKEN, "L’image reste grise.")


def text(client, url=URL):
    return " ".join(soup(client.get(url)).main.get_text().split())


def test_a_question_is_shown_with_what_is_said_of_it_and_no_name(client, cast, log_in, told):
    log_in("bruno")
    assert "1 question signalée par des élèves est à lire" in text(client, "/")

    shown = text(client)

    assert "À lire (1)" in shown and "Traitées (0)" in shown
    assert "L’énoncé n’est pas clair : 1 élève" in shown
    assert "Une image ou un fichier ne s’ouvre pas : 1 élève" in shown
    assert "« L’image reste grise. » Sans classe, 07/09/2026" in shown
    assert "Lina" not in shown and "Petit" not in shown
    link = client.page.select_one("a[href^='/catalogue/questions/']")["href"]
    assert client.get(link).status_code == 200


def test_a_member_marks_it_as_handled_without_javascript(client, log_in, told):
    log_in("bruno")
    client.get(URL)

    client.submit("/traiter", note="Vue avec la classe.")

    assert "À lire (0)" in words(client.page.main)
    handled = text(client, f"{URL}?vue=traitees")
    assert "Note : Vue avec la classe." in handled and "Marquer comme traitée" not in handled


def test_marking_with_htmx_shows_what_a_fresh_page_shows(client, log_in, told):
    log_in("bruno")
    page = soup(client.get(URL))
    data = {one["name"]: one.get("value", "") for one in page.select("form[action$='/traiter'] input")}

    fragment = client.post(f"{URL}/traiter", data=data, headers=HTMX)

    after = swap(page, fragment, "#reported")
    assert words(after.select_one("#reported")) == words(soup(client.get(URL)).select_one("#reported"))


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("", "Elle est dans « Traitées »."),
        ("Vue par Solène.", "Elle est dans « Traitées »."),
        ("Vue par Bruno.", "« Traitées ». Votre note n’est pas gardée : « Vue par Bruno. »."),
    ],
)
def test_what_a_colleague_handled_meanwhile_is_told_with_the_list(client, cast, log_in, told, note, said):
    log_in("bruno")
    client.get(URL)
    by = Doer(cast.school.id, cast.solene.id, SEPTEMBER)
    reports.handle(told.challenge, told.version, "Vue par Solène.", by)

    response = client.submit("/traiter", note=note)

    (notice,) = client.page.select("#notices .notice")
    shown = words(notice).replace("\u00a0", " ")
    assert response.status_code == 200 and "À lire (0)" in words(client.page.main)
    assert "Cette question était déjà traitée, le 07/09/2026." in shown and shown.endswith(said)
    handled = text(client, f"{URL}?vue=traitees")
    assert "Vue par Solène." in handled and "Vue par Bruno." not in handled


def test_what_a_colleague_handled_meanwhile_is_told_in_place_too(client, cast, log_in, told):
    log_in("bruno")
    page = soup(client.get(URL))
    data = {one["name"]: one.get("value", "") for one in page.select("form[action$='/traiter'] input")}
    reports.handle(told.challenge, told.version, "", Doer(cast.school.id, cast.solene.id, SEPTEMBER))

    fragment = client.post(f"{URL}/traiter", data=data, headers=HTMX)

    assert fragment.status_code == 200
    after = swap(page, fragment, "#reported")
    assert "déjà traitée" in words(after.select_one("#notices"))
    assert words(after.select_one("#reported")) == words(soup(client.get(URL)).select_one("#reported"))


def test_what_nobody_reported_is_not_handled(client, log_in, told):
    log_in("bruno")
    client.get(URL)

    refused = client.post(
        f"{URL}/traiter", data={"csrf_token": client.csrf(), "question": "x", "version": "y"}
    )

    assert refused.status_code == 404


def test_an_administrator_withdraws_it_from_there(client, log_in, told):
    log_in("solene")
    client.get(URL)

    client.submit("/retirer")

    assert "La question est retirée" in words(client.page.main)
    (gone,) = db.session.scalars(db.select(Withdrawal)).all()
    assert (gone.challenge, gone.version) == (told.challenge, told.version)
    assert gone.reason.startswith("Signalée par 2")
    assert "Question retirée." in text(client, f"{URL}?vue=traitees")


def test_a_withdrawal_is_told_though_a_colleague_handled_the_reports_meanwhile(
    client, cast, log_in, told, monkeypatch
):
    withdraw = calibration.withdraw

    def slowly(*given):
        withdraw(*given)
        reports.handle(told.challenge, told.version, "", Doer(cast.school.id, cast.bruno.id, clock.now()))

    monkeypatch.setattr(calibration, "withdraw", slowly)
    log_in("solene")
    client.get(URL)

    client.submit("/retirer")

    assert "La question est retirée" in words(client.page.main)


def test_a_question_that_a_colleague_handled_first_is_withdrawn_all_the_same(client, cast, log_in, told):
    log_in("solene")
    client.get(URL)
    by = Doer(cast.school.id, cast.bruno.id, clock.now())
    reports.handle(told.challenge, told.version, "Vue.", by)

    client.submit("/retirer")

    assert "La question est retirée" in words(client.page.main)
    (gone,) = db.session.scalars(db.select(Withdrawal)).all()
    assert gone.reason.startswith("Signalée par 2")


def test_a_question_withdrawn_twice_is_withdrawn_once(client, log_in, told):
    log_in("solene")
    client.get(URL)
    data = {"csrf_token": client.csrf(), "question": told.challenge, "version": told.version}
    client.submit("/retirer")

    client.post(f"{URL}/retirer", data=data, follow_redirects=True)

    assert "n’est plus posée" in words(client.page.main)
    assert db.session.scalar(db.select(db.func.count()).select_from(Withdrawal)) == 1


def test_a_member_may_not_withdraw(client, log_in, told):
    log_in("bruno")

    assert not soup(client.get(URL)).select("form[action$='/retirer']")
    refused = client.post(f"{URL}/retirer", data={"csrf_token": client.csrf()})
    assert refused.status_code == 403


def test_what_was_corrected_since_is_shown_but_not_withdrawn(client, log_in, told):
    with write_tx() as session:
        session.execute(db.update(Report).values(version="ancienne"))
    log_in("solene")
    client.get(URL)

    assert "La question a changé depuis" in words(client.page.main)
    assert not client.page.select("form[action$='/retirer']")
    data = {"csrf_token": client.csrf(), "question": told.challenge, "version": "ancienne"}
    client.post(f"{URL}/retirer", data=data, follow_redirects=True)
    assert "rien n’a changé" in words(client.page.main)
    assert db.session.scalar(db.select(db.func.count()).select_from(Withdrawal)) == 0


def test_another_school_sees_nothing(client, log_in, told):
    log_in("dora")

    assert "Aucune question signalée" in text(client)
    assert "grise" not in client.get(f"{URL}/signalements.csv").get_data(as_text=True)


def test_the_file_says_everything_but_who(client, cast, log_in, told):
    log_in("bruno")

    response = client.get(f"{URL}/signalements.csv")

    lines = response.get_data(as_text=True).removeprefix("\ufeff").splitlines()
    assert response.mimetype == "text/csv" and len(lines) == 3
    assert told.challenge in lines[1] and "L’image reste grise." in response.get_data(as_text=True)
    for secret in ("Lina", "Noé", "Petit", "5eB"):
        assert secret not in response.get_data(as_text=True)


def test_the_list_asks_the_database_as_often_for_many(client, cast, log_in, told):
    log_in("bruno")
    client.get(URL)
    with counted_queries() as few:
        client.get(URL)
    campaign = make_campaign(cast.solene)
    for number in range(30):
        pupil = make_student(cast.school, first_name=f"Élève {number}", class_group=cast.class_5eb)
        tell(cast, pupil, campaign, Problem.OTHER, "Encore.", number=number % 3)
    with counted_queries() as many:
        page = client.get(URL)

    assert len(few) == len(many)
    assert "5eB" in main(soup(page))
