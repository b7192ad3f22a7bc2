"""The whole job, once, for real: from the first-run page to the class's results in a spreadsheet."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal.domain.referential import Challenge
from tests.journeys import spreadsheet
from tests.journeys.answers import fill_in, on_screen
from tests.journeys.house import House
from tests.journeys.visitor import Visitor, words
from tests.tools import siecle
from tests.tools.siecle import FakePupil

pytestmark = pytest.mark.browser

Sit = Callable[..., Visitor]
CLASSES = ("6eA", "6eB", "5eA")
PATHWAY = "Protection et sécurité"
PASSWORD = "cerise tambour nuage vélo"


@dataclass
class Job:
    """What the people of the school tell each other."""

    house: House
    sit: Callable[[], Visitor]
    roster: list[FakePupil]
    code: str = ""
    campaign: str = ""

    def pupil_of(self, class_name: str) -> FakePupil:
        """Choose a pupil whom names and birth date cannot confuse."""
        plain = [one for one in self.roster if one.classes == (class_name,) and not one.left_on]
        return next(one for one in plain if one.last_name.isalpha() and not one.usage_name)


@pytest.fixture(
    params=[(1280, True), (360, False)], ids=["at a desk, with JavaScript", "on a phone, without JavaScript"]
)
def job(request: pytest.FixtureRequest, new_house: House, sit_at: Sit) -> Job:
    """A portal just installed, and the file that the school's administration exported."""
    width, javascript = request.param
    return Job(
        new_house,
        lambda: sit_at(new_house, width=width, javascript=javascript),
        siecle.draw_pupils(60, CLASSES, seed=6),
    )


def test_a_school_goes_from_its_first_page_to_its_results_in_a_spreadsheet(job: Job, tmp_path: Path) -> None:
    solene = set_the_school_up(job)
    import_the_roster(job, solene, tmp_path)
    create_the_campaign(job, solene)
    bruno = invite_a_colleague(job, solene)

    first, second = job.pupil_of("6eA"), job.pupil_of("6eB")
    leave_and_come_back(job, first)
    begin(job, second, answers=3)

    read_activity(job, bruno, first, second, tmp_path)
    read_results(job, bruno, first, tmp_path)


# ---- The administrator


def set_the_school_up(job: Job) -> Visitor:
    """Fill in the first-run page."""
    solene = job.sit()
    solene.go("/")
    assert solene.page.url.endswith("/premiere-installation")
    solene.fill("Nom de l’établissement", "Collège des Tilleuls")
    solene.fill("UAI", siecle.UAI)
    solene.fill("Prénom", "Solène")
    solene.fill("Nom", "Martin")
    solene.fill("Adresse électronique", "solene.martin@ecole.example")
    solene.fill("Mot de passe", PASSWORD)
    solene.press("Créer l’établissement")
    assert "Collège des Tilleuls" in solene.text
    return solene


def import_the_roster(job: Job, solene: Visitor, folder: Path) -> None:
    """Import the file as SIECLE writes it, and confirm the grades of the classes."""
    file = folder / siecle.XML_NAME
    file.write_bytes(siecle.siecle_xml(job.roster))
    solene.follow("Élèves")
    solene.follow("Importer les élèves")
    solene.page.locator("input[type=file]").set_input_files(file)
    solene.press("Lire le fichier")
    assert solene.title == "Vérifier l’import"
    for name in CLASSES:
        chosen = solene.page.get_by_label(f"Niveau de la classe {name}").locator("option:checked")
        assert words(chosen) == {"6": "6e", "5": "5e"}[name[0]]
    solene.press("Importer dans la liste")
    assert solene.title == "Import terminé"


def create_the_campaign(job: Job, solene: Visitor) -> None:
    """Create a campaign from a parcours: the grades and the name come with it."""
    solene.follow("Campagnes")
    solene.follow("Nouvelle campagne")
    if solene.javascript:
        solene.choose("Parcours", PATHWAY)
        solene.page.get_by_label("Le parcours choisi").wait_for()
        solene.settle()
    else:
        solene.choose("Parcours", PATHWAY)
        solene.press("Proposer les niveaux et le nom")
    job.campaign = solene.page.get_by_label("Nom de la campagne").input_value()
    assert job.campaign.startswith(PATHWAY)
    solene.press("Créer la campagne")
    assert solene.title == job.campaign
    job.code = words(solene.page.locator("p.code").first)


def invite_a_colleague(job: Job, solene: Visitor) -> Visitor:
    """Hand a link over to the principal teacher, who joins the team with it."""
    solene.follow("Équipe")
    solene.follow("Inviter des collègues")
    solene.fill("Adresses électroniques", "bruno.petit@ecole.example")
    solene.choose("Fonction", "Professeur principal")
    solene.press("Préparer les invitations")
    link = words(solene.page.locator(".copyable code"))
    bruno = job.sit()
    bruno.go(link)
    bruno.fill("Prénom", "Bruno")
    bruno.fill("Nom", "Petit")
    bruno.fill("Mot de passe", PASSWORD)
    bruno.press("Rejoindre l’équipe")
    assert bruno.title == "Bonjour Bruno"
    return bruno


# ---- The pupils


def begin(job: Job, pupil: FakePupil, *, answers: int) -> tuple[Visitor, str, str]:
    """Join with the code, say who one is, note the credentials, and answer some questions."""
    visitor = job.sit()
    visitor.go("/")
    visitor.fill("Code de la campagne", job.code.lower())
    visitor.press("Je rejoins")
    assert visitor.title == job.campaign
    visitor.follow("Je commence")
    visitor.fill("Prénom", pupil.first_name)
    visitor.fill("Nom de famille", pupil.last_name.lower())
    visitor.fill("Date de naissance", pupil.birth_date)
    visitor.press("C’est moi")
    assert pupil.first_name in visitor.title
    visitor.press("Oui, c’est moi")
    username, secret = visitor.page.locator("dl.facts dd").all_inner_texts()
    visitor.press("C’est noté, je commence")
    assert visitor.title == "Question 1"
    chance = random.Random(pupil.record)
    for _ in range(answers):
        answer(visitor, chance.random())
    return visitor, username, secret


