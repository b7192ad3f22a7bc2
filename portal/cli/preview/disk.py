"""The preview as pages on the disk, to hand over: nothing answers there."""

import base64
import re
import shutil
from pathlib import Path
from typing import Any

from flask import current_app, render_template

from portal import clock, samples
from portal.bank.workshop import Found, What, Workshop
from portal.cli.preview import pages
from portal.cli.preview.desk import Desk
from portal.domain.referential import Challenge, Skill
from portal.markup import render_markdown
from portal.material.recipe import MadeFile
from portal.services import exercises
from portal.settings import Settings


def write(workshop: Workshop, found: Found | None, folder: Path) -> Path:
    """Write the list and a page for each question; give the list."""
    every = list(workshop.bank.every_challenge())
    name = found.name if found else ""
    chosen = [(skill, one) for skill, one in every if name in {skill.tube, skill.id, one.id}]
    if found and found.what is What.SCENARIO:
        chosen = [(skill, one) for skill, one in every if (one.scenario or {}).get("id") == name]
    _copy_assets(folder)
    for filename, page in _pages(workshop, chosen).items():
        (folder / filename).write_text(page, "utf-8")
    return (folder / "index.html").resolve()


def _copy_assets(folder: Path) -> None:
    settings: Settings = current_app.extensions["balise"]
    for name in current_app.extensions["assets"].values():
        target = folder / "statique" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(settings.instance / "statiques" / name, target)


def _pages(workshop: Workshop, chosen: list[tuple[Skill, Challenge]]) -> dict[str, str]:
    """Render the list and every question, by file name."""
    desk, names = Desk(workshop), [f"{challenge.id}.html" for _, challenge in chosen]
    rendered = {"index.html": _render("content/preview_list.html", chosen=chosen)}
    for at, (skill, challenge) in enumerate(chosen):
        exercise = desk.exercise(challenge, 0)
        if drawn := exercises.picture_of(exercise.challenge):
            rendered[f"{challenge.id}.svg"] = drawn.svg
        file = workshop.made(challenge, 0).file if challenge.recipe else None
        rendered[names[at]] = _render(
            "content/preview.html",
            card=pages.card(
                desk,
                challenge,
                0,
                rank=at + 1,
                action="#",
                drawn_url=f"{challenge.id}.svg",
                refused=None,
                now=clock.now(),
            ),
            answers=samples.answers_of(exercise),
            explanation=render_markdown(exercise.challenge.explanation),
            facts=list(pages.facts(exercise.challenge, skill)),
            following=names[at + 1] if at + 1 < len(names) else None,
            action="#",
            begin_url="#",
            leave_url="#",
            file_url=_data_url(file) if file else "",
            token="",
            error=None,
            report=None,
        )
    return rendered


def _data_url(file: MadeFile) -> str:
    return f"data:{file.media_type};base64,{base64.b64encode(file.content).decode()}"


def _render(template: str, **context: Any) -> str:
    """Render a page that is read from the disk: relative addresses, and no script as nothing answers."""
    # The layouts ask who is looking: a bare request says nobody, and reads no database.
    with current_app.test_request_context("/"):
        page = render_template(template, oob=False, **context)
    page = re.sub(r"\s*<script\b[^>]*></script>", "", page)
    return page.replace('="/statique/', '="statique/').replace('href="/"', 'href="index.html"')
