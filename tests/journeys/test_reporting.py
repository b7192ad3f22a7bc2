"""A pupil tells a problem with a question, and the team reads it."""

import pytest
from sqlalchemy import select

from portal.domain.referential import Kind
from portal.extensions import db
from portal.persistence.models import Member, Report
from tests.factories import PASSWORD
from tests.journeys.house import House
from tests.journeys.scenes import set_scene
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser


def tell(visitor: Visitor, comment: str) -> None:
    visitor.page.get_by_role("button", name="Signaler un problème").click()
    visitor.choose("Qu’est-ce qui ne va pas\u00a0?", "Une image ou un fichier ne s’ouvre pas")
    visitor.page.locator("textarea").first.fill(comment)
    visitor.page.get_by_role("button", name="Envoyer le signalement").first.click()
    visitor.page.locator(".report .sent").wait_for()
    visitor.check()


def test_what_was_chosen_stays_and_the_team_reads_the_report(visitor: Visitor, shared_house: House) -> None:
    scene = set_scene(shared_house, kinds=[Kind.SELECT])
    scene.sign_in(visitor)
    fields = visitor.page.locator("select[name^=champ]")
    for field in fields.all():
        field.select_option(index=2)
    chosen = [field.input_value() for field in fields.all()]

    tell(visitor, "L’image reste grise.")

    assert [field.input_value() for field in fields.all()] == chosen
    assert scene.answers() == []
    visitor.page.get_by_role("button", name="Je valide").click()
    visitor.wait_until(scene.answers, "the answer is not recorded")
    assert len(scene.answers()) == 1

    with shared_house.app.app_context():
        school_id = db.session.scalar(select(Report.school_id).where(Report.learner_id == scene.learner_id))
        email = db.session.scalars(select(Member).where(Member.school_id == school_id)).one().account.email
    visitor.context.clear_cookies()
    visitor.go("/connexion")
    visitor.fill("Adresse électronique", email)
    visitor.fill("Mot de passe", PASSWORD)
    visitor.press("Se connecter")
    visitor.follow("1\u00a0question signalée par des élèves est à lire".replace("\u00a0", " "))
    assert "« L’image reste grise. »" in visitor.text.replace("\u00a0", " ")
    visitor.page.get_by_role("button", name="Marquer comme traitée").click()
    visitor.wait_until(lambda: "Traitées (1)" in visitor.text, "the question still waits")


def test_what_was_said_of_a_report_leaves_with_the_next_question(
    visitor: Visitor, shared_house: House
) -> None:
    scene = set_scene(shared_house)
    scene.sign_in(visitor)
    visitor.page.get_by_role("button", name="Signaler un problème").click()
    visitor.page.locator("textarea[name=commentaire]").fill("L’image reste grise.")

    visitor.press("Je passe")
    assert visitor.title == "Question 2" and "est parti avec votre réponse" in visitor.text
    visitor.press("Je passe")

    assert visitor.title == "Question 3" and "est parti avec votre réponse" not in visitor.text