def answer(visitor: Visitor, lot: float) -> Challenge:
    """Answer right, wrong, or not; go on after the corrections."""
    challenge = on_screen(visitor.page)
    if lot < 0.2:
        visitor.press("Je passe")
    else:
        fill_in(visitor.page, right=lot < 0.75)
        visitor.press("Je valide")
    if visitor.title == "Où vous en êtes":
        visitor.follow("Je continue")
    return challenge


def leave_and_come_back(job: Job, pupil: FakePupil) -> None:
    """Leave in the middle, come back at another computer to the same question, and finish."""
    before, username, secret = begin(job, pupil, answers=6)
    waiting, title = on_screen(before.page), before.title
    before.press("Ce n’est pas moi")

    visitor = job.sit()
    visitor.go("/")
    visitor.follow("J’ai déjà un identifiant")
    visitor.fill("Identifiant", username)
    visitor.fill("Mot de passe", secret)
    visitor.press("Je me connecte")
    visitor.follow(f"Je reprends : {job.campaign}")
    assert (on_screen(visitor.page), visitor.title) == (waiting, title)

    chance = random.Random(pupil.record)
    while not visitor.page.url.endswith("/fin"):
        answer(visitor, chance.random())
    assert "Vos résultats sont envoyés à l’équipe de l’établissement." in visitor.text


# ---- The principal teacher


def open_view(job: Job, bruno: Visitor, view: str) -> None:
    """Go to a view of the campaign, by the menus."""
    bruno.follow("Campagnes")
    bruno.follow(job.campaign)
    bruno.follow(view, within=bruno.page.get_by_label("Vues de la campagne"))


def filter_by(bruno: Visitor, label: str, value: str, *, rows: int) -> None:
    """Choose in a filter, and wait for its list; the URL alone gives the same list again."""
    bruno.choose(label, value)
    if not bruno.javascript:
        bruno.press("Filtrer")
    bruno.wait_until(lambda: len(table_of(bruno)) == rows, "the filter does nothing")
    bruno.settle()
    shown = table_of(bruno)
    bruno.go(bruno.page.url)
    assert table_of(bruno) == shown


def table_of(bruno: Visitor) -> list[list[str]]:
    """Read the last table of the page, as it is shown."""
    rows: list[list[str]] = bruno.page.evaluate(
        """() => [...([...document.querySelectorAll('table')].at(-1)?.tBodies[0].rows ?? [])]
          .map((row) => [...row.cells].map((cell) => cell.innerText.split(/\\s+/).join(' ').trim()))"""
    )
    return rows


def read_activity(job: Job, bruno: Visitor, first: FakePupil, second: FakePupil, folder: Path) -> None:
    """Read who has finished and who plays, then the same in a spreadsheet, cell by cell."""
    open_view(job, bruno, "Activité")
    filter_by(bruno, "Classe", "6eA", rows=len(expected_in(job, "6eA")))
    assert {row[2] for row in table_of(bruno) if is_of(row, first)} == {"Envoyée"}
    filter_by(bruno, "Classe", "6eB", rows=len(expected_in(job, "6eB")))
    assert {row[2] for row in table_of(bruno) if is_of(row, second)} == {"En cours"}

    bruno.follow("Activité", within=bruno.page.get_by_label("Vues de la campagne"))
    sheet = download(bruno, "Exporter cette liste (CSV)", folder)

    assert sheet[0] == ["Nom", "Prénom", "Classe", "État", "% de progression", "Dernière réponse"]
    assert [spreadsheet.as_activity(row) for row in sheet[1:]] == table_of(bruno)


def read_results(job: Job, bruno: Visitor, first: FakePupil, folder: Path) -> None:
    """Read the results of a class and of a pupil, then the same in a spreadsheet."""
    open_view(job, bruno, "Résultats")
    filter_by(bruno, "Classe", "6eA", rows=1)
    shown = table_of(bruno)
    sheet = download(bruno, "Résultats complets (CSV)", folder)
    lines = [dict(zip([str(one) for one in sheet[0]], row, strict=True)) for row in sheet[1:]]

    assert [spreadsheet.as_result(line) for line in lines] == shown
    assert is_of(shown[0], first)

    bruno.follow(shown[0][0])
    assert bruno.title == shown[0][0]
    counts = [words(one) for one in bruno.page.locator("h2 + p .mastery").all()]
    assert counts == spreadsheet.competences_of(lines[0])


def expected_in(job: Job, class_name: str) -> list[FakePupil]:
    """List the pupils of a class who have not left."""
    return [one for one in job.roster if one.classes == (class_name,) and not one.left_on]


def is_of(row: list[str], pupil: FakePupil) -> bool:
    """Tell whether a row is about this pupil."""
    return pupil.first_name in row[0] and pupil.last_name.casefold() in row[0].casefold()


def download(bruno: Visitor, name: str, folder: Path) -> list[list[spreadsheet.Cell]]:
    """Download a file and open it in LibreOffice."""
    with bruno.page.expect_download() as started:
        bruno.page.get_by_role("link", name=name).click()
    file = folder / started.value.suggested_filename
    started.value.save_as(file)
    return spreadsheet.read(file, folder / "libreoffice")
