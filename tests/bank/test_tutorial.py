"""The anchors of a tutorial page."""

import pytest

from portal.bank.tutorial import headings, parse, set_anchors, slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Niveaux 1 et 2", "niveaux-1-et-2"),
        ("À essayer", "a-essayer"),
        ("L’œil et l’écran", "l-oeil-et-l-ecran"),
        ("« Qui »\u00a0?", "qui"),
    ],
)
def test_a_slug_is_made_of_plain_letters_and_digits(title, expected):
    assert slug(title) == expected


def test_headings_come_in_order_without_their_marks():
    page = "# Titre\n\ntexte\n\n## Un *mot* et `code`\n\n```\n# pas un titre\n```\n"

    assert headings(page) == [("titre", "Titre"), ("un-mot-et-code", "Un mot et code")]


def test_a_heading_met_twice_is_numbered():
    page = "## Exemple\n\n## Exemple 2\n\n## Exemple\n\n## Exemple\n\n## ?\n"

    assert [name for name, _ in headings(page)] == [
        "exemple",
        "exemple-2",
        "exemple-3",
        "exemple-4",
        "section",
    ]


def test_the_page_carries_the_same_anchors():
    tokens = parse("## Niveau 5\n")
    set_anchors(tokens)

    assert tokens[0].attrGet("id") == "niveau-5"
