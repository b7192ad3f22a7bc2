"""The examples of docs/banque.md are accepted by the schema."""

import re
from pathlib import Path
from typing import Any

import yaml

from portal.bank import schema
from portal.domain.referential import Kind
from portal.material.library import recipe_of
from portal.material.recipe import dice_of

BLOCKS = re.findall(
    r"^```yaml\n(.*?)^```",
    (Path(__file__).parents[2] / "docs/banque.md").read_text("utf-8"),
    re.DOTALL | re.MULTILINE,
)
CONTENT = Path(__file__).parents[2] / "portal" / "content" / "fr"
TOLD = {"explanation": "Une phrase qui explique tout.", "seconds": 40}
COMMON = {
    "instruction": "Lisez cette fenêtre.",
    "explanation": "Une phrase qui explique tout.",
    "seconds": 40,
}


def examples() -> list[dict[str, Any]]:
    """The questions of the page: those of each kind, then those with a file."""
    return [one for block in BLOCKS[1:4] for one in yaml.safe_load(block)]


def test_the_subject_and_one_question_of_each_kind_are_accepted():
    subject = yaml.safe_load(BLOCKS[0])
    subject["skills"][0]["challenges"] = [
        COMMON | question if question["kind"] != "simulator" else question | TOLD for question in examples()
    ]

    tube = schema.Tube.model_validate(subject)

    assert {one.kind for one in tube.skills[0].challenges} == set(Kind)


def test_the_scenario_and_the_files_of_the_examples_exist():
    scenarios = {path.stem for path in CONTENT.glob("scenarios/*/*.yaml")}
    assert {one["scenario"] for one in examples() if one["kind"] == "simulator"} <= scenarios
    for one in examples():
        if one.get("material"):
            made = recipe_of(one["material"]).make(dice_of("exemple"))
            assert one["answer"] in made.answers


def test_the_pathway_is_accepted():
    assert schema.Pathway.model_validate(yaml.safe_load(BLOCKS[4])).stages[1].threshold is None
