"""The shared document: what its gestures do and what they refuse."""

import pytest
from pydantic import ValidationError

from portal.material.recipe import dice_of
from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import Refused
from tests.material.simulators.scenes import after

REMARK = {"beside": "un", "author": "Léo", "date": "hier"}
CONTENT = {
    "id": "essai",
    "simulator": "document",
    "title": "Un exposé",
    "instruction": "Essayez.",
    "paragraphs": [{"id": "un", "text": "Le chat dort bien."}, {"id": "deux", "text": "Fin."}],
    "comments": [
        {"id": "avis", **REMARK, "text": "Lequel ?"},
        {"id": "vieux", **REMARK, "text": "Oui", "resolved": True},
    ],
    "suggestions": [
        {"id": "mot", **REMARK, "old": "chat", "new": "lynx"},
        {"id": "trop", **REMARK, "old": "dort bien", "new": "dort"},
        {"id": "moins", **REMARK, "old": "bien"},
    ],
    "versions": [{"id": "v", "author": "Léo", "date": "lundi", "texts": {"un": "Le chat."}}],
    "people": [
        {"id": "lea", "name": "Léa", "address": "Lea@college.example", "right": "lecture"},
        {"id": "tom", "name": "Tom", "address": "tom@college.example"},
    ],
    "link": "lecture",
    "success": [{"fact": "avis.resolu", "equals": True}],
    "solution": [{"do": "resoudre", "commentaire": "avis"}],
    "mistakes": [[{"do": "voir", "vue": "partage"}]],
}


@pytest.fixture
def paper():
    return scenario_of(CONTENT, dice_of("1"))


@pytest.fixture
def told(paper):
    return lambda *steps: paper.facts(after(paper, *steps))


def test_an_accepted_suggestion_changes_the_text_and_a_refused_one_does_not(told):
    facts = told({"do": "accepter", "suggestion": "mot"}, {"do": "refuser", "suggestion": "trop"})
    assert facts["un.texte"] == "Le lynx dort bien."
    assert (facts["mot.etat"], facts["trop.etat"], facts["moins.etat"]) == ("acceptee", "refusee", "attente")


def test_a_suggestion_may_take_words_away(told):
    assert told({"do": "accepter", "suggestion": "moins"})["un.texte"] == "Le chat dort ."


def test_a_suggestion_whose_words_are_gone_can_only_be_refused(paper, told):
    gone = {"do": "accepter", "suggestion": "trop"}
    with pytest.raises(Refused, match="a changé"):
        after(paper, gone, {"do": "accepter", "suggestion": "moins"})
    assert told(gone, {"do": "refuser", "suggestion": "moins"})["moins.etat"] == "refusee"


def test_a_suggestion_is_decided_once(paper):
    with pytest.raises(Refused, match="déjà décidé"):
        after(paper, {"do": "accepter", "suggestion": "mot"}, {"do": "refuser", "suggestion": "mot"})


def test_what_the_pupil_writes_is_kept_where_it_was_written(told):
    facts = told(
        {"do": "repondre", "commentaire": "avis", "texte": " Le roux. "},
        {"do": "repondre", "commentaire": "avis", "texte": "Merci"},
        {"do": "commenter", "paragraphe": "deux", "texte": "À finir"},
    )
    assert facts["avis.reponse"] == "Le roux.\nMerci"
    assert facts["deux.commente"] == "À finir" and facts["un.commente"] == ""


def test_a_comment_is_resolved_and_opened_again(paper, told):
    resolve = {"do": "resoudre", "commentaire": "avis"}
    assert told(resolve)["avis.resolu"] is True
    assert told(resolve, {"do": "rouvrir", "commentaire": "avis"})["avis.resolu"] is False
    block = paper.screen(after(paper, resolve)).blocks[0]
    assert block.threads == () and len(block.resolved) == 2


def test_a_version_restored_is_the_text_and_can_be_taken_back(told):
    edit = {"do": "modifier", "paragraphe": "deux", "texte": "Suite."}
    restore = {"do": "restaurer", "version": "v"}
    facts = told(edit, {"do": "regarder", "version": "v"}, restore)
    assert (facts["un.texte"], facts["deux.texte"]) == ("Le chat.", "")
    assert facts["vues"] == ("v",) and facts["restauree"] == "v"
    facts = told(edit, restore, {"do": "annuler"})
    assert facts["deux.texte"] == "Suite." and facts["restauree"] == ""


