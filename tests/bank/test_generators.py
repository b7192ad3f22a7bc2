"""The page of the generators says what they are now."""

from pathlib import Path

from portal.bank.generators import page
from portal.material.library import RECIPES

PAGE = Path(__file__).parents[2] / "docs" / "generateurs.md"


def test_the_page_is_the_one_the_command_writes():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_generator_is_on_it():
    assert len(RECIPES) >= 25
    assert all(f"## `{name}`" in page() for name in RECIPES)
