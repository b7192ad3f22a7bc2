"""The page of the questions out of the draw."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete, insert

from portal import clock
from portal.bank_store import current_bank
from portal.persistence.models import ChallengeVersion, Withdrawal
from portal.persistence.transaction import write_tx
from portal.services import bank as bank_service
from portal.services.calibration import SUSPECT_REASON
from tests.client import HTMX, CheckingClient, main, soup, swap, words

URL = "/questions-retirees"


def present() -> tuple[str, str]:
    """The first question of the bank, and its version."""
    challenge = next(current_bank().every_challenge())[1]
    return challenge.id, bank_service.version_of(challenge)


@pytest.fixture
def withdrawn(app) -> list[str]:
    """Two questions out of the draw: one that its answers betrayed, one that left the bank since."""
    key, version = present()
    evidence = {"answers": 18, "right": 2, "expected": 12.8, "ratio": 6.1}
    with write_tx() as session:
        session.add(
            Withdrawal(
                challenge=key, version=version, reason=SUSPECT_REASON, at=clock.now(), evidence=evidence
            )
        )
        session.add(Withdrawal(challenge="disparue-1a", version="v1", reason="Périmée.", at=clock.now()))
    return [key, "disparue-1a"]


def text_of(client: CheckingClient) -> str:
    return words(client.page.main).replace("\u00a0", " ")


def test_each_question_is_shown_with_the_reason_and_the_evidence(client, log_in, withdrawn) -> None:
    log_in("solene")
    assert "2 questions retirées sont à relire" in text_of(client)

    client.get(URL)

    skill, challenge = next(current_bank().every_challenge())
    text = text_of(client)
    assert skill.tube_title in text
    assert skill.description in text
    assert words(client.page.find("blockquote"))[:20] in challenge.instruction
    assert "18 réponses : 2 justes, 13 attendues." in text
    assert "Question absente de la banque" in text
    assert "Périmée." in text


def test_a_question_is_put_back_without_javascript(client, log_in, withdrawn) -> None:
    log_in("solene")
    client.get(URL)

    client.submit("/remettre", question=withdrawn[0], version=present()[1])

    assert "La question est remise en jeu." in text_of(client)
    assert withdrawn[0] not in words(client.page.select_one("#withdrawn"))
    assert "disparue-1a" in text_of(client)


def test_the_fragment_equals_a_fresh_page(client, log_in, withdrawn) -> None:
    log_in("solene")
    page = soup(client.get(URL))
    data = {"question": withdrawn[0], "version": present()[1], "csrf_token": client.csrf()}

    fragment = client.post(f"{URL}/remettre", data=data, headers=HTMX)

    swapped = swap(page, fragment, target="#withdrawn")
    assert "La question est remise en jeu." in words(swapped.select_one("#notices"))
    swapped.select_one("#notices").clear()
    fresh = soup(client.get(URL))
    fresh.select_one("#notices").clear()
    assert main(swapped) == main(fresh)


def test_a_second_click_changes_nothing(client, log_in, withdrawn) -> None:
    log_in("solene")
    client.get(URL)
    client.submit("/remettre", question=withdrawn[0], version=present()[1])

    data = {"question": withdrawn[0], "version": present()[1], "csrf_token": client.csrf()}

    assert client.post(f"{URL}/remettre", data=data).status_code == 303


@pytest.fixture
def corrected(app) -> Iterator[str]:
    """A question whose first text was withdrawn, then corrected."""
    key, _ = present()
    with write_tx() as session:
        row = {"id": -1, "challenge": key, "version": "older", "content": {"instruction": "L’ancien texte."}}
        session.execute(insert(ChallengeVersion).values(**row, loaded_at=clock.now()))
        session.add(Withdrawal(challenge=key, version="older", reason="Fausse.", at=clock.now()))
    yield key
    # The bank stays in the database from one test to the next.
    with write_tx() as session:
        session.execute(delete(ChallengeVersion).where(ChallengeVersion.id == -1))


def test_one_that_was_corrected_since_says_so_and_waits_for_nobody(client, log_in, corrected: str) -> None:
    log_in("solene")
    assert "à relire" not in text_of(client)

    client.get(URL)

    text = text_of(client)
    assert "L’ancien texte." in text
    assert "La banque contient depuis une autre version de cette question" in text
    client.submit("/remettre", question=corrected, version="older")
    assert "Aucune question n’est retirée." in text_of(client)


def test_an_administrator_withdraws_a_question_by_its_name(client, log_in) -> None:
    key = next(current_bank().every_challenge())[1].id
    log_in("solene")
    client.get(URL)
    assert "Aucune question n’est retirée." in text_of(client)

    client.submit(URL, question=f" {key} ", reason="La page a changé.")

    text = text_of(client)
    assert "La question est retirée." in text
    assert "La page a changé." in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"question": "inconnue", "reason": "Fausse."}, "Aucune question de la banque ne porte ce nom."),
        ({"question": "", "reason": ""}, "Donnez le nom de la question."),
        ({"question": "x", "reason": "x" * 401}, "400 signes au plus."),
    ],
)
def test_what_is_missing_is_told(client, log_in, typed: dict[str, str], sentence: str) -> None:
    log_in("solene")
    client.get(URL)

    response = client.submit(URL, **typed)

    assert response.status_code == 422
    assert sentence in text_of(client)


@pytest.mark.parametrize(("person", "status"), [("bruno", 403), ("lina", 403)])
def test_the_page_is_for_administrators(client, log_in, person: str, status: int) -> None:
    log_in(person)
    assert URL not in str(client.page)

    assert client.get(URL).status_code == status


def test_the_administrator_of_another_school_reads_the_same_list(client, log_in, withdrawn) -> None:
    log_in("dora")

    client.get(URL)

    assert "disparue-1a" in text_of(client)
