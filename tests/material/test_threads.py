"""The server makes files in several threads: pupils who are served together get what each would get alone."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.material.library import RECIPES
from portal.material.recipe import Made, dice_of

TOGETHER = 4


@pytest.mark.parametrize("name", RECIPES)
def test_files_made_together_are_those_made_alone(name: str) -> None:
    recipe = RECIPES[name].model_validate({"generator": name})

    def make(seed: int) -> Made:
        return recipe.make(dice_of(str(seed)))

    with ThreadPoolExecutor(TOGETHER) as threads:
        together = list(threads.map(make, range(2 * TOGETHER)))

    assert together == [make(seed) for seed in range(2 * TOGETHER)]
