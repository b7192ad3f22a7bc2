"""Photographs, sets of pictures, QR codes and bar codes, read again by Pillow and by a scanner."""

import base64
import html
import io
import re
import zipfile

import pytest
import zxingcpp
from PIL import ExifTags, Image

from portal.material.codes import BarCode, QrCode
from portal.material.document_words import plain
from portal.material.photos import PhotoProperties, PictureSet
from tests.material.document_checks import SEEDS, check


@pytest.mark.parametrize("has_place", [True, False])
def test_a_photograph_says_when_where_and_with_what(has_place):
    def truth(made):
        image = Image.open(io.BytesIO(made.file.content))
        exif = image.getexif()
        date, hour = exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal].split(" ")
        found = {
            "date": date.replace(":", "-"),
            "heure": hour[:5],
            "appareil": exif[ExifTags.Base.Model],
            "largeur": image.width,
            "hauteur": image.height,
        }
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        assert bool(gps) == has_place
        return found | ({"lieu": nearest(gps, made.values["lieux"])} if has_place else {})

    check(
        PhotoProperties(generator="photo-donnees", has_place=has_place),
        truth,
        weight=300_000,
        seeds=100,
        again=20,
    )


def nearest(gps, listed: str) -> str:
    """Give the listed place that a map would show; the others are far away."""

    def angle(tag, mark):
        degrees, minutes, seconds = (float(part) for part in gps[tag])
        return (degrees + minutes / 60 + seconds / 3600) * (-1 if gps[mark] in "SW" else 1)

    here = angle(2, 1), angle(4, 3)
    far = {}
    for town, north, east, side in re.findall(
        r"([\w-]+)\u00a0: ([\d,]+)°\u00a0N, ([\d,]+)°\u00a0([EO])", listed
    ):
        place = float(north.replace(",", ".")), float(east.replace(",", ".")) * (-1 if side == "O" else 1)
        far[town] = abs(place[0] - here[0]) + abs(place[1] - here[1])
    first, second = sorted(far.values())[:2]
    assert len(far) == 4 and first < 0.05 and second > 0.5
    return min(far, key=far.get)


@pytest.mark.parametrize("more", [{}, {"count": 7, "has_wrong_extension": True}])
def test_a_set_of_pictures_has_one_largest_and_one_heaviest(more):
    def truth(made):
        archive = zipfile.ZipFile(io.BytesIO(made.file.content))
        images = {name: Image.open(io.BytesIO(archive.read(name))) for name in archive.namelist()}
        area = {name: image.width * image.height for name, image in images.items()}
        weights = {info.filename: info.file_size for info in archive.infolist()}
        kinds = {"JPEG": "jpg"}
        liars = [n for n, image in images.items()
                 if not n.endswith(f".{kinds.get(image.format, image.format.lower())}")]  # fmt: skip
        assert list(area.values()).count(max(area.values())) == 1 and len(images) == more.get("count", 5)
        asked = images[made.values["image"]]
        found = {
            "plus_grande": max(area, key=area.get),
            "plus_lourde": max(weights, key=weights.get),
            "largeur": asked.width,
            "hauteur": asked.height,
        }
        if more:
            (liar,) = liars
            return found | {"fausse_extension": liar, "vrai_format": images[liar].format}
        assert not liars
        return found

    check(PictureSet(generator="images-zip", **more), truth, weight=300_000, seeds=100, again=20)


@pytest.mark.parametrize("more", [{}, {"holds": "texte"}, {"codes": 4}, {"codes": 5, "holds": "texte"}])
def test_qr_codes_are_read_by_a_scanner(more):
    def truth(made):
        found = zxingcpp.read_barcodes(Image.open(io.BytesIO(made.file.content)))
        codes = [one.text for one in sorted(found, key=lambda one: one.position.top_left.x)]
        assert len(set(codes)) == len(codes) == more.get("codes", 1)
        at = "ABCDE".index(made.values["repere"])
        answers = {"contenu": codes[at], "numero": int(re.search(r"\d{3}$", codes[at])[0])}
        if len(codes) > 1:
            answers["lettre"] = "ABCDE"[at]
        if more.get("holds") == "texte":
            answers["lieu"] = re.search(r"\s: (.+?),", codes[at])[1]
        return answers

    check(QrCode(generator="qr-code", **more), truth, seeds=50 if "codes" in more else SEEDS, again=20)


@pytest.mark.parametrize("more", [{"codes": 3, "holds": "texte"}, {"codes": 3, "false_site": True}])
def test_a_page_says_what_a_reader_displays(more):
    def truth(made):
        page = made.file.content.decode()
        shown = [html.unescape(text) for text in re.findall(r"<code>(.+?)</code>", page)]
        drawn = [io.BytesIO(base64.b64decode(data)) for data in re.findall(r"base64,(.+?)\"", page)]
        assert shown == [zxingcpp.read_barcodes(Image.open(one))[0].text for one in drawn]
        at = "ABCDE".index(made.values["repere"])
        answers = {"contenu": shown[at], "numero": int(shown[at][-3:]), "lettre": "ABCDE"[at]}
        if more.get("holds") == "texte":
            assert sum(text.startswith(f"{made.values['sujet']}\u00a0:") for text in shown) == 1
            return answers | {"lieu": re.search(r"\s: (.+?),", shown[at])[1]}
        asked = f"https://{made.values['site']}/{plain(made.values['sujet'])}-"
        assert [text.startswith(asked) for text in shown].count(True) == 1 and shown[at].startswith(asked)
        assert sum(f"/{plain(made.values['sujet'])}-" in text for text in shown) == 2
        return answers

    check(QrCode(generator="qr-code", format="html", **more), truth, seeds=50, again=20)


def test_a_bar_code_is_read_by_a_scanner():
    def truth(made):
        (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(made.file.content)))
        return {"code": code.text, "cle": int(code.text[-1])}

    check(BarCode(generator="code-barres"), truth, again=10)


def test_a_bar_code_without_its_last_digit_is_not_read():
    def truth(made):
        assert not zxingcpp.read_barcodes(Image.open(io.BytesIO(made.file.content)))
        digits = [int(digit) for digit in made.values["debut"]]
        key = (10 - (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10) % 10
        return {"code": f"{made.values['debut']}{key}", "cle": key}

    check(BarCode(generator="code-barres", hides="cle"), truth, again=10)
