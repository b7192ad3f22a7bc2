"""The preview of a copy of the good bank, without the portal."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portal.bank.workshop import Workshop
from portal.cli.preview.server import make_app
from portal.settings import Settings

GOOD = Path(__file__).parents[2] / "bank" / "good"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The folder of the bank."""
    return Path(shutil.copytree(GOOD, tmp_path / "fr"))


@pytest.fixture
def client(content: Path) -> FlaskClient:
    """A browser without JavaScript, on the preview."""
    settings = Settings(
        instance=content, database_url="sqlite:////nulle/part", secret_key="k" * 64, content=content
    )
    return make_app(Workshop(content), settings).test_client()


@pytest.fixture
def edit(content: Path) -> Callable[[str, str, str], None]:
    """Save a file with something else in it."""

    def save(file: str, old: str, new: str) -> None:
        path = content / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return save
