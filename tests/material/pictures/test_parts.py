"""A picture is drawn from its parts, says what they show, names its places, and refuses what does not fit."""

import re

import pytest
from lxml import etree
from pydantic import ValidationError

from portal.bank.checks.wording import signs
from portal.bank.places import Place
from portal.material.pictures.library import compose, compose_narrow, kinds
from portal.material.pictures.palette import COLOURS, STYLE, WRITTEN
from tests.material.pictures.samples import SAMPLES

SVG = "{http://www.w3.org/2000/svg}"
# What is drawn for all, or said in other words: no text of the author's.
SILENT = {"keyboard"}


def refused(written):
    with pytest.raises(ValidationError) as refusal:
        compose(written)
    return [(error["loc"], error["msg"]) for error in refusal.value.errors()]


def texts_of(svg):
    return [node.text for node in etree.fromstring(svg.encode()).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_picture_is_sound_svg_of_the_right_size(name):
    drawn = compose(SAMPLES[name])
    root = etree.fromstring(drawn.svg.encode())
    sizes = [float(node.get("font-size")) for node in root.iter(f"{SVG}text")]

    assert drawn.size[0] == (480 if name == "phone" else 640)
    assert root.get("viewBox") == f"0 0 {drawn.size[0]:.0f} {drawn.size[1]:.0f}"
    assert sizes and min(sizes) >= 15
    assert [node.text for node in root.iter(f"{SVG}style")] == [STYLE]
    names = {one for node in root.iter() for one in (node.get("class") or "").split()}
    assert all(f".{one}{{" in STYLE for one in names)


@pytest.mark.parametrize("name", SAMPLES)
def test_on_a_small_screen_a_picture_is_narrower_with_the_same_places_and_readable_letters(name):
    usual, narrow = compose(SAMPLES[name]), compose_narrow(SAMPLES[name])
    root = etree.fromstring(narrow.svg.encode())
    letters = min(float(node.get("font-size")) for node in root.iter(f"{SVG}text"))

    assert narrow.size[0] <= usual.size[0]
    assert narrow.zones.keys() == usual.zones.keys()
    assert narrow.words == usual.words
    assert letters * float(root.get("width")) / narrow.size[0] >= 12


def test_a_picture_is_as_narrow_as_its_texts_allow():
    widths = [compose_narrow([{"code": {"lines": ["a" * count]}}]).size[0] for count in (10, 40, 50)]
    assert widths == [352, 480, 560]


def test_a_pupil_s_long_word_is_pressed_into_its_room_on_a_small_screen_too():
    assert compose_narrow([{"window": {"title": "Un nom " * 12}}]).size[0] == 640


@pytest.mark.parametrize("name", [one for one in SAMPLES if one not in SILENT])
def test_the_alternative_says_every_word_that_is_drawn(name):
    drawn = compose(SAMPLES[name])
    told = set(re.findall(r"\w+", drawn.alternative))
    # Labels of the interface itself, which the sentences say otherwise.
    told |= {"Nom", "Taille", "Date", "De", "À", "Copie", "Moi", "Annonce", "Wi", "Fi", "nord", "haut"}
    is_axis = re.compile(r"[\d\s\u202f,]+|[A-H]")

    shown = [text for text in texts_of(drawn.svg) if not is_axis.fullmatch(text)]
    assert {word for text in shown for word in re.findall(r"\w+", text)} <= told


@pytest.mark.parametrize("name", SAMPLES)
def test_every_place_is_inside_the_picture(name):
    drawn = compose(SAMPLES[name])
    width, height = drawn.size

    for left, top, wide, high in drawn.zones.values():
        assert left >= 0 and top >= 0 and wide > 0 and high > 0
        assert left + wide <= width + 0.2 and top + high <= height + 0.2


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_the_example_of_a_part_is_written_in_good_french(kind):
    assert list(signs(Place("exemple.yaml"), compose(SAMPLES[kind.kind]).words)) == []


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_texts_and_drawings_stand_out_in_both_schemes(scheme):
    colours = {name: pair[scheme] for name, pair in COLOURS.items()}
    written = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in WRITTEN}
    assert {pair: ratio for pair, ratio in written.items() if ratio < 4.5} == {}
    drawn = {
        name: contrast(colours[name], colours["paper"]) for name in ("edge", "accent", "warn", "ok", "ko")
    }
    assert {name: ratio for name, ratio in drawn.items() if ratio < 3} == {}


