"""The campaigns of a school: list, creation, page, life."""

import secrets
from typing import Any
from urllib.parse import urlsplit

import segno
from flask import Response, request, url_for
from markupsafe import Markup

from portal import clock, htmx
from portal.access import current_viewer, load_campaign, open_to
from portal.bank_store import current_bank
from portal.blueprints.campaigns import bp
from portal.blueprints.campaigns.filters import PER_PAGE, Filters, read_filters
from portal.blueprints.campaigns.forms import AudienceForm, CampaignForm, proposed_name
from portal.blueprints.campaigns.lines import figures_of
from portal.blueprints.campaigns.readiness import readiness_of
from portal.chrome import say
from portal.domain.campaign import CampaignKind, Sending
from portal.domain.forecast import Ease
from portal.domain.pathway import Pathway, skills_of
from portal.domain.permissions import Action, is_allowed
from portal.domain.school import Grade, school_year
from portal.labels import LABELS
from portal.persistence.models import Campaign
from portal.persistence.queries import campaigns as queries
from portal.persistence.queries import forecasts
from portal.persistence.queries.campaigns import View
from portal.services import campaigns as services
from portal.services import freezing, order

VIEWS = {View.ALL: "Toutes les campagnes", View.MINE: "Mes campagnes", View.ARCHIVED: "Archivées"}


