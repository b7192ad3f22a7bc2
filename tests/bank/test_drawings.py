"""The page of the drawings says what the parts are now."""

from pathlib import Path

import yaml

from portal.bank.drawings import HEAD, page
from portal.material.pictures.library import compose, kinds

PAGE = Path(__file__).parents[2] / "docs" / "dessins.md"


def test_the_page_is_the_one_the_command_writes():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_part_is_on_it_with_its_keys():
    for kind in kinds():
        section = page().split(f"## `{kind.kind}`\n")[1].split("\n## ")[0]
        keys = {field.alias or name for name, field in kind.model_fields.items()} - {"id"}
        assert all(f"- `{key}` : " in section for key in keys)


def test_the_examples_of_its_head_are_drawn():
    question, places = (yaml.safe_load(block.split("```")[0]) for block in HEAD.split("```yaml\n")[1:])
    compose(question[0]["picture"])
    zones = compose(places["picture"]).zones
    assert all(one["part"] in zones for one in places["places"])
