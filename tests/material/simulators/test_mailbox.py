"""The mailbox: what its gestures do and what they refuse."""

import pytest
from pydantic import ValidationError

from portal.material.recipe import dice_of
from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import Refused
from tests.material.simulators.scenes import FOLDER, after, read, scene

COLIS = FOLDER / "mailbox" / "colis-en-attente.yaml"
ORAL = FOLDER / "mailbox" / "repondre-au-professeur.yaml"
WRITE = {"do": "ecrire", "message": ""}
LETTER = {"do": "envoyer", "a": "a@b.example", "copie": "", "objet": "Stage", "texte": "Bonjour"}


@pytest.fixture
def box():
    return scene(COLIS)


def test_a_message_opened_is_read_and_one_reported_leaves_the_inbox(box):
    facts = box.facts(
        after(box, {"do": "ouvrir", "message": "colis"}, {"do": "signaler", "message": "colis"})
    )
    assert facts["colis.lu"] is True and facts["sortie.lu"] is False
    assert facts["colis.signale"] is True and facts["colis.dossier"] == "indesirables"


def test_a_message_is_filed_where_the_pupil_says_and_the_page_tells_it(box):
    state = after(box, {"do": "ranger", "message": "sortie", "dossier": "corbeille"})
    assert box.facts(state)["sortie.dossier"] == "corbeille"
    assert "Corbeille" in box.screen(state).note
    assert box.screen(after(box, {"do": "dossier", "dossier": "corbeille"})).note == ""


def test_links_and_attachments_are_remembered(box):
    state = after(
        box,
        {"do": "lien", "message": "colis", "vers": "Payer les frais"},
        {"do": "piece", "message": "cantine"},
    )
    facts = box.facts(state)
    assert "colis-retard" in facts["colis.lien"]
    assert facts["cantine.piece"] is True


def test_an_answer_starts_with_the_address_and_the_subject():
    box = scene(ORAL)
    draft = box.screen(after(box, {"do": "ecrire", "message": "oral"})).draft
    assert draft["a"] == "p.legall@college-des-tilleuls.example"
    assert draft["objet"] == "Re : (sans objet)"


def test_what_is_sent_is_told_addresses_tidied(box):
    letter = {**LETTER, "a": " A@B.example ; c@d.example", "copie": "E@f.example"}
    facts = box.facts(after(box, {"do": "ecrire", "message": "sortie"}, letter))
    assert facts["envois"] == 1 and facts["envoi.repond"] == "sortie"
    assert facts["envoi.a"] == "a@b.example, c@d.example" and facts["envoi.copie"] == "e@f.example"


@pytest.mark.parametrize("change", [{"a": ""}, {"a": "Mme Diallo"}, {"copie": "nour"}, {"a": "a@b"}])
def test_a_letter_with_a_wrong_address_does_not_leave_and_is_kept(box, change):
    state = after(box, WRITE, {**LETTER, **change})
    screen = box.screen(state)
    assert box.facts(state)["envois"] == 0
    assert "adresse" in screen.problem and screen.draft["texte"] == "Bonjour"


def test_letters_have_an_end(box):
    with pytest.raises(Refused, match="beaucoup"):
        after(box, *[WRITE, LETTER] * 11)


@pytest.mark.parametrize(
    "step",
    [
        {"do": "ouvrir", "message": 1},
        {"do": "ouvrir", "message": ["colis"]},
        {"do": "ouvrir", "message": ""},
        {"do": "ouvrir", "message": "0"},
        {"do": "dossier", "dossier": "<script>"},
        {"do": "lien", "message": "colis", "vers": "http://ailleurs.example"},
        {"do": "ranger", "message": "colis"},
        {"do": "ecrire", "message": "inconnu"},
        {"do": "piece", "message": "colis"},
        LETTER,
        {**LETTER, "texte": "x" * 2001},
    ],
)
def test_forged_gestures_are_refused(box, step):
    with pytest.raises(Refused):
        after(box, step)


def test_a_long_letter_is_refused_even_when_one_is_being_written(box):
    with pytest.raises(Refused):
        after(box, WRITE, {**LETTER, "texte": "x" * 2001})


@pytest.mark.parametrize("change", [{"folder": "ailleurs"}, {"id": "sortie"}, {"couleur": "rouge"}])
def test_a_file_that_holds_together_badly_is_refused(change):
    content = read(COLIS)
    messages = [{**content["messages"][0], **change}, *content["messages"][1:]]
    with pytest.raises(ValidationError):
        scenario_of({**content, "messages": messages}, dice_of("1"))
