"""Pictures are there, used, and plain drawings."""

import pytest

from tests.bank.small import SVG, assert_only, challenge


def test_a_missing_picture_is_found(problems, files):
    del files["medias/dossiers-1a.svg"]

    assert_only(problems(), "dossiers-1a", "n’existe pas")


def test_an_unused_picture_is_found(problems, files):
    files["medias/autre.svg"] = SVG

    assert_only(problems(), "medias/autre.svg", "ne sert nulle part")


def test_a_question_to_do_without_picture_is_found(problems, tube):
    challenge(tube, "dossiers-4c")["doing"] = True

    assert_only(problems(), "dossiers-4c", "sans image")


def test_a_question_to_do_on_a_file_needs_no_picture(problems, tube):
    one = challenge(tube, "dossiers-1c")
    del one["media"], one["solution"]
    one |= {
        "kind": "number",
        "doing": True,
        "instruction": "Ouvrez votre fichier. Combien a coûté la catégorie {categorie}\u00a0?",
        "material": {"generator": "depenses"},
        "answer": "total_categorie",
    }

    assert not [one for one in problems() if "sans image" in one]


@pytest.mark.parametrize(
    ("good", "bad", "what"),
    [
        ("</svg>", "", "ne se lit pas"),
        (' viewBox="0 0 640 200"', "", "viewBox"),
        ("</svg>", "<script>1</script></svg>", "<script>"),
        ("</svg>", "<style>a</style></svg>", "<style>"),
        ("</svg>", "<foreignObject/></svg>", "<foreignObject>"),
        ("<rect", '<rect style="fill:red"', "style"),
        ("<rect", '<rect onclick="a()"', "onclick"),
        ("</svg>", '<use href="https://a.example/b.svg#c"/></svg>', "référence extérieure"),
        ('fill="#ffffff"', 'fill="url(https://a.example/b)"', "référence extérieure"),
        ("<svg", "<!DOCTYPE svg><svg", "DOCTYPE"),
        ("<svg", '<?xml-stylesheet href="a.css"?><svg', "feuille de style"),
        ("</svg>", "<?php 1 ?></svg>", "instruction de traitement"),
        ("</svg>", f"<desc>{'a' * 12300}</desc></svg>", "Kio, 12 au plus"),
    ],
)
def test_a_picture_that_is_not_a_plain_drawing_is_found(problems, files, good, bad, what):
    files["medias/dossiers-1a.svg"] = SVG.replace(good, bad)

    assert_only(problems(), "medias/dossiers-1a.svg", what)


def test_a_drawing_may_refer_to_itself(problems, files):
    files["medias/dossiers-1a.svg"] = SVG.replace(
        "</svg>", '<!-- fin --><defs><path id="a" d="M0 0"/></defs><use href="#a" fill="url(#b)"/></svg>'
    )

    assert problems() == []


def test_a_file_that_is_not_a_picture_is_found(problems, tube, files):
    challenge(tube, "dossiers-1a")["media"]["file"] = "photo.png"
    del files["medias/dossiers-1a.svg"]
    files["medias/photo.png"] = "du texte"

    assert_only(problems(), "photo.png", "pas un fichier")


def test_a_heavy_photo_is_found(problems, tube, files, tmp_path):
    challenge(tube, "dossiers-1a")["media"]["file"] = "photo.png"
    del files["medias/dossiers-1a.svg"]
    (tmp_path / "medias").mkdir()
    (tmp_path / "medias/photo.png").write_bytes(b"\x89PNG\r\n" + b"0" * 210_000)

    assert_only(problems(), "photo.png", "Kio, 200 au plus")