def test_the_document_is_shared_with_people_addresses_and_the_link(told):
    facts = told(
        {"do": "droit", "personne": "lea", "droit": "aucun"},
        {"do": "inviter", "adresse": " TOM@college.example", "droit": "commentaire"},
        {"do": "inviter", "adresse": "ami@ailleurs.example", "droit": "lecture"},
        {"do": "lien", "droit": "aucun"},
    )
    assert (facts["lea.droit"], facts["tom.droit"], facts["lien"]) == ("aucun", "commentaire", "aucun")
    assert facts["inconnus"] == ("ami@ailleurs.example",)


def test_who_has_no_access_is_listed_once_invited_only(paper):
    invited = {"do": "inviter", "adresse": "tom@college.example", "droit": "lecture"}
    assert [one.name for one, _ in paper.screen(paper.begin()).people] == ["Léa"]
    assert [one.name for one, _ in paper.screen(after(paper, invited)).people] == ["Léa", "Tom"]


@pytest.mark.parametrize(
    ("right", "step"),
    [
        ("commentaire", {"do": "modifier", "paragraphe": "un", "texte": "a"}),
        ("commentaire", {"do": "accepter", "suggestion": "mot"}),
        ("commentaire", {"do": "restaurer", "version": "v"}),
        ("commentaire", {"do": "lien", "droit": "lecture"}),
        ("commentaire", {"do": "inviter", "adresse": "a@b.example", "droit": "lecture"}),
        ("commentaire", {"do": "droit", "personne": "lea", "droit": "lecture"}),
        ("lecture", {"do": "commenter", "paragraphe": "un", "texte": "a"}),
        ("lecture", {"do": "resoudre", "commentaire": "avis"}),
        ("lecture", {"do": "repondre", "commentaire": "avis", "texte": "a"}),
    ],
)
def test_who_may_not_is_refused(right, step):
    with pytest.raises(Refused, match="pas le droit"):
        after(scenario_of({**CONTENT, "right": right}, dice_of("1")), step)


@pytest.mark.parametrize(
    "step",
    [
        {"do": "voir", "vue": "ailleurs"},
        {"do": "voir", "vue": 1},
        {"do": "modifier", "paragraphe": "trois", "texte": "a"},
        {"do": "modifier", "paragraphe": "un"},
        {"do": "modifier", "paragraphe": "un", "texte": "x" * 2001},
        {"do": "commenter", "paragraphe": "un", "texte": "  "},
        {"do": "repondre", "commentaire": "mot", "texte": "a"},
        {"do": "accepter", "suggestion": "0"},
        {"do": "accepter", "suggestion": ["mot"]},
        {"do": "resoudre", "commentaire": "../avis"},
        {"do": "regarder", "version": "-1"},
        {"do": "restaurer", "version": "un"},
        {"do": "annuler"},
        {"do": "droit", "personne": "lea", "droit": "tout"},
        {"do": "droit", "personne": "inconnue", "droit": "lecture"},
        {"do": "inviter", "adresse": "Léa", "droit": "lecture"},
        {"do": "inviter", "adresse": "a@b.example"},
        {"do": "lien", "droit": "3"},
    ],
)
def test_forged_gestures_are_refused(paper, step):
    with pytest.raises(Refused):
        after(paper, step)


@pytest.mark.parametrize(
    "steps",
    [
        [{"do": "commenter", "paragraphe": "un", "texte": "a"}] * 21,
        [{"do": "inviter", "adresse": f"a{number}@b.example", "droit": "lecture"} for number in range(21)],
    ],
)
def test_there_is_an_end_to_what_is_written(paper, steps):
    with pytest.raises(Refused):
        after(paper, *steps)


@pytest.mark.parametrize(
    "change",
    [
        {"comments": [{**CONTENT["comments"][0], "beside": "trois"}]},
        {"suggestions": [{**CONTENT["suggestions"][0], "old": "chien"}]},
        {"versions": [{**CONTENT["versions"][0], "texts": {"trois": "a"}}]},
        {"versions": CONTENT["versions"] * 2},
        {"paragraphs": CONTENT["paragraphs"] * 2},
        {"people": [{**CONTENT["people"][0], "id": "un"}]},
        {"link": "tout"},
    ],
)
def test_a_file_that_holds_together_badly_is_refused(change):
    with pytest.raises(ValidationError):
        scenario_of({**CONTENT, **change}, dice_of("1"))
