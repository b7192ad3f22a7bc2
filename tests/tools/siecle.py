"""Make SIECLE exports of invented pupils: for the tests, the benchmarks and the demonstrations.

Run `python -m tests.tools.siecle --help` from the root of the project.
"""

import argparse
import io
import random
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

UAI = "0750001U"
XML_NAME = "ElevesSansAdresses.xml"
ZIP_NAME = "ExportXML_ElevesSansAdresses.zip"

_LAST_NAMES = """
Martin Bernard Dubois Petit Durand Moreau Laurent Lefèvre Garcia Roux Fournier Girard Bonnet Mercier
Dupuis François Legrand Gauthier Chevalier Garnier Faure Rousseau Blanc Guérin Müller Roussel Besançon
Lemaître Benoît Benali Haddad Khelifi Mansouri Belkacem Cherif Diallo Traoré Koné Cissé Ndiaye Mbaye Diop
Camara Keïta Touré Nguyen Tran Pham Chen Wang Silva Ferreira Gonçalves Pereira Oliveira López Muñoz
Fernández Rossi Esposito Kowalski Nowak Popescu Ionescu Yılmaz Demir Öztürk Rajaonarison Andriamana
Hoareau Payet Grondin Céleste Zitoune Le_Goff Le_Bris Kervella Guéguen Etxeberria Haran Santucci Casanova
Schmitt Weiß Vandenbroucke D'Angelo L'Hostis de_La_Tour du_Plessis El_Amrani Ben_Youssef Van_den_Berg
Da_Costa Dos_Santos O'Connor Lœil Œhler
"""
LAST_NAMES = tuple(_LAST_NAMES.split())
_FIRST_NAMES = """
Lina Noé Inès Chloé Léa Zoé Anaïs Maëlys Jade Louise Emma Alice Rose Ambre Romane Léonie Agathe Noémie
Clémence Océane Élise Éléonore Aya Yasmine Fatou Aminata Mariam Aïcha Khadija Nour Salomé Linh Mei Ana
Beatriz Zuzanna Elif Soraya Kenza Maïssa Anne-Sophie Marie-Lou Lou-Anne Rose-Marie Gabriel Raphaël Léo
Louis Jules Adam Hugo Arthur Maël Ethan Noah Théo Timéo Loïc Gaël Joël Rayan Ibrahim Mohamed Ilyès Yanis
Moussa Ousmane Mamadou Cheikh Minh Wei Tiago João Mateo Piotr Andrei Emre Can Jean-Baptiste Paul-Émile
Pierre-Louis Jean-Noël Erwan Yann Enzo Côme Cœur Évan Björn
"""
FIRST_NAMES = tuple(_FIRST_NAMES.split())
COLLEGE = tuple(f"{level}e{letter}" for level in (6, 5, 4, 3) for letter in "ABCDEFG")
MEF_BY_LEVEL = {
    "6": "10010012110",
    "5": "10110001110",
    "4": "10210001110",
    "3": "10310019110",
    "2": "20010018110",
}
GROUPS = ("LATIN", "ALLEMAND", "ESPAGNOL", "CHORALE", "UNSS")


@dataclass(frozen=True, slots=True)
class FakePupil:
    """One invented pupil, as SIECLE would write it; `classes` of type D, in order."""

    record: str
    last_name: str
    first_name: str
    birth_date: str
    classes: tuple[str, ...]
    ine: str = ""
    usage_name: str = ""
    second_name: str = ""
    third_name: str = ""
    mef: str = ""
    left_on: str = ""
    groups: tuple[str, ...] = ()
    sex: str = "2"


def draw_pupils(count: int, classes: Sequence[str] = COLLEGE, seed: int = 1) -> list[FakePupil]:
    """Draw pupils as a school has them: twins, siblings, no INE, left, inactive, usage names.

    Args:
        count: pupils in all, those who left included.
        classes: names of the classes; the first figure gives the age and the MEF.
        seed: the same seed gives the same pupils.
    """
    chance = random.Random(seed)  # noqa: S311 - invented pupils, not secrets
    pupils: list[FakePupil] = []
    for index in range(count):
        pupil = _draw_one(chance, index, chance.choice(classes))
        lot = chance.random()
        if pupils and lot < 0.02:
            elder = pupils[-1]
            pupil = replace(pupil, last_name=elder.last_name, birth_date=elder.birth_date)
        elif pupils and lot < 0.12:
            pupil = replace(pupil, last_name=chance.choice(pupils).last_name)
        pupils.append(pupil)
    return pupils


