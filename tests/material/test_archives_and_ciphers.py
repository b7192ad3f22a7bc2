"""Archives, coded messages and programs, read again without the code that wrote them."""

import base64
import io
import re
import zipfile
from collections import Counter
from pathlib import PurePosixPath

import pytest

from portal.material.archives import FileVersions, FolderTree
from portal.material.ciphers import CodedMessage, ProgramTrace
from tests.material.document_checks import check, day_in, hour_in


@pytest.mark.parametrize(
    "more", [{}, {"files": 6, "depth": 2}, {"files": 24, "depth": 6, "context": "voyage"}]
)
def test_a_tree_has_one_deepest_and_one_latest_file(more):
    def truth(made):
        infos = zipfile.ZipFile(io.BytesIO(made.file.content)).infolist()
        folders = [info for info in infos if info.is_dir()]
        files = {PurePosixPath(info.filename): info.date_time for info in infos if not info.is_dir()}
        depths = Counter(len(path.parts) for path in files)
        assert depths[max(depths)] == 1 and len({path.name for path in files}) == len(
            set(files.values())
        ) == len(files)
        (asked,) = [path for path in files if path.name == made.values["fichier"]]
        extension = made.values["extension"]
        return {
            "plus_profond": max(files, key=lambda path: len(path.parts)).name,
            "plus_recent": max(files, key=files.get).name,
            "plus_ancien": min(files, key=files.get).name,
            "nombre_type": sum(path.suffix == extension for path in files),
            "nombre_fichiers": len(files),
            "nombre_dossiers": len(folders),
            "dossier_du_fichier": asked.parent.name,
            "chemin": str(asked),
        }

    check(FolderTree(generator="dossiers-zip", **more), truth)


@pytest.mark.parametrize("versions", [3, 8])
@pytest.mark.parametrize("convention", ["numero", "date", "contenu"])
def test_the_last_version_is_one_by_every_sign(convention, versions):
    def truth(made):
        archive = zipfile.ZipFile(io.BytesIO(made.file.content))
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
        copied = texts.pop(made.values["copie"])
        written = {name: "-".join(reversed(day_in(text).split("/"))) for name, text in texts.items()}
        order = sorted(texts, key=written.get)
        assert len(set(written.values())) == len(texts) == versions
        if convention == "numero":
            assert sorted(texts, key=lambda name: int(re.search(r"-v(\d+)\.", name)[1])) == order
        if convention == "date":
            assert sorted(texts, key=lambda name: re.findall(r"\d+", name)[::-1]) == order
        last = texts[order[-1]]
        (original,) = [name for name, text in texts.items() if text == copied]
        return {
            "derniere": order[-1],
            "heure": hour_in(last.partition("Début")[2]),
            "lieu": re.search(r"Lieu\u00a0: (.+)", last)[1],
            "original": original,
            "premiere": order[0],
        }

    recipe = FileVersions(generator="versions-zip", convention=convention, versions=versions)
    check(recipe, truth)


# The tree of the code: a dot goes down the even branch, a dash the odd one.
TREE = "  etianmsurwdkgohvf l pjbxcyzq  54 3   2       16       7   8 90"


def letter(sign: str) -> str:
    """Read a sign of Morse: from 1, a dot doubles the place and a dash doubles it and adds one."""
    place = 1
    for mark in sign:
        place = 2 * place + (mark == "-")
    return TREE[place]


def decode(method: str, hint: str, coded: str, gap: str) -> str:
    match method:
        case "cesar":
            letters = "abcdefghijklmnopqrstuvwxyz"
            back = letters[-int(gap) :] + letters[: -int(gap)]
            return coded.translate(str.maketrans(letters, back))
        case "base64":
            return base64.b64decode(coded).decode("ascii")
        case "binaire":
            return "".join(chr(int(bits, 2)) for bits in coded.split())
        case "hexadecimal":
            return bytes.fromhex(coded).decode("ascii")
        case _:
            return " ".join("".join(letter(sign) for sign in word.split()) for word in coded.split(" / "))


@pytest.mark.parametrize("short", [True, False])
@pytest.mark.parametrize("gives_key", [True, False])
@pytest.mark.parametrize("method", ["cesar", "base64", "binaire", "hexadecimal", "morse"])
def test_a_coded_message_is_decoded(method, gives_key, short):
    def truth(made):
        hint, coded = made.file.content.decode().strip().split("\n\n")
        assert bool(re.search(r"\d", hint)) == (method == "cesar" and gives_key or method == "base64")
        gap = made.answers.get("decalage", ("0",))[0]
        text = decode(method, hint, coded, gap)
        parts = text.split()
        found = {"message": text, "mot": parts[0] if short else parts[2]}
        if not short:
            found["heure"] = hour_in(text)
        if method == "cesar":
            found["decalage"] = int(gap)
        return found

    check(CodedMessage(generator="message-code", method=method, gives_key=gives_key, short=short), truth)


def run(lines: list[str]) -> dict[str, int]:
    """Run a program: turn it into Python, by its words."""
    source = "\n".join(lines)
    source = re.sub(r"répéter (\d+) fois :", r"for _ in range(\1):", source)
    source = re.sub(r"\bsi (.+) :", r"if \1:", source).replace("sinon :", "else:").replace("←", "=")
    values: dict[str, int] = {}
    exec(source, {"range": range}, values)
    return values


@pytest.mark.parametrize("names", ["lettres", "mots"])
@pytest.mark.parametrize("shape", ["affectations", "boucle", "condition", "boucle-condition"])
def test_a_program_is_run(shape, names):
    def truth(made):
        *lines, last = made.file.content.decode().splitlines()
        values = run(lines)
        assert last == f"afficher {made.values['variable']}"
        found = {"valeur": values[made.values["variable"]]}
        return (
            found if shape == "condition" else found | {"autre_valeur": values[made.values["autre_variable"]]}
        )

    check(ProgramTrace(generator="programme-trace", shape=shape, names=names), truth)
