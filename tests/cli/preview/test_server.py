"""The preview follows the files, and is answered and corrected as the player is."""

import re

import pytest

from portal.bank.workshop import Workshop
from tests.bank.planted.fault import DEPENSES, DOSSIERS, EXPLORER, RANGER
from tests.client import HTMX, check_fragment, check_page, soup, words


@pytest.fixture
def see(client):
    """Open a page and check it as those of the portal are."""

    def get(path, status=200):
        response = client.get(path)
        assert response.status_code == status
        check_page(response)
        return soup(response)

    return get


@pytest.fixture
def send(client, see):
    """Fill the form of a page and send it, without JavaScript."""

    def post(path, action, **typed):
        form = see(path).select_one(f'form[action*="{action}"]')
        fields = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
        response = client.post(form["action"], data=fields | typed)
        assert response.status_code == 303
        return see(response.headers["Location"])

    return post


def test_every_part_of_the_bank_has_its_page(see, client, content):
    paths = {"/", "/parcours/ranger", "/tutoriel/dossiers", "/acquis/dossiers-4", "/scenario/colis-perdu"}
    workshop = Workshop(content)
    paths |= {f"/sujet/{tube}" for tube in workshop.bank.tubes}
    paths |= {f"/question/{challenge.id}" for _, challenge in workshop.bank.every_challenge()}

    for path in paths:
        page = see(path)
        assert page.select_one("#suivi")["data-state"] == client.get("/etat").text, path
        if not re.match(r"/$|/tutoriel", path):
            assert "Rien à corriger ici." in words(page.select_one("#controles")), path


def test_a_name_or_a_file_leads_to_its_page(content, client):
    workshop = Workshop(content)
    for name, address in {
        "dossiers-1b": "/question/dossiers-1b",
        "dossiers-1": "/acquis/dossiers-1",
        "dossiers": "/sujet/dossiers",
        "ranger": "/parcours/ranger",
        "colis-perdu": "/scenario/colis-perdu",
        EXPLORER: "/scenario/jeter-un-brouillon",
    }.items():
        found = workshop.find(name)
        assert f"/{found.what}/{found.name}" == address
    assert client.get("/nom/dossiers-1b").headers["Location"] == "/question/dossiers-1b"


def test_the_page_changes_with_the_file_and_with_nothing_else(client, see, edit):
    page, state = see("/question/dossiers-1b"), client.get("/etat").text
    assert page.select_one("#suivi")["data-state"] == state == client.get("/etat").text

    edit(DOSSIERS, "Recopiez le nom du gros document.", "Recopiez le nom du plus petit.")

    assert client.get("/etat").text != state
    assert "plus petit" in words(see("/question/dossiers-1b").select_one("#consigne"))


def test_a_picture_and_a_file_follow_what_was_saved_behind_the_same_address(client, see, edit):
    copied, parts = "media:\n          file: dossiers-1b.svg\n", "- message: {text: Bonjour Lina.}\n"
    edit(DOSSIERS, copied, f"picture:\n          {parts}")
    edit(DOSSIERS, '  alternative: "Une liste', 'alternative: "Une liste')
    picture = see("/question/dossiers-1b").select_one("figure img")["src"]
    file = see("/question/depenses-3b").select_one("#card a[download]")["href"]
    held = {url: client.get(url).headers["ETag"] for url in (picture, file)}
    for url, tag in held.items():
        assert client.get(url, headers={"If-None-Match": tag}).status_code == 304

    edit(DOSSIERS, "Bonjour Lina.", "Bonsoir Lina.")
    edit(DEPENSES, "format: csv", "format: xlsx")

    assert see("/question/dossiers-1b").select_one("figure img")["src"] == picture
    assert "Bonsoir" in client.get(picture, headers={"If-None-Match": held[picture]}).text
    assert client.get(file, headers={"If-None-Match": held[file]}).data[:2] == b"PK"


def test_a_defect_is_told_below_with_its_line(see, edit, content):
    edit(DOSSIERS, "Recopiez le nom du gros document.", "Toi, recopiez ce nom.")

    told = words(see("/question/dossiers-1b").select_one("#controles"))

    lines = (content / DOSSIERS).read_text("utf-8").splitlines()
    number = lines.index("        instruction: Toi, recopiez ce nom.") + 1
    assert f"ligne {number}, question dossiers-1b" in told and "à l’élève" in told
    assert "à corriger" in words(see("/sujet/dossiers"))


@pytest.mark.parametrize(
    ("path", "file", "old", "new", "said"),
    [
        ("/question/dossiers-1b", DOSSIERS, "hint: Lisez", "hint: Lisez: ", "ce n’est pas du YAML"),
        ("/sujet/dossiers", DOSSIERS, "kind: text", "kind: texte", "n’existe pas"),
        ("/question/dossiers-1c", EXPLORER, "title: Les", "titre: Les", "écrivez « title »"),
        ("/scenario/jeter-un-brouillon", EXPLORER, "equals: true", "equals: oui", "ne réussissent pas"),
        ("/parcours/ranger", RANGER, "maximum: 4", "maximum: quatre", "écrivez un nombre entier"),
    ],
)
def test_a_typing_error_is_shown_instead_and_the_page_comes_back(see, edit, path, file, old, new, said):
    before = str(see(path).select_one("h1"))
    edit(file, old, new)

    page = see(path)
    assert words(page.h1) == "Ce fichier ne se lit pas"
    assert said in words(page.main).replace("\u00a0", " ")
    assert f"{file}, ligne" in words(page.main)

    edit(file, new, old)
    assert str(see(path).select_one("h1")) == before


