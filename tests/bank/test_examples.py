"""The examples of docs/banque.md are accepted by the schema."""

import re
from pathlib import Path

import yaml

from portal.bank import schema
from portal.domain.referential import Kind

BLOCKS = re.findall(
    r"^```yaml\n(.*?)^```",
    (Path(__file__).parents[2] / "docs/banque.md").read_text("utf-8"),
    re.DOTALL | re.MULTILINE,
)
COMMON = {
    "instruction": "Lisez cette fenêtre.",
    "explanation": "Une phrase qui explique tout.",
    "seconds": 40,
}


def test_the_subject_and_one_question_of_each_kind_are_accepted():
    subject, questions, _ = map(yaml.safe_load, BLOCKS)
    subject["skills"][0]["challenges"] = [question | COMMON for question in questions]

    tube = schema.Tube.model_validate(subject)

    assert {one.kind for one in tube.skills[0].challenges} == set(Kind)


def test_the_pathway_is_accepted():
    assert schema.Pathway.model_validate(yaml.safe_load(BLOCKS[2])).stages[1].threshold is None
