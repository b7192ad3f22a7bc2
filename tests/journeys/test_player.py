"""A pupil before a question: by keyboard, in two tabs, with a session that ends or a network that goes."""

from collections.abc import Callable

import pytest

from portal.domain.referential import Kind
from tests.journeys.answers import fill_in, on_screen
from tests.journeys.house import House
from tests.journeys.keyboard import answer_by_keyboard, focused
from tests.journeys.scenes import Scene, set_scene, type_credentials
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser

Sit = Callable[..., Visitor]
NETWORK_LOST = "Le serveur ne répond pas"
KEPT = "Votre réponse est gardée"
# Those of test_kinds.py.
DONE = {Kind.ORDERING, Kind.MATCHING, Kind.HOTSPOT, Kind.SIMULATOR}


@pytest.fixture
def scene(shared_house: House) -> Scene:
    """Lina, before a question to choose in: what is done in a simulator is kept at once, in every tab."""
    return set_scene(shared_house, kinds=[Kind.SELECT])


@pytest.fixture
def lina(shared_house: House, scene: Scene, sit_at: Sit) -> Visitor:
    """Lina at a computer, her question on the screen."""
    visitor = sit_at(shared_house)
    scene.sign_in(visitor)
    return visitor


# ---- The keyboard


@pytest.mark.parametrize("kind", sorted(set(Kind) - DONE), ids=lambda kind: kind.value)
def test_a_question_of_each_kind_is_answered_with_the_keyboard_alone(
    shared_house: House, sit_at: Sit, kind: Kind
) -> None:
    scene = set_scene(shared_house, kinds=[kind])
    lina = sit_at(shared_house)
    scene.sign_in(lina)

    answer_by_keyboard(lina)

    assert lina.title == "Question 2"
    assert focused(lina.page) == "H1", "the new question is not announced"
    assert scene.answers() == [(1, "ok")]


# ---- What a pupil does twice


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_double_click_records_one_answer_and_leads_to_the_next_question(
    shared_house: House, scene: Scene, sit_at: Sit, javascript: bool
) -> None:
    lina = sit_at(shared_house, javascript=javascript)
    scene.sign_in(lina)
    fill_in(lina.page)

    with lina.arriving():
        lina.page.get_by_role("button", name="Je valide").dblclick()

    assert lina.title == "Question 2"
    assert scene.answers() == [(1, "ok")]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_second_tab_that_answers_an_old_question_is_told_so_and_the_first_answer_stays(
    shared_house: House, scene: Scene, sit_at: Sit, javascript: bool
) -> None:
    lina = sit_at(shared_house, javascript=javascript)
    scene.sign_in(lina)
    old = lina.new_tab()
    old.goto(scene.question_path)
    fill_in(lina.page)
    lina.press("Je valide")
    fill_in(old, right=False)

    old.get_by_role("button", name="Je valide").click()

    old.get_by_text("Cette question a déjà une réponse, qui est conservée.").wait_for()
    assert scene.answers() == [(1, "ok")]


def test_a_second_tab_that_gives_the_same_answer_goes_on_with_the_next_question(
    lina: Visitor, scene: Scene
) -> None:
    other = lina.new_tab()
    other.goto(scene.question_path)
    fill_in(lina.page)
    fill_in(other)
    lina.press("Je valide")

    other.get_by_role("button", name="Je valide").click()

    other.get_by_role("heading", name="Question 2").wait_for()
    assert scene.answers() == [(1, "ok")]


def test_a_reload_shows_the_same_question(visitor: Visitor, shared_house: House) -> None:
    scene = set_scene(shared_house)
    scene.sign_in(visitor)
    before = on_screen(visitor.page)

    visitor.page.reload()

    assert on_screen(visitor.page) == before
    assert scene.answers() == []


def test_the_back_button_shows_the_question_that_waits(visitor: Visitor, shared_house: House) -> None:
    scene = set_scene(shared_house)
    scene.sign_in(visitor)
    fill_in(visitor.page)
    visitor.press("Je valide")
    waiting = on_screen(visitor.page)

    visitor.page.go_back()
    if not visitor.page.url.endswith("/question"):
        visitor.page.go_forward()

    visitor.page.get_by_role("heading", name="Question 2").wait_for()
    assert on_screen(visitor.page) == waiting
    assert scene.answers() == [(1, "ok")]


# ---- What is refused


def test_an_empty_answer_is_refused_with_a_sentence_and_not_counted(
    visitor: Visitor, shared_house: House
) -> None:
    scene = set_scene(shared_house)
    scene.sign_in(visitor)

    visitor.press("Je valide")

    refusal = visitor.page.get_by_role("alert")
    assert refusal.inner_text().strip().startswith("Donnez une réponse, ou cliquez sur")
    assert scene.answers() == []
    assert not visitor.javascript or focused(visitor.page) == "P", "the refusal is not announced"


