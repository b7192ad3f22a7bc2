"""The XML of a SIECLE export: safe parsing, and the elements that we keep, as written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from portal.domain.school import is_valid_uai, normalise_uai
from portal.rosters.reading import ByteStream, RosterRefused

EXPORT_AGAIN = "Exportez-le de nouveau depuis SIECLE, sans l’ouvrir ni l’enregistrer dans un autre logiciel."
BAD_ENCODING = "Les accents de ce fichier sont mal codés. " + EXPORT_AGAIN
LARGEST_RECORD = 2_000
_CHUNK = 64 * 1024
_ROOT = "BEE_ELEVES"
_RECORD_DEPTH = 4
_UAI_PATH = [_ROOT, "PARAMETRES", "UAJ"]
_PUPIL_PATH = [_ROOT, "DONNEES", "ELEVES", "ELEVE"]
_STRUCTURES_PATH = [_ROOT, "DONNEES", "STRUCTURES", "STRUCTURES_ELEVE"]
_UNSUPPORTED_ENCODING_CODES = {31, 32}
_INVALID_BYTES_CODE = 81
_LIMIT_CODE = 114
_WITH_DTD = (
    "Ce fichier contient une définition de type (DOCTYPE) : il est refusé par sécurité. " + EXPORT_AGAIN
)
_NOT_SIECLE = (
    "Ce fichier n’est pas l’export « Élèves sans adresses » de SIECLE. "
    "Dans SIECLE, choisissez Exportations, En XML, Élèves sans adresses."
)


@dataclass(slots=True)
class Pupil:
    """One ELEVE as written, before any check."""

    record: str
    line: int
    ine: str
    last_name: str
    usage_name: str
    first_name: str
    second_name: str
    third_name: str
    birth_date: str
    mef: str
    left_on: str

    @property
    def name(self) -> str:
        """Name the pupil as written, for messages."""
        return f"{self.last_name} {self.first_name}".strip() or "élève sans nom"

    @property
    def place(self) -> str:
        """Tell where the pupil is in the file."""
        record = f"ELEVE_ID {self.record}" if self.record else "sans ELEVE_ID"
        return f"{self.name} ({record}, ligne {self.line})"

    @property
    def names(self) -> tuple[str, ...]:
        """List every name that is kept, empty or not."""
        return self.last_name, self.usage_name, self.first_name, self.second_name, self.third_name


@dataclass(slots=True)
class Document:
    """What the file holds, in its order: the structures of all pupils come after all pupils."""

    uai: str = ""
    pupils: list[Pupil] = field(default_factory=list)
    divisions: dict[str, list[str]] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)


def parse(stream: ByteStream, uai: str) -> Document:
    """Read the whole file.

    Args:
        uai: of the school that imports.
    Raises: RosterRefused if the file is unsound, or not this school's.
    """
    document = Document()
    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    path: list[str] = []
    inner = 0
    try:
        for event, element in _events(parser, stream):
            if event == "start":
                path.append(element.tag)
                if len(path) == 1:
                    _check_root(element)
                inner += 1
                if inner > LARGEST_RECORD:
                    raise RosterRefused(_NOT_SIECLE)
                continue
            if len(path) <= _RECORD_DEPTH:
                _keep(document, path, element, uai)
                _forget(element)
                inner = 0
            path.pop()
    except etree.XMLSyntaxError as error:
        raise RosterRefused(_syntax_sentence(error)) from error
    return document


def _events(parser: Any, stream: ByteStream) -> Iterator[tuple[str, Any]]:
    """Feed the parser by chunks, so that memory stays flat whatever the size of the file."""
    is_first = True
    while chunk := stream.read(_CHUNK):
        if is_first and b"<!DOCTYPE" in chunk:
            raise RosterRefused(_WITH_DTD)
        is_first = False
        parser.feed(chunk)
        yield from parser.read_events()
    parser.close()
    yield from parser.read_events()


def _check_root(root: Any) -> None:
    # lxml reads a DOCTYPE without a word, wherever it stands and however it is encoded.
    if root.getroottree().docinfo.internalDTD is not None:
        raise RosterRefused(_WITH_DTD)
    if root.tag != _ROOT:
        raise RosterRefused(_NOT_SIECLE)


def _syntax_sentence(error: Any) -> str:
    if error.code in _UNSUPPORTED_ENCODING_CODES:
        return "Ce fichier annonce un codage de caractères inconnu. " + EXPORT_AGAIN
    if error.code == _INVALID_BYTES_CODE:
        return BAD_ENCODING
    if error.code == _LIMIT_CODE:
        return "Ce fichier est démesuré ou piégé : il est refusé par sécurité. " + EXPORT_AGAIN
    return f"Ce fichier est incomplet ou abîmé (ligne {error.lineno}) : rien n’a été importé. {EXPORT_AGAIN}"


def _keep(document: Document, path: list[str], element: Any, uai: str) -> None:
    if path == _UAI_PATH:
        document.uai = _checked_uai(_text_of(element), uai)
    elif path == _PUPIL_PATH:
        document.pupils.append(_pupil(element))
    elif path == _STRUCTURES_PATH:
        _keep_structures(document, element)


def _forget(element: Any) -> None:
    """Free what is read: the children, and the elements before (the current one is still the parser's)."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _checked_uai(found: str, expected: str) -> str:
    if not found:
        return ""
    found = normalise_uai(found)
    if not is_valid_uai(found):
        raise RosterRefused(f"L’UAI du fichier, « {found[:20]} », n’en est pas un. {EXPORT_AGAIN}")
    if found != expected:
        raise RosterRefused(
            f"Ce fichier est celui de l’établissement {found}, le vôtre est {expected}. "
            "Exportez la base élèves de votre établissement."
        )
    return found


def _text_of(element: Any) -> str:
    return " ".join((element.text or "").split())


def _child(element: Any, tag: str) -> str:
    return " ".join((element.findtext(tag) or "").split())


def _pupil(element: Any) -> Pupil:
    return Pupil(
        record=element.get("ELEVE_ID", "").strip(),
        line=element.sourceline,
        ine=_child(element, "ID_NATIONAL").upper(),
        last_name=_child(element, "NOM_DE_FAMILLE"),
        usage_name=_child(element, "NOM_USAGE"),
        first_name=_child(element, "PRENOM"),
        second_name=_child(element, "PRENOM2"),
        third_name=_child(element, "PRENOM3"),
        birth_date=_child(element, "DATE_NAISS"),
        mef=_child(element, "CODE_MEF"),
        left_on=_child(element, "DATE_SORTIE"),
    )


def _keep_structures(document: Document, element: Any) -> None:
    record = element.get("ELEVE_ID", "").strip()
    kept = {"D": document.divisions, "G": document.groups}
    for structure in element.iterfind("STRUCTURE"):
        code, letter = _child(structure, "CODE_STRUCTURE"), _child(structure, "TYPE_STRUCTURE")
        if code and letter in kept:
            kept[letter].setdefault(record, []).append(code)
