"""Every scenario in Chromium by the keyboard alone: on a phone without JavaScript, at a desk with it."""

import pytest

from portal.material.simulators.library import SIMULATORS
from tests.material.simulators.browser import play, sit_down
from tests.material.simulators.scenes import scenario_files, scene

pytestmark = pytest.mark.browser
EVERY = [path for name in SIMULATORS for path in scenario_files(name)]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
@pytest.mark.parametrize(("width", "javascript"), [(360, False), (1280, True)], ids=["phone", "desk"])
class TestEveryScenario:
    def test_its_solution_succeeds_and_everybody_can_use_each_screen(self, browser, path, width, javascript):
        scenario = scene(path)
        with sit_down(browser, scenario, width, javascript) as page:
            # axe needs scripts to run; the screens are the same without.
            assert play(page, scenario.solution, looked_at=javascript) == "done"

    def test_its_first_mistake_fails(self, browser, path, width, javascript):
        scenario = scene(path)
        with sit_down(browser, scenario, width, javascript) as page:
            assert play(page, scenario.mistakes[0]) in {"under_way", "spoilt"}
