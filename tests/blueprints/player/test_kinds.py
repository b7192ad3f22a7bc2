"""Questions that are done rather than read: put in order, matched, pointed at, opened, acted, timed."""

import csv
import io

import pytest

from portal.domain.marking import Outcome
from tests import factories
from tests.client import HTMX
from tests.exercises import (
    CHOSEN,
    EVERY,
    MAILBOX,
    MATCHING,
    ORDERING,
    SPREADSHEET,
    TABLE,
    ask,
    met,
    outcome_of,
    waiting,
)
from tests.players import play


@pytest.mark.parametrize(
    "challenge", EVERY, ids=lambda one: f"{one.kind}-{one.timer or one.focus or one.answer}"
)
def test_every_kind_can_be_passed_and_is_corrected_at_the_checkpoint(client, public_id, meet, challenge):
    row = meet(challenge)
    if challenge.timer:
        client.submit("/debut")
    client.submit("/reponses", passer="1")

    assert outcome_of(row.id) == Outcome.SKIPPED
    for _ in range(4):
        client.get(f"/participations/{public_id}/question")
        client.submit("/reponses", passer="1")
    client.get(f"/participations/{public_id}/etapes/1")
    assert "Voici comment faire, pas à pas." in client.page.text


def order(client, wanted):
    """Give each thing shown its place among `wanted`."""
    labels = client.page.select(".ordering-item label")
    return {label["for"]: str(wanted.index(label.get_text()) + 1) for label in labels}


def test_things_are_put_in_order_without_javascript(client, meet):
    row = meet(ORDERING)
    right = [one.text for one in ORDERING.proposals]
    assert [label.get_text() for label in client.page.select(".ordering-item label")] != right

    places = order(client, right)
    client.submit("/reponses", **places | {next(iter(places)): ""})
    assert "Remplissez tous les champs" in client.page.text and outcome_of(row.id) is None
    client.submit("/reponses", **places | {next(iter(places)): list(places.values())[1]})
    assert "une place différente" in client.page.text and outcome_of(row.id) is None

    client.submit("/reponses", **places)
    assert outcome_of(row.id) == Outcome.OK


def test_an_order_that_is_not_the_right_one_is_wrong(client, meet):
    row = meet(ORDERING)
    client.submit("/reponses", **order(client, [one.text for one in reversed(ORDERING.proposals)]))
    assert outcome_of(row.id) == Outcome.KO


@pytest.mark.parametrize("forged", ["9", "0", "-1", "un", "²", "99999"])
def test_a_place_made_by_hand_is_refused(client, meet, forged):
    row = meet(ORDERING)
    client.submit(
        "/reponses", **{**order(client, [one.text for one in ORDERING.proposals]), "place-0": forged}
    )
    assert outcome_of(row.id) is None and client.page.select_one("[role=alert]")


def test_things_are_matched_from_one_shuffled_list(client, meet):
    row = meet(MATCHING)
    lists = [
        [option.get_text() for option in one.select("option")][1:] for one in client.page.select("select")
    ]
    assert lists[0] == lists[1] == lists[2] and set(lists[0]) == set(MATCHING.entries[0].options)

    client.submit("/reponses", **{f"champ-{at}": one.solutions[0] for at, one in enumerate(MATCHING.entries)})
    assert outcome_of(row.id) == Outcome.OK


def test_a_cell_is_pointed_at_in_a_real_table(client, meet):
    row = meet(TABLE)
    cell = next(label for label in client.page.select("td label") if "Sport" in label.get_text())
    assert client.page.select_one("thead th[scope=col]") and client.page.select_one("tbody th[scope=row]")

    client.submit("/reponses", choix=cell.select_one("input")["value"])
    assert outcome_of(row.id) == Outcome.OK


def test_a_file_is_one_s_own_and_its_answer_is_in_it(client, public_id, meet):
    row = meet(SPREADSHEET)
    link = client.page.select_one("a[download]")
    first = client.get(link["href"])
    assert (
        first.headers["Content-Disposition"].startswith('attachment; filename="') and first.data[:2] == b"PK"
    )
    assert client.get(link["href"]).data == first.data

    client.get(f"/participations/{public_id}/question")
    assert (
        row.work["values"]["categorie"] in client.page.text and "{" not in client.page.select_one("main").text
    )
    client.submit("/reponses", **{"champ-0": row.work["answers"]["total_categorie"][0].replace(".", ",")})
    assert outcome_of(row.id) == Outcome.OK


