"""A running portal, a real Chromium, and people to sit at it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.house import House, open_house
from tests.journeys.visitor import Visitor


@pytest.fixture(scope="session")
def shared_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A portal for all the tests of this worker that bring their own people."""
    with open_house(tmp_path_factory.mktemp("portail")) as house:
        yield house


@pytest.fixture
def new_house(tmp_path: Path) -> Iterator[House]:
    """A portal just installed: no school yet."""
    with open_house(tmp_path / "portail") as house:
        yield house


@pytest.fixture
def sit_at(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Give somebody a browser of his or her own; what it complained about fails the test."""
    visitors: list[tuple[Visitor, House]] = []

    def sit(house: House, *, width: int = 1280, javascript: bool = True) -> Visitor:
        visitor = Visitor(browser, house.url, width=width, javascript=javascript)
        visitors.append((visitor, house))
        return visitor

    yield sit
    # pytest shows this beside a failure.
    for journal in {house.journal for _, house in visitors}:
        print(journal.read_text()[-4000:])
    for visitor, _ in visitors:
        visitor.close()


@pytest.fixture(
    params=[(360, True), (360, False), (1280, True), (1280, False)],
    ids=["phone", "phone, no JavaScript", "desk", "desk, no JavaScript"],
)
def visitor(request: pytest.FixtureRequest, shared_house: House, sit_at: Callable[..., Visitor]) -> Visitor:
    """Somebody at a phone and at a desk, with and without JavaScript."""
    width, javascript = request.param
    return sit_at(shared_house, width=width, javascript=javascript)
