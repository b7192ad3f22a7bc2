"""Our static files and the bank's pictures: immutable names, compressed once, served by WhiteNoise."""

import gzip
import hashlib
import os
import shutil
from pathlib import Path

import brotli
from flask import Flask, current_app
from whitenoise import WhiteNoise

from portal.settings import Settings

COMPRESSED = {".css", ".js", ".svg", ".txt"}
ONE_YEAR = 365 * 24 * 3600


def init_app(app: Flask, settings: Settings) -> None:
    """Prepare the files of this version and serve them before the application."""
    folders = {"": Path(__file__).parent / "static", "medias": settings.content / "medias"}
    built = settings.instance / "statiques"
    names = {}
    for prefix, folder in folders.items():
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = "/".join(filter(None, [prefix, path.relative_to(folder).as_posix()]))
                names[name] = _prepare(path, name, built)
    app.extensions["assets"] = names
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=built, prefix="statique/", max_age=ONE_YEAR, immutable_file_test=lambda *_: True
    )
    app.jinja_env.globals["asset"] = asset


def asset(name: str) -> str:
    """Give the URL of a static file, as `css/app.css` or `medias/<picture>`.

    Raises: KeyError if there is no such file.
    """
    return f"/statique/{current_app.extensions['assets'][name]}"


def _prepare(path: Path, name: str, built: Path) -> str:
    """Copy a file under a name that holds its hash, with its compressed forms beside it."""
    content = path.read_bytes()
    stem, _, suffix = name.rpartition(".")
    hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
    target = built / hashed
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix in COMPRESSED:
            target.with_name(target.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
            target.with_name(target.name + ".br").write_bytes(brotli.compress(content))
        # Last, and by renaming: its presence says that the whole is ready, even with two processes.
        temporary = target.with_name(f"{target.name}.{os.getpid()}.en-cours")
        shutil.copyfile(path, temporary)
        temporary.rename(target)
    return hashed
