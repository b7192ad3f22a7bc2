"""What a pupil without mouse or without eyes is told: where the focus goes, what is said, what is kept."""

import pytest

from portal.material.simulators.scenario import Step
from tests.material.simulators.browser import do_step, press_button, sit_down
from tests.material.simulators.scenes import FOLDER, scene

pytestmark = pytest.mark.browser
FOCUSED = "document.activeElement"


def of(name):
    return scene(FOLDER / f"{name}.yaml")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_letter_without_address_is_kept_and_the_reason_said(browser, javascript):
    with sit_down(browser, of("mailbox/colis-en-attente"), 360, javascript) as page:
        press_button(page, "Écrire un message")
        page.get_by_label("Texte").fill("Bonjour, j’arrive.")
        press_button(page, "Envoyer")
        assert "adresse" in page.get_by_role("alert").inner_text()
        assert page.get_by_label("Texte").input_value() == "Bonjour, j’arrive."
        if javascript:
            assert page.evaluate(f"{FOCUSED}.getAttribute('role')") == "alert"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_refusal_is_said(browser, javascript):
    with sit_down(browser, of("explorer/emporter-son-expose"), 360, javascript) as page:
        page.get_by_label("Nouveau dossier").fill("svt")
        press_button(page, "Créer le dossier")
        assert "existe déjà" in page.get_by_role("alert").inner_text()
        if javascript:
            assert page.evaluate(f"{FOCUSED}.getAttribute('role')") == "alert"


def test_what_was_done_is_told_beside_the_title_that_takes_the_focus(browser):
    with sit_down(browser, of("explorer/emporter-son-expose"), 1280, True) as page:
        page.get_by_label("Nouveau dossier").fill("Dessin")
        press_button(page, "Créer le dossier")
        assert page.evaluate(f"{FOCUSED}.getAttribute('aria-describedby')") == "sim-note"
        assert "Dessin" in page.get_by_role("status").inner_text()


def test_the_focus_stays_at_the_paragraph_that_changed(browser):
    with sit_down(browser, of("document/relire-a-plusieurs"), 360, True) as page:
        do_step(page, Step(do="refuser", suggestion="remarque-b"))
        assert page.evaluate(f"{FOCUSED}.textContent") == "Paragraphe 2"
        assert "Malo" in page.get_by_role("status").inner_text()


def test_what_is_typed_is_text_never_markup(browser):
    with sit_down(browser, of("document/relire-a-plusieurs"), 360, True) as page:
        do_step(page, Step(do="modifier", paragraphe="fin", texte="Un <b>mot</b>.\nDeux lignes."))
        assert "Un <b>mot</b>." in page.locator("#simulateur").inner_text()
        assert page.locator(".simulator-page").nth(2).locator("p").count() == 2


def test_a_chosen_cell_is_ready_to_be_typed_in_and_its_value_is_said(browser):
    with sit_down(browser, of("spreadsheet/budget-sortie"), 1280, True) as page:
        do_step(page, Step(do="choisir", cellule="B3"))
        assert page.evaluate(f"{FOCUSED}.id") == "sim-texte"
        do_step(page, Step(do="saisir", cellule="B3", texte="=1/0"))
        assert page.evaluate(f"{FOCUSED}.getAttribute('role')") == "status"
        assert "#DIV/0!" in page.get_by_role("status").inner_text()


def test_every_move_of_the_turtle_is_said_and_its_line_shown(browser):
    with sit_down(browser, of("turtle/frise-carrelage"), 1280, True) as page:
        press_button(page, "Pas à pas")
        assert page.evaluate(f"{FOCUSED}.getAttribute('role')") == "status"
        assert "Ligne 2" in page.get_by_role("status").inner_text()
        assert "avancer" in page.locator("[aria-current=step]").inner_text()
