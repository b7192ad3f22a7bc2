"""A portal as people run it, in a process of its own, with a door for what a test prepares or verifies."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask

from portal import create_app
from portal.extensions import db
from portal.settings import Settings
from tests.journeys.servers import SECRET_KEY, Instance, running


@dataclass
class House:
    """A running portal; `app` is the same one without its server, on the same database."""

    instance: Instance
    port: int
    journal: Path

    @property
    def url(self) -> str:
        """Give the address of the portal."""
        return f"http://127.0.0.1:{self.port}"

    @cached_property
    def app(self) -> Flask:
        """Open the application in this process."""
        return create_app(
            Settings(
                instance=self.instance.folder,
                database_url=self.instance.database_url,
                secret_key=SECRET_KEY,
                port=self.port,
            )
        )

    def let_go(self) -> None:
        """Close the database."""
        if "app" in self.__dict__:
            with self.app.app_context():
                db.session.remove()
                db.engine.dispose()


@contextmanager
def open_house(folder: Path) -> Iterator[House]:
    """Run a portal in a folder, new or not, for as long as the block lasts."""
    folder.mkdir(parents=True, exist_ok=True)
    instance = Instance(folder, f"sqlite:///{folder / 'balise.sqlite3'}")
    with running(instance) as server:
        house = House(instance, server.port, server.log)
        try:
            yield house
        finally:
            house.let_go()
