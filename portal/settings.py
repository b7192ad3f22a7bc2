"""What is read from the environment, once, at the start. A bad value stops the start with a sentence."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CONTENT = Path(__file__).resolve().parent / "content" / "fr"
MEBIBYTE = 1024 * 1024


class BadSetting(SystemExit):
    """A value of the environment that cannot be used."""


def _whole_number(environment: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = environment.get(name, str(default))
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise BadSetting(f"{name} vaut « {text} » : donnez un nombre entier de {least} à {most}.")
    return int(text)


def _yes_or_no(environment: Mapping[str, str], name: str, *, default: str = "non") -> bool:
    text = environment.get(name, default).lower()
    if text not in {"oui", "non"}:
        raise BadSetting(f"{name} vaut « {text} » : donnez « oui » ou « non ».")
    return text == "oui"


def _kept_secret(folder: Path) -> str:
    """Read the secret key of this installation, drawn at its first start and readable by its owner only."""
    path = folder / "cle-secrete"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Whole or absent, even after a power cut or when two first processes start together.
        descriptor, temporary = tempfile.mkstemp(dir=folder)
        with open(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(temporary, path)
        os.unlink(temporary)
    return path.read_text().strip()


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process."""

    instance: Path
    database_url: str
    secret_key: str
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 4
    trusted_proxy: str | None = None
    is_https: bool = False
    is_testing: bool = False
    has_night_work: bool = True
    content: Path = CONTENT

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read BALISE_* variables.

        Raises: BadSetting.
        """
        instance = Path(environment.get("BALISE_DOSSIER", ROOT / "instance")).resolve()
        instance.mkdir(parents=True, exist_ok=True)
        database_url = environment.get("BALISE_BASE", f"sqlite:///{instance / 'balise.sqlite3'}")
        if not database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise BadSetting("BALISE_BASE commence par « sqlite:/// » ou « postgresql+psycopg:// ».")
        secret_key = environment.get("BALISE_CLE") or _kept_secret(instance)
        if len(secret_key) < 32:
            raise BadSetting("BALISE_CLE compte 32 caractères au moins.")
        # SQLite is one process; of several on PostgreSQL, one only is told to do it.
        night = "oui" if database_url.startswith("sqlite") else "non"
        return cls(
            instance=instance,
            database_url=database_url,
            secret_key=secret_key,
            host=environment.get("BALISE_ADRESSE", "127.0.0.1"),
            port=_whole_number(environment, "BALISE_PORT", 8000, 1, 65535),
            threads=_whole_number(environment, "BALISE_FILS", 4, 1, 64),
            trusted_proxy=environment.get("BALISE_MANDATAIRE"),
            is_https=_yes_or_no(environment, "BALISE_HTTPS"),
            has_night_work=_yes_or_no(environment, "BALISE_NUIT", default=night),
        )

    @property
    def is_sqlite(self) -> bool:
        """Tell whether the embedded database serves."""
        return self.database_url.startswith("sqlite")

    def flask_config(self) -> dict[str, Any]:
        """Give what Flask and its extensions read."""
        return {
            "SECRET_KEY": self.secret_key,
            "TESTING": self.is_testing,
            "MAX_CONTENT_LENGTH": 24 * MEBIBYTE,
            "MAX_FORM_MEMORY_SIZE": MEBIBYTE,
            "SESSION_COOKIE_NAME": "__Host-balise" if self.is_https else "balise",
            "SESSION_COOKIE_SECURE": self.is_https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "PREFERRED_URL_SCHEME": "https" if self.is_https else "http",
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "WTF_CSRF_TIME_LIMIT": None,
            "RATELIMIT_STORAGE_URI": "memory://",
            "RATELIMIT_HEADERS_ENABLED": False,
        }
