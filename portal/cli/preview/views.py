"""The pages of the preview that are not a question: lists, subjects, pathways, tutorials, and what cannot be read."""

from dataclasses import replace
from pathlib import Path

from flask import Blueprint, Response, request, url_for

from portal import htmx
from portal.assets import asset
from portal.bank.places import Problem
from portal.bank.workshop import Found, What, Workshop
from portal.cli.preview import pages
from portal.domain.pathway import skills_of
from portal.markup import render_sections, with_pictures


def make(workshop: Workshop) -> Blueprint:
    """Make the views of one workshop."""
    bp = Blueprint("apercu", __name__)

    @bp.get("/etat")
    def state() -> Response:
        return Response(str(request.environ["balise.state"]), mimetype="text/plain")

    @bp.get("/")
    def index() -> Response:
        return htmx.render(
            "content/index.html", bank=workshop.bank, scenes=sorted(workshop.shelf.scenarios())
        )

    @bp.get("/nom/<name>")
    def by_name(name: str) -> Response:
        found = workshop.find(name)
        return htmx.redirect_to(f"/{found.what}/{found.name}") if found else gone(workshop)

    @bp.get("/<any(sujet, acquis):what>/<name>")
    def subject(what: str, name: str) -> Response:
        found = expected(workshop, What(what), name)
        return found if isinstance(found, Response) else _subject(workshop, found)

    @bp.get("/parcours/<name>")
    def pathway(name: str) -> Response:
        found = expected(workshop, What.PATHWAY, name)
        return found if isinstance(found, Response) else _pathway(workshop, found)

    @bp.get("/tutoriel/<name>")
    def tutorial(name: str) -> Response:
        if name not in workshop.bank.tutorials:
            return gone(workshop)
        title, _, body = workshop.bank.tutorials[name].partition("\n")
        opening, sections = render_sections(body)
        return htmx.render(
            "content/tutorial.html",
            title=title.removeprefix("# ").strip(),
            opening=with_pictures(opening, asset),
            sections=[replace(one, body=with_pictures(one.body, asset)) for one in sections],
        )

    return bp


def expected(workshop: Workshop, what: What, name: str) -> Found | Response:
    """Find what an address names, or say what keeps it from being shown."""
    found = workshop.find(name)
    if found is None or found.what is not what:
        files = ("sujets", "parcours", "scenarios")
        same = (one for folder in files for one in workshop.content.glob(f"{folder}/*/{name}.yaml"))
        other = next((workshop.find(path.relative_to(workshop.content).as_posix()) for path in same), None)
        found = other if other and other.what is what else None
    problems = workshop.unreadable(found, name)
    if problems and (found is None or any(one.place.file in found.files for one in problems)):
        return _broken(problems)
    return found or gone(workshop)


def gone(workshop: Workshop) -> Response:
    """Say that nothing has this name, and what cannot be read: it may be there."""
    name = Path(request.path).name
    problems = workshop.unreadable(None, name)
    return _broken(problems) if problems else htmx.render("content/gone.html", status=404, name=name)


def _broken(problems: list[Problem]) -> Response:
    return htmx.render("content/broken.html", verdicts=pages.verdicts(problems, own=""))


def _subject(workshop: Workshop, found: Found) -> Response:
    bank = workshop.bank
    tube = next(
        one
        for one in bank.tubes.values()
        if found.name == one.id or any(skill.id == found.name for skill in one.skills)
    )
    problems = workshop.verdicts(found)
    skills = [skill for skill in tube.skills if found.name in {tube.id, skill.id}]
    return htmx.render(
        "content/subject.html",
        tube=tube,
        skills=[(skill, bank.challenges[skill.id]) for skill in skills],
        faulty={one.place.name for one in problems},
        verdicts=pages.verdicts(problems, own=found.files[0]),
        file=found.files[0],
        has_tutorial=tube.id in bank.tutorials,
        tutorial_url=url_for("apercu.tutorial", name=tube.id),
    )


def _pathway(workshop: Workshop, found: Found) -> Response:
    bank = workshop.bank
    pathway = bank.pathways[found.name]
    capped = [(bank.tubes.get(tube), tube, maximum) for tube, maximum in pathway.tubes]
    rows = [
        (tube, name, maximum, [skill for skill in tube.skills if skill.level <= maximum] if tube else [])
        for tube, name, maximum in capped
    ]
    known = all(tube for tube, _, _ in capped)
    skills = skills_of(pathway, bank.tubes) if known else ()
    return htmx.render(
        "content/pathway.html",
        pathway=pathway,
        rows=rows,
        count=len(skills),
        competences=len({skill.competence for skill in skills}),
        verdicts=pages.verdicts(workshop.verdicts(found), own=found.files[0]),
        file=found.files[0],
    )