def test_passing_leads_to_the_next_question(visitor: Visitor, shared_house: House) -> None:
    scene = set_scene(shared_house)
    scene.sign_in(visitor)

    visitor.press("Je passe")

    assert visitor.title == "Question 2"
    assert scene.answers() == [(1, "skipped")]


def test_five_answers_lead_to_their_corrections_then_to_the_sixth_question(
    visitor: Visitor, shared_house: House
) -> None:
    scene = set_scene(shared_house, answered=4)
    scene.sign_in(visitor)
    fill_in(visitor.page, right=False)

    visitor.press("Je valide")
    assert visitor.title == "Où vous en êtes"
    assert visitor.page.locator(".review > li").count() == 5
    visitor.follow("Je continue")

    assert visitor.title == "Question 6"


def test_the_words_of_a_correction_stand_in_one_column(visitor: Visitor, shared_house: House) -> None:
    scene = set_scene(shared_house, kinds=[Kind.FIELDS], answered=4)
    scene.sign_in(visitor)
    fill_in(visitor.page, right=False)

    visitor.press("Je valide")
    answer = visitor.page.locator(".review > li", has_text="À revoir")
    edges = [each.evaluate("it => it.getBoundingClientRect().left") for each in answer.locator("dd").all()]

    assert len(edges) > 2 and len(set(edges)) == 1


# ---- A session that ends, a campaign that closes


def test_an_answer_given_after_the_session_ended_is_kept_and_counted_after_signing_in(
    visitor: Visitor, shared_house: House
) -> None:
    scene = set_scene(shared_house)
    scene.sign_in(visitor)
    fill_in(visitor.page)
    scene.close_sessions()

    visitor.press("Je valide")
    assert KEPT in visitor.text
    assert scene.answers() == []
    type_credentials(visitor, scene.username, "lune panier violet 42")
    visitor.press("Je me connecte")
    assert "mot de passe est faux" in visitor.text
    type_credentials(visitor, scene.username)
    visitor.press("Je me connecte")

    assert visitor.title == "Question 2"
    assert scene.answers() == [(1, "ok")]


def test_a_question_passed_after_the_session_ended_is_counted_too(
    visitor: Visitor, shared_house: House
) -> None:
    scene = set_scene(shared_house)
    scene.sign_in(visitor)
    scene.close_sessions()

    visitor.press("Je passe")
    type_credentials(visitor, scene.username)
    visitor.press("Je me connecte")

    assert visitor.title == "Question 2"
    assert scene.answers() == [(1, "skipped")]


def test_nobody_else_gets_the_answer_of_a_session_that_ended(visitor: Visitor, shared_house: House) -> None:
    scene = set_scene(shared_house)
    somebody_else = set_scene(shared_house)
    scene.sign_in(visitor)
    fill_in(visitor.page)
    scene.close_sessions()
    visitor.press("Je valide")

    type_credentials(visitor, somebody_else.username)
    visitor.page.get_by_role("button", name="Je me connecte").click()

    visitor.page.get_by_text("La réponse avait été saisie par une autre personne").wait_for()
    assert scene.answers() == somebody_else.answers() == []


def test_an_answer_given_after_the_campaign_was_archived_is_counted_and_ends_the_try(
    visitor: Visitor, shared_house: House
) -> None:
    scene = set_scene(shared_house)
    scene.sign_in(visitor)
    fill_in(visitor.page)
    scene.archive()

    visitor.press("Je valide")

    assert visitor.title == "La campagne est fermée"
    assert "Votre réponse est enregistrée" in visitor.text or "1 réponse est enregistrée" in visitor.text
    assert scene.answers() == [(1, "ok")]


# ---- A network that goes


@pytest.mark.parametrize("outcome", ["ok", "skipped"])
def test_an_answer_lost_with_the_network_gets_through_with_one_click(
    lina: Visitor, scene: Scene, outcome: str
) -> None:
    button = "Je valide" if outcome == "ok" else "Je passe"
    if outcome == "ok":
        fill_in(lina.page)
    lina.context.set_offline(True)
    lina.page.get_by_role("button", name=button).click()
    lina.page.get_by_text(NETWORK_LOST).wait_for()
    lina.check()
    assert scene.answers() == []
    lina.context.set_offline(False)

    lina.press("Réessayer")

    assert lina.title == "Question 2"
    assert NETWORK_LOST not in lina.text
    assert scene.answers() == [(1, outcome)]