@bp.get("/campagnes")
@open_to(Action.READ_SCHOOL)
def index() -> Response:
    """List the campaigns of the school, and say first how many pupils are still awaited."""
    viewer = current_viewer()
    filters = read_filters(request.args)
    wanted = filters.wanted(school_id=viewer.school_id, member_id=viewer.member_id)
    counts = queries.count_by_view(wanted)
    pages = max(1, -(-counts[filters.view] // PER_PAGE))
    page = min(filters.page, pages)
    rows = queries.listed(wanted, filters.view, first=(page - 1) * PER_PAGE, count=PER_PAGE)
    return htmx.render(
        "campaigns/index.html",
        fragment="campaigns/_list.html",
        oob=["campaigns/_counts.html"],
        filters=filters,
        tabs_of_views=_tabs(filters, counts),
        rows=rows,
        figures=figures_of(viewer.school_id, [row.id for row in rows]),
        count=counts[filters.view],
        waiting=queries.count_waiting(wanted, filters.view),
        page=page,
        pages=pages,
        options=_filter_options(viewer.school_id),
    )


def _tabs(filters: Filters, counts: dict[View, int]) -> list[dict[str, Any]]:
    return [
        {
            "label": f"{title} ({counts[view]})",
            "url": filters.url_for_view(view),
            "current": view is filters.view,
        }
        for view, title in VIEWS.items()
    ]


def _filter_options(school_id: int) -> dict[str, list[tuple[str, str]]]:
    return {
        "owners": [
            (str(one.public_id), f"{one.first_name} {one.last_name}") for one in queries.owners(school_id)
        ],
        "grades": [(grade.value, LABELS[grade]) for grade in Grade],
        "kinds": [(kind.value, LABELS[kind]) for kind in CampaignKind],
        "years": [(str(year), f"{year}-{year + 1}") for year in queries.years(school_id)],
    }


@bp.route("/campagnes/nouvelle", methods=["GET", "POST"])
@open_to(Action.CREATE_CAMPAIGN)
def create() -> Response:
    """Create a campaign: a parcours, for whom, under which name."""
    viewer, bank, now = current_viewer(), current_bank(), clock.now()
    classes = queries.classes(viewer.school_id)
    form = CampaignForm()
    form.offer(classes)
    form.offer_pathways(bank, classes)
    if request.method == "GET":
        _propose(form, request.args.get("parcours", ""), request.args.get("nom", ""), school_year(now))
    elif "proposer" in request.form:
        _propose(form, form.pathway.data, form.name.data or "", school_year(now))
    elif form.validate_on_submit():
        code = services.create(
            form.draft(),
            school_id=viewer.school_id,
            member_id=viewer.member_id,
            bank=bank,
            at=now,
            nonce=form.nonce.data or "",
        )
        say("La campagne est créée. Donnez son code aux élèves, ou imprimez l’affiche.")
        return htmx.see_other("campaigns.show", code=code)
    pathway = bank.pathways.get(form.pathway.data or "")
    return htmx.render(
        "campaigns/create.html",
        fragment="campaigns/_proposal.html",
        status=422 if form.errors else 200,
        push_url=url_for("campaigns.create", parcours=form.pathway.data or None),
        form=form,
        has_classes=bool(classes),
        pathway=pathway,
        size=_size_of(pathway) if pathway else None,
    )


def _propose(form: CampaignForm, chosen: str, typed_name: str, year: int) -> None:
    """Fill an empty form from the parcours chosen; a name typed by hand stays."""
    pathways = current_bank().pathways
    pathway = pathways.get(chosen)
    form.nonce.data = secrets.token_hex(16)
    form.pathway.data = chosen if pathway else ""
    is_typed = typed_name not in {"", *(proposed_name(one, year) for one in pathways.values())}
    form.name.data = typed_name if is_typed else proposed_name(pathway, year) if pathway else ""
    form.tick(pathway.grades if pathway else (), ())


def _size_of(pathway: Pathway) -> dict[str, Any]:
    bank = current_bank()
    length = forecasts.lengths([pathway.id]).get(pathway.id, {}).get(Ease.USUAL)
    return {
        "subjects": len(pathway.tubes),
        "skills": len(skills_of(pathway, bank.tubes)),
        "length": length,
        "before": order.titles(pathway, bank),
        # Until it is forecast, what the engine expects of a pupil that it knows nothing of.
        "questions": None if length else services.expected_questions(pathway, bank),
    }


@bp.get("/campagnes/<code>")
@open_to(Action.READ_SCHOOL)
def show(code: str) -> Response:
    """Show a campaign: its code to hand over, whom it is for, where the pupils stand."""
    viewer = current_viewer()
    campaign = load_campaign(code, Action.READ_SCHOOL)
    link = url_for("player.landing", code=campaign.code, _external=True)
    front = urlsplit(url_for("home.index", _external=True))
    return htmx.render(
        "campaigns/show.html",
        campaign=campaign,
        figures=figures_of(viewer.school_id, [campaign.id])[campaign.id],
        link=link,
        front_door=f"{front.netloc}{front.path.rstrip('/')}",
        qr=_qr(link, f"Lien vers la campagne {campaign.name}"),
        competences=_subjects(campaign),
        sending=LABELS[Sending(campaign.sending)],
        order=readiness_of(campaign, current_bank()),
        is_editor=is_allowed(
            viewer.role, Action.EDIT_CAMPAIGN, is_owner=campaign.owner_id == viewer.member_id
        ),
    )


def _qr(link: str, title: str) -> Markup:
    return Markup(segno.make(link, micro=False).svg_inline(omitsize=True, title=title))


def _subjects(campaign: Campaign) -> list[tuple[str, list[str]]]:
    """List the subjects frozen with a campaign under the title of their competence."""
    titles = {one.id: one.title for one in current_bank().referential.competences()}
    subjects: dict[str, dict[str, None]] = {}
    for skill in freezing.campaign_skills(campaign):
        subjects.setdefault(skill.competence, {})[skill.tube_title] = None
    return [(f"{one} {titles.get(one, '')}".strip(), [*subjects[one]]) for one in sorted(subjects)]


@bp.route("/campagnes/<code>/modifier", methods=["GET", "POST"])
@open_to(Action.EDIT_CAMPAIGN)
def edit(code: str) -> Response:
    """Change a campaign's name, landing text and audience."""
    campaign = load_campaign(code, Action.EDIT_CAMPAIGN)
    form = AudienceForm(data={"name": campaign.name, "landing_text": campaign.landing_text})
    form.offer(queries.classes(campaign.school_id))
    if form.validate_on_submit():
        services.edit(
            campaign,
            name=form.name.data or "",
            landing_text=form.landing_text.data or "",
            grades=form.grades,
            classes=form.classes,
        )
        say("La campagne est modifiée. Aucun résultat n’a changé.")
        return htmx.see_other("campaigns.show", code=campaign.code)
    if request.method == "GET":
        aims = queries.audiences([campaign.id])
        form.tick(
            [aim.grade for aim in aims if aim.grade],
            [aim.class_group_id for aim in aims if aim.class_group_id],
        )
    return htmx.render(
        "campaigns/edit.html", status=422 if form.errors else 200, form=form, campaign=campaign
    )


@bp.post("/campagnes/<code>/archiver")
@open_to(Action.EDIT_CAMPAIGN)
def archive(code: str) -> Response:
    """Archive a campaign."""
    campaign = load_campaign(code, Action.EDIT_CAMPAIGN)
    services.archive(campaign, at=clock.now())
    say(
        "La campagne est archivée\u00a0: personne ne peut plus la commencer. La question affichée chez un élève "
        "peut encore recevoir sa réponse\u00a0; toutes les réponses et les résultats sont conservés."
    )
    return htmx.see_other("campaigns.show", code=campaign.code)


@bp.post("/campagnes/<code>/desarchiver")
@open_to(Action.EDIT_CAMPAIGN)
def unarchive(code: str) -> Response:
    """Open an archived campaign again."""
    campaign = load_campaign(code, Action.EDIT_CAMPAIGN)
    services.unarchive(campaign)
    say("La campagne est de nouveau ouverte\u00a0: les élèves peuvent la commencer ou la reprendre.")
    return htmx.see_other("campaigns.show", code=campaign.code)
