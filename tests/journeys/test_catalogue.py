"""Choosing a parcours in the catalogue, with and without JavaScript."""

import pytest

from tests import factories
from tests.factories import PASSWORD
from tests.journeys.house import House
from tests.journeys.scenes import new_school
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser


def sign_in(visitor: Visitor, house: House) -> None:
    with house.app.app_context():
        member = factories.make_member(new_school(), first_name="Bruno")
        email = member.account.email
    visitor.go("/connexion")
    visitor.fill("Adresse électronique", email)
    visitor.fill("Mot de passe", PASSWORD)
    visitor.press("Se connecter")


def test_filters_lead_to_a_parcours_and_to_its_campaign(visitor: Visitor, shared_house: House) -> None:
    sign_in(visitor, shared_house)
    visitor.go("/catalogue")
    with_script = visitor.page.locator("button.no-js").is_hidden()

    visitor.choose("Thème", "Cyberharcèlement")
    if with_script:
        visitor.wait_until(lambda: "theme=cyberharcelement" in visitor.page.url, "the theme filters nothing")
    visitor.choose("Domaine", "4. Protection et sécurité")
    if with_script:
        visitor.wait_until(lambda: "domaine=4" in visitor.page.url, "the domain filters nothing")
        visitor.settle()
    else:
        visitor.press("Filtrer")

    assert "2 parcours correspondent" in visitor.text
    address = visitor.page.url
    assert "theme=cyberharcelement" in address and "domaine=4" in address
    visitor.go(address)
    assert "2 parcours correspondent" in visitor.text
    assert visitor.page.get_by_label("Thème").input_value() == "cyberharcelement"

    visitor.follow("Protection et sécurité")
    assert visitor.title == "Protection et sécurité"
    visitor.page.locator("summary").first.click()
    assert visitor.page.get_by_text("Réponse attendue").first.is_visible()
    visitor.check()
    visitor.go(visitor.page.locator(".subjects details a").first.get_attribute("href") or "")
    assert visitor.page.locator("fieldset[disabled] #card").is_visible()
    visitor.go("/catalogue/6e-1")
    visitor.follow("Créer une campagne")
    assert visitor.title == "Nouvelle campagne"