def test_another_broken_file_hides_nothing(see, edit):
    edit(DEPENSES, "level: 3", "level: trois")

    assert "Rien à corriger ici." in words(see("/question/dossiers-1b"))


def test_an_unknown_name_is_said(see):
    assert "n’est pas dans la banque" in words(see("/question/rien", status=404).h1)


def test_an_answer_is_corrected_by_the_rules_of_the_player(see, send):
    path = "/question/dossiers-1b"

    right = send(path, "reponse", **{"champ-0": "Mon expose"})
    assert "Juste" in words(right.select_one("#correction"))

    wrong = send(path, "reponse", **{"champ-0": "volcan"})
    assert "À revoir" in words(wrong.select_one("#correction")) and "exposé" in words(
        wrong.select_one("#correction")
    )

    empty = send(path, "reponse", **{"champ-0": " "})
    assert "Donnez une réponse" in words(empty.select_one("#erreur"))

    passed = send(path, "reponse", passer="1")
    assert "Passée" in words(passed.select_one("#correction"))
    assert not words(send(path, "recommencer").select_one("#correction"))


def test_a_timed_question_begins_when_told(see, send):
    path = "/question/messages-4b"
    assert "Je commence" in words(see(path).select_one("#card"))

    begun = send(path, "debut")

    assert begun.select_one(".clock[data-seconds='60']")
    answered = send(path, "reponse", **{"champ-0": "alerte@gain.example"})
    assert "Juste" in words(answered.select_one("#correction"))


@pytest.mark.parametrize("path", ["/question/dossiers-1c", "/scenario/jeter-un-brouillon"])
def test_a_simulator_is_played(see, client, send, path):
    form = next(one for one in see(path).select("form.gesture") if one.select_one('[value="supprimer"]'))
    pressed = 'input[type=hidden], button[name][value="supprimer"]'
    fields = {one["name"]: one["value"] for one in form.select(pressed)}

    piece = client.post(form["action"], data=fields | {"element": "texte-a"}, headers=HTMX)
    check_fragment(piece.text)
    assert piece.status_code == 200 and "simulateur" in piece.text

    assert "Juste" in words(send(path, "reponse").select_one("#correction"))
    refused = client.post(form["action"], data=fields | {"element": "rien"}, headers=HTMX)
    assert refused.status_code == 422


def test_ten_pupils_are_shown_side_by_side_and_each_has_a_page(see, client):
    page = see("/question/depenses-3a")
    rows = page.select("#tirages tbody tr")
    assert len(rows) == 10
    assert len({words(row.select("td")[2]) for row in rows}) > 5, "pupils have other answers"

    other = see(rows[4].a["href"])
    assert words(other.select_one("#consigne")) == words(rows[4].select("td")[0])
    file = client.get(other.select_one("#card a[download]")["href"])
    assert file.headers["Content-Disposition"].endswith('.ods"') and file.data[:2] == b"PK"
    answer = words(rows[4].select("td")[2]).removesuffix("€")
    fields = {"jeton": other.select_one("[name=jeton]")["value"], "champ-0": answer}
    client.post(other.select_one("#card form")["action"], data=fields)
    assert "Juste" in words(see(rows[4].a["href"]).select_one("#correction"))


def test_the_introductions_that_a_scenario_draws_are_shown(see):
    rows = see("/scenario/jeter-un-brouillon").select("#tirages tbody tr")

    assert {words(row.select("td")[1]) for row in rows} <= {
        f"prenom : {one}" for one in ("Lina", "Adam", "Rose")
    }
    assert not see("/question/dossiers-1b").select("#tirages")


def test_a_fragment_is_the_card_and_its_correction(see, client):
    form = see("/question/dossiers-1b").select_one("#card form")
    fields = {"jeton": form.select_one("[name=jeton]")["value"], "champ-0": "exposé"}

    response = client.post(form["action"], data=fields, headers=HTMX)

    check_fragment(response.text)
    piece = soup(response)
    assert piece.select_one("#card") and piece.select_one("#correction[hx-swap-oob]")
    assert client.post(form["action"], data={"champ-0": "exposé"}).status_code == 400


def test_only_the_files_that_changed_are_read_again(content, edit, monkeypatch):
    workshop = Workshop(content)
    read = []
    first = workshop.shelf._read
    monkeypatch.setattr(workshop.shelf, "_read", lambda file: (read.append(file), first(file)))

    workshop.refresh()
    edit(DOSSIERS, "seconds: 60", "seconds: 61")
    workshop.refresh()

    assert read == [DOSSIERS]


def test_only_the_questions_that_changed_are_drawn_again(content, edit, monkeypatch):
    workshop = Workshop(content)
    workshop.verdicts(workshop.find("depenses"))
    drawn = []
    monkeypatch.setattr(
        "portal.bank.checks.exercises.problems_of", lambda place, one: drawn.append(one.id) or []
    )

    edit(DEPENSES, "format: csv", "format: xlsx")
    workshop.refresh()
    workshop.verdicts(workshop.find("depenses"))

    assert drawn == ["depenses-3b"]
