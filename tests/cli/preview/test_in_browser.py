"""In a browser, the page of the preview comes again by itself when a file is saved."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from waitress.server import create_server

from tests.bank.planted.fault import DOSSIERS
from tests.journeys.accessibility import faults_of

pytestmark = pytest.mark.browser


@pytest.fixture
def url(client) -> Iterator[str]:
    """The address of the preview, served."""
    server = create_server(client.application, host="127.0.0.1", port=0, threads=1)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    """A page of a question."""
    page = browser.new_page()
    page.goto(f"{url}/question/dossiers-1b")
    yield page
    page.close()


def test_a_saved_file_is_shown_a_broken_one_told_and_a_mended_one_shown_again(page, edit):
    expect(page.locator("#consigne")).to_contain_text("gros document")

    edit(DOSSIERS, "Recopiez le nom du gros document.", "Recopiez le nom du petit.")
    expect(page.locator("#consigne")).to_contain_text("petit")

    edit(DOSSIERS, "kind: text", "kind: texte")
    expect(page.locator("h1")).to_have_text("Ce fichier ne se lit pas")
    expect(page.locator("main")).to_contain_text("« texte » n’existe pas", use_inner_text=True)

    edit(DOSSIERS, "kind: texte", "kind: text")
    expect(page.locator("#consigne")).to_contain_text("petit")


def test_an_answer_is_corrected_in_place(page):
    page.get_by_label("Nom du document").fill("exposé")
    page.get_by_role("button", name="Je valide").click()

    expect(page.locator("#correction")).to_contain_text("Juste")
    expect(page.get_by_label("Nom du document")).to_have_value("exposé")


@pytest.mark.parametrize("path", ["/", "/question/depenses-3a", "/sujet/dossiers", "/parcours/ranger"])
def test_the_pages_are_for_everybody(page, url, path):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(url + path)

    assert faults_of(page) == []