def _draw_one(chance: random.Random, index: int, class_name: str) -> FakePupil:
    level = class_name[:1]
    age = 17 - int(level) if level in MEF_BY_LEVEL else 17
    born = date(2025 - age, 1, 1) + timedelta(days=chance.randrange(365))
    last, other = chance.sample(LAST_NAMES, 2)
    lot = chance.random()
    last_name = (f"{last}-{other}" if lot < 0.06 else last).replace("_", " ").upper()
    first, second, third = chance.sample(FIRST_NAMES, 3)
    inactive, left = chance.random() < 0.01, chance.random() < 0.03
    return FakePupil(
        record=str(100_000 + index),
        last_name=last_name,
        first_name=first,
        birth_date=f"{born:%d/%m/%Y}",
        classes=("Inactifs",) if inactive else (class_name,),
        ine=""
        if chance.random() < 0.03
        else f"{index:09d}{chance.choice('ABCDEFGH')}{chance.choice('KLMNPR')}",
        usage_name=other.replace("_", " ").upper() if chance.random() < 0.05 else "",
        second_name=second if chance.random() < 0.6 else "",
        third_name=third if chance.random() < 0.3 else "",
        mef=MEF_BY_LEVEL.get(level, ""),
        left_on="15/10/2025" if left else "",
        groups=tuple(sorted(chance.sample(GROUPS, chance.choice((0, 0, 1, 2))))),
        sex=chance.choice("12"),
    )


def pupil_xml(pupil: FakePupil) -> str:
    """Write one ELEVE, with the elements that Balise does not keep among the others."""
    lines = [
        ("ID_NATIONAL", pupil.ine),
        ("NOM_DE_FAMILLE", pupil.last_name),
        ("NOM_USAGE", pupil.usage_name),
        ("PRENOM", pupil.first_name),
        ("PRENOM2", pupil.second_name),
        ("PRENOM3", pupil.third_name),
        ("DATE_NAISS", pupil.birth_date),
        ("DOUBLEMENT", "0"),
        ("CODE_PAYS", "100"),
        ("CODE_SEXE", pupil.sex),
        ("CODE_COMMUNE_INSEE_NAISS", "75056"),
        ("DATE_SORTIE", pupil.left_on),
        ("CODE_MEF", pupil.mef),
        ("CODE_STATUT", "ST"),
    ]
    body = "".join(f"<{tag}>{escape(text)}</{tag}>\n" for tag, text in lines if text)
    return f'<ELEVE ELEVE_ID="{escape(pupil.record)}" ELENOET="{escape(pupil.record)}">\n{body}</ELEVE>\n'


def structures_xml(pupil: FakePupil) -> str:
    """Write the classes and groups of one pupil."""
    codes = [(code, "G") for code in pupil.groups] + [(code, "D") for code in pupil.classes]
    body = "".join(
        f"<STRUCTURE><CODE_STRUCTURE>{escape(code)}</CODE_STRUCTURE>"
        f"<TYPE_STRUCTURE>{letter}</TYPE_STRUCTURE></STRUCTURE>\n"
        for code, letter in codes
    )
    return (
        f'<STRUCTURES_ELEVE ELEVE_ID="{escape(pupil.record)}">\n{body}</STRUCTURES_ELEVE>\n' if codes else ""
    )


def siecle_text(pupils: Sequence[FakePupil], uai: str | None = UAI, encoding: str = "ISO-8859-15") -> str:
    """Write a whole export; `uai=None` leaves the UAJ out."""
    uaj = "" if uai is None else f"<UAJ>{uai}</UAJ>"
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<BEE_ELEVES VERSION="2.1">\n'
        f"<PARAMETRES>{uaj}<ANNEE_SCOLAIRE>2025</ANNEE_SCOLAIRE><DATE_EXPORT>01/09/2025</DATE_EXPORT>"
        "<HORODATAGE>01/09/2025 08:00:00</HORODATAGE></PARAMETRES>\n<DONNEES>\n<ELEVES>\n"
        + "".join(pupil_xml(pupil) for pupil in pupils)
        + "</ELEVES>\n<STRUCTURES>\n"
        + "".join(structures_xml(pupil) for pupil in pupils)
        + "</STRUCTURES>\n</DONNEES>\n</BEE_ELEVES>\n"
    )


def siecle_xml(pupils: Sequence[FakePupil], uai: str | None = UAI, encoding: str = "ISO-8859-15") -> bytes:
    """Encode a whole export; letters that the encoding lacks become references, as SIECLE does."""
    return siecle_text(pupils, uai, encoding).encode(encoding, errors="xmlcharrefreplace")


def zipped(members: dict[str, bytes]) -> bytes:
    """Pack files, by name, into a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a file from the command line."""
    parser = argparse.ArgumentParser(description="Fabrique un export SIECLE d’élèves inventés.")
    parser.add_argument("fichier", type=Path, nargs="?", help=f"par défaut {XML_NAME} ou {ZIP_NAME}")
    parser.add_argument("--eleves", type=int, default=600)
    parser.add_argument("--classes", default=",".join(COLLEGE), help="noms séparés par des virgules")
    parser.add_argument("--codage", default="ISO-8859-15")
    parser.add_argument("--uai", default=UAI)
    parser.add_argument("--graine", type=int, default=1)
    parser.add_argument("--zip", action="store_true", help="range le XML dans une archive zip")
    given = parser.parse_args(arguments)
    content = siecle_xml(
        draw_pupils(given.eleves, given.classes.split(","), given.graine), given.uai, given.codage
    )
    target = given.fichier or Path(ZIP_NAME if given.zip else XML_NAME)
    target.write_bytes(zipped({XML_NAME: content}) if given.zip else content)
    print(f"{target} : {given.eleves} élèves, {target.stat().st_size // 1024} Kio.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
