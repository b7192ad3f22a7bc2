"""What the pages show to authors is read and checked as the bank is: every model is a good question."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.bank import schema
from portal.bank.checks import verdicts
from portal.bank.loader import load_bank
from portal.bank.tutorial import headings
from portal.domain.referential import Kind
from tests.bank.small import SVG

DOCS = Path(__file__).parents[2] / "docs"
WRITING, REFERENCE = DOCS / "ecrire-une-question.md", DOCS / "banque.md"


def blocks(page: Path) -> list[Any]:
    """The examples of a page."""
    found = re.findall(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [yaml.safe_load(block) for block in found]


def questions() -> list[dict[str, Any]]:
    """The questions of the page for authors."""
    return [one for block in blocks(WRITING) if isinstance(block, list) for one in block]


def write(folder: Path, name: str, content: Any) -> None:
    """Write a file of a bank."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = (
        content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    )
    path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank made of the models of the page."""
    folder = tmp_path_factory.mktemp("fr")
    by_level: dict[int, list[dict[str, Any]]] = {}
    for one in questions():
        by_level.setdefault(int(one["id"].split("-")[1][0]), []).append(one)
    subject, *_ = blocks(REFERENCE)
    subject["skills"] = [
        subject["skills"][0]
        | {"id": f"chemins-{level}", "level": level, "tutorial": "niveaux-1-a-5", "challenges": variants}
        for level, variants in sorted(by_level.items())
    ]
    competence = {"id": "1.2", "title": "Gérer des données"}
    areas = [{"id": "1", "title": "Information", "competences": [competence]}]
    topics = [{"id": "fichiers", "title": "Fichiers et dossiers"}]
    write(folder, "referentiel.yaml", {"areas": areas, "topics": topics})
    write(folder, "sujets/1.2/chemins.yaml", subject)
    write(folder, "tutoriels/1.2/chemins.md", "# Suivre un chemin\n\n## Niveaux 1 à 5\n\nUn chemin se lit.\n")
    for scenario in (block for block in blocks(WRITING) if "simulator" in block):
        write(folder, f"scenarios/{scenario['simulator']}/{scenario['id']}.yaml", scenario)
    for one in questions():
        if "media" in one:
            width, height = one["size"]
            write(
                folder, f"medias/{one['media']['file']}", SVG.replace("0 0 640 200", f"0 0 {width} {height}")
            )
    return folder


def test_every_model_is_a_good_question_of_a_good_bank(bank):
    assert [str(one) for one in verdicts(bank)] == []


def test_there_is_a_model_of_every_kind(bank):
    every = [challenge for _, challenge in load_bank(bank).every_challenge()]

    assert {one.kind for one in every} == set(Kind)
    assert any(one.timer for one in every) and any(one.focus for one in every)
    assert {one.kind for one in every if one.recipe} == {Kind.NUMBER, Kind.SINGLE_CHOICE}
    assert len(every) == len(questions())


def test_the_subject_and_the_pathway_of_the_reference_are_read(bank):
    subject, pathway = blocks(REFERENCE)

    assert subject["id"] == "chemins"
    assert schema.Pathway.model_validate(pathway).stages[1].threshold is None


def test_the_reference_names_every_kind_and_each_key_of_it():
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| (.*?) \|$", REFERENCE.read_text("utf-8"), re.MULTILINE))

    assert set(rows) >= set(Kind)
    for one in questions():
        own = set(one) - {"id", "kind", "instruction", "explanation", "seconds", "doing", "picture", "media"}
        for key in own - {"material", "timer", "focus", "phone_friendly", "size"}:
            assert f"`{key}`" in rows[one["kind"]], (one["kind"], key)


def test_the_links_between_the_two_pages_lead_somewhere():
    for page in (WRITING, REFERENCE):
        for target in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
            file, _, anchor = target.partition("#")
            to = page if not file else DOCS / file
            if "<" in target or not (file.endswith(".md") or not file):
                continue
            assert to.is_file(), target
            titles = {
                re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
                for _, title in headings(to.read_text("utf-8"))
            }
            assert not anchor or anchor in titles, target


def test_every_message_that_is_explained_is_one_that_is_said():
    sources = [*Path("portal/bank").rglob("*.py"), *Path("portal/material/simulators").glob("*.py")]
    said = "".join(path.read_text("utf-8") for path in (DOCS.parent / one for one in sources))
    said = re.sub(r'"\s*\n\s*f?"', "", said).replace("« vous »", "vous").replace("\\u00a0", " ")
    first_column = re.findall(r"^\| (« .*? ») \|", WRITING.read_text("utf-8"), re.MULTILINE)

    for message in re.findall(r"« ([^»]+) »", " ".join(first_column)):
        for part in re.split(r"…|\d+", message.strip()):
            assert part.strip(" ()") in said, message