def test_parts_of_the_same_kind_are_told_apart():
    bubble = {"message": {"text": "Oui."}}
    zones = compose([bubble, bubble, {"message": {"text": "Non.", "id": "non"}}]).zones

    assert list(zones) == ["message", "message-2", "non"]
    assert zones["message"][1] + zones["message"][3] < zones["message-2"][1]


def test_a_name_is_given_once():
    bubble = {"message": {"text": "Oui.", "id": "oui"}}
    assert refused([bubble, bubble]) == [((1, "message"), "l’id « oui » est écrit deux fois")]


def test_parts_of_a_row_are_side_by_side():
    label = {"label": {"rows": [{"name": "Prix", "value": 3}]}}
    zones = compose([{"row": {"parts": [label, label]}}]).zones

    assert zones["label"][1] == zones["label-2"][1]
    assert zones["label"][0] + zones["label"][2] < zones["label-2"][0]


@pytest.mark.parametrize(
    ("part", "place", "reason"),
    [
        ({"fenetre": {}}, (0,), "« fenetre » n’est pas une partie (browser,"),
        ({"text": {"text": "a"}, "row": {}}, (0,), "un seul nom par tiret"),
        ({"message": {"texte": "Bonjour"}}, (0, "message", "text"), "required"),
        ({"phone": {"content": [{"message": {"text": 3}}]}}, (0, "phone", "content", 0, "message", "text"), "string"),
        ({"window": {"title": "Un nom " * 12}}, (0, "window"), "ne tient pas sur sa ligne"),
        ({"label": {"rows": [{"name": "x" * 90, "value": "1"}]}}, (0, "label"), "est trop long pour sa place"),
        ({"message": {"text": "Oui 🙂"}}, (0, "message"), "le signe « 🙂 » ne se dessine pas partout"),
        ({"keyboard": {"pressed": ["Control"]}}, (0, "keyboard"), "touches inconnues : Control"),
        ({"map": {"columns": 3, "places": [{"name": "Gare", "at": "D1"}]}}, (0, "map"), "D1 est hors du plan"),
        ({"table": {"headings": ["A", "B"], "rows": [["1"]]}}, (0, "table"), "autant de cases"),
        ({"chart": {"kind": "bars", "labels": ["A", "B"], "values": [1, 2, 3]}}, (0, "chart"), "autant de valeurs"),
        ({"chart": {"kind": "bars", "labels": ["A", "B"]}}, (0, "chart"), "il faut « values »"),
        ({"chart": {"kind": "pie", "labels": ["A", "B"], "values": [-1, 2]}}, (0, "chart"), "aucune négative"),
        ({"chart": {"kind": "line", "from": 5, "labels": ["A", "B"], "values": [1, 7]}}, (0, "chart"), "de l’axe"),
        ({"poster": {"title": "Fête", "icon": "ballon"}}, (0, "poster", "icon"), "« ballon » n’est pas un signe"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_where_it_is(part, place, reason):
    found = refused([part])
    assert any(where == place and reason in message for where, message in found), found


def test_a_pupil_s_long_word_is_pressed_into_its_room_rather_than_refused():
    part = {"window": {"title": "Un nom " * 12}}
    drawn = compose([part], is_strict=False)
    (text,) = re.findall(r'<text [^>]*textLength="([\d.]+)"', drawn.svg)
    assert float(text) <= 608 - 130


def test_a_code_keeps_its_indentation_and_its_signs():
    drawn = compose([{"code": {"lines": ["si x > 1:", '    print("oui")']}}])
    assert "\u00a0\u00a0\u00a0\u00a0print" in texts_of(drawn.svg)[3]
    assert 'ligne 2, en retrait de 4, `print("oui")`' in drawn.words
    assert "`" not in drawn.alternative
