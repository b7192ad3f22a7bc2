"""Typography, sentences, and proposals that say nothing."""

import pytest

from portal.bank.checks.wording import count_words, sentences
from tests.bank.small import NB, assert_only, challenge


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Lisez l'adresse de ce site.", "apostrophe droite"),
        ('Lisez le mot "site" de cette page.', "guillemet droit"),
        ("Lisez vite cette page\u00a0!", "point d’exclamation"),
        ("Lisez « page » en entier.", "« »"),
        ("Lisez «\u00a0page » en entier.", "« »"),
        ("Que dit cette page ?", "devant"),
        ("Que dit cette page?", "devant"),
        ("Lisez ceci: la page.", "devant"),
        ("Lisez la page ; puis fermez.", "devant"),
    ],
)
def test_a_typographic_fault_is_found(problems, tube, text, what):
    challenge(tube, "dossiers-4c")["instruction"] = text

    assert_only(problems(), "dossiers-4c", what)


def test_code_addresses_and_hours_are_left_alone(problems, tube):
    challenge(tube, "dossiers-4c")["instruction"] = (
        f'Tapez `"ab" !` à 16:42 sur https://a.example/?b, puis lisez «{NB}page{NB}»{NB}: c’est tout.'
    )

    assert problems() == []


@pytest.mark.parametrize("where", ["hint", "option", "alternative", "stage", "tutorial"])
def test_every_text_is_read(problems, tube, pathway, files, where):
    fault = "Voici l'arbre"
    match where:
        case "hint":
            tube["skills"][0]["hint"] = fault
        case "option":
            challenge(tube, "dossiers-1a")["fields"][0]["options"][0] = fault
        case "alternative":
            challenge(tube, "dossiers-1a")["media"]["alternative"] = fault
        case "stage":
            pathway["stages"][0]["message"] = fault
        case "tutorial":
            files["tutoriels/1.1/dossiers.md"] += fault

    assert_only(problems(), "apostrophe droite")


def test_a_proposal_that_takes_all_is_found(problems, tube):
    challenge(tube, "dossiers-4c")["proposals"][0]["text"] = "Toutes les réponses"

    assert_only(problems(), "dossiers-4c", "Toutes les réponses")


LONG = " ".join(["mot"] * 21)


@pytest.mark.parametrize("field", ["instruction", "explanation"])
def test_a_long_sentence_is_found_up_to_the_4e(problems, tube, pathway, field):
    challenge(tube, "dossiers-4c")[field] = LONG.capitalize() + "."

    assert_only(problems(), "dossiers-4c", "phrase de 21 mots, 20 au plus")

    pathway["grades"] = ["2de"]
    assert problems() == []


def test_a_skill_above_what_the_young_are_asked_may_have_long_sentences(problems, tube, pathway, written):
    pathway["tubes"][0]["maximum"] = 3
    challenge(tube, "dossiers-4c")["explanation"] = LONG

    assert_only(problems(), "phrase de 21 mots")  # no pathway asks it of anybody: it may come anywhere


def test_sentences_end_at_signs_paragraphs_and_list_items():
    text = f"Voici M. Ba. Il dit «{NB}Oui.{NB}» Puis :\n\n- un [lien](/ici)\n- `a. b. c`\n\nFin"

    assert [one.split() for one in sentences(text)] == [
        ["Voici", "M.", "Ba"],
        ["Il", "dit", "«", "Oui"],
        ["Puis", ":"],
        ["un", "lien"],
        ["code"],
        ["Fin"],
    ]


def test_words_hold_a_letter_or_a_digit():
    assert count_words(f"«{NB}L’eau{NB}»{NB}: 4\u202f000 litres – ou 2 h") == 6