def test_a_neighbour_has_another_file_and_cannot_have_this_one(client, cast, public_id, meet, log_in):
    mine = meet(SPREADSHEET)
    other_try = play(cast.noe, factories.make_campaign(cast.solene), questions=0)
    theirs = ask(other_try, SPREADSHEET)

    assert mine.work != theirs.work
    assert client.get(f"/participations/{other_try}/fichiers/1").status_code == 404
    assert client.get(f"/participations/{public_id}/fichiers/9").status_code == 404


def test_proposals_are_made_from_the_file(client, meet):
    row = meet(CHOSEN)
    link = client.page.select_one("a[download]")["href"]
    shown = {label.get_text(strip=True) for label in client.page.select(".choices label")}
    rows = list(csv.DictReader(io.StringIO(client.get(link).data.decode("utf-8-sig")), delimiter=";"))
    sums = {}
    for one in rows:
        amount = float(one["Montant (€)"].replace(",", ".").replace("\u202f", ""))
        sums[one["Catégorie"]] = sums.get(one["Catégorie"], 0) + amount
    best = max(sums, key=sums.get)
    assert best in shown and len(shown) == 4

    right = next(at for at, one in enumerate(met(row).challenge.proposals) if one.right)
    assert met(row).challenge.proposals[right].text == best


def gesture(client, public_id, **fields):
    token = client.page.select_one("#simulateur [name=jeton]")["value"]
    return client.post(f"/participations/{public_id}/gestes", data={"jeton": token, **fields})


def test_a_simulator_is_played_kept_and_judged(client, public_id, meet):
    row = meet(MAILBOX)
    assert "Acceptez" not in client.page.text and client.page.select_one("#simulateur h2")
    client.submit("/reponses")
    assert outcome_of(row.id) is None and client.page.select_one("[role=alert]")

    gesture(client, public_id, do="ouvrir", message="colis")
    client.get(f"/participations/{public_id}/question")
    assert client.page.select_one("#simulateur h3").get_text() == "Votre colis est bloqué"
    gesture(client, public_id, do="signaler", message="colis")
    client.get(f"/participations/{public_id}/question")
    client.submit("/reponses")
    assert outcome_of(row.id) == Outcome.OK


def test_a_simulator_left_undone_is_wrong_and_can_be_begun_again(client, public_id, meet):
    row = meet(MAILBOX)
    gesture(client, public_id, do="lien", message="colis", vers="Payer les frais")
    gesture(client, public_id, do="recommencer")
    assert "steps" not in waiting(public_id).work["state"]
    gesture(client, public_id, do="supprimer", message="colis")
    client.get(f"/participations/{public_id}/question")
    client.submit("/reponses")
    assert outcome_of(row.id) == Outcome.KO


def test_a_gesture_refused_says_why_and_changes_nothing(client, public_id, meet):
    meet(MAILBOX)
    token = client.page.select_one("#simulateur [name=jeton]")["value"]
    fields = {"jeton": token, "do": "ranger", "message": "colis", "dossier": "ailleurs"}

    swapped = client.post(f"/participations/{public_id}/gestes", data=fields, headers=HTMX)
    assert swapped.status_code == 422 and "Ce dossier n’existe pas." in swapped.text
    assert waiting(public_id).work is None

    client.post(f"/participations/{public_id}/gestes", data=fields, follow_redirects=True)
    assert "Ce dossier n’existe pas." in client.page.text
    client.get(f"/participations/{public_id}/question")
    assert "Ce dossier n’existe pas." not in client.page.text


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "exploser"},
        {"do": "UNE AUTRE CHOSE"},
        {"do": ""},
        {},
        {"do": "ouvrir"},
        {"do": "ouvrir", "message": "x" * 5000},
        {"do": "ouvrir", "message": ["colis", "sortie", "<script>"]},
    ],
)
def test_gestures_made_by_hand_are_refused(client, public_id, meet, fields):
    meet(MAILBOX)
    token = client.page.select_one("#simulateur [name=jeton]")["value"]
    swapped = client.post(
        f"/participations/{public_id}/gestes", data={"jeton": token, **fields}, headers=HTMX
    )
    assert swapped.status_code in {200, 422}
    assert (waiting(public_id).work is None) == (swapped.status_code == 422)


def test_another_question_s_token_moves_no_simulator(client, cast, public_id, meet):
    meet(MAILBOX)
    token = client.page.select_one("#simulateur [name=jeton]")["value"]
    client.submit("/reponses", passer="1")
    ask(public_id, MAILBOX)
    refused = client.post(
        f"/participations/{public_id}/gestes",
        data={"jeton": token, "do": "ouvrir", "message": "colis"},
        headers=HTMX,
    )
    assert refused.status_code >= 400 and waiting(public_id).work is None
