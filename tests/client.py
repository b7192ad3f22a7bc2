"""A test browser without JavaScript: it follows forms and links, and checks every page it is given."""

import re
from html.parser import HTMLParser
from typing import Any

import html5lib
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.extensions import db
from tests.factories import PASSPHRASE, PASSWORD, Cast

HTMX = {"HX-Request": "true"}
NO_BREAK = "\u00a0\u202f"
_IGNORED_TEXT = {"script", "style", "code", "kbd", "pre", "textarea", "option", "svg", "template"}


def soup(response: TestResponse | str) -> BeautifulSoup:
    """Parse a page or a fragment."""
    return BeautifulSoup(response if isinstance(response, str) else response.text, "html.parser")


def words(node: Tag) -> str:
    """Give the text of a node, spaces folded."""
    return " ".join(node.get_text(" ").split())


def swap(page: BeautifulSoup, fragment: TestResponse, target: str) -> BeautifulSoup:
    """Replace the target of a page by a fragment, as htmx does, out-of-band parts included."""
    piece = soup(fragment)
    for part in piece.select("[hx-swap-oob]"):
        part.extract()
        old = page.find(id=part["id"])
        assert isinstance(old, Tag), f"no element #{part['id']} to swap out of band"
        del part["hx-swap-oob"]
        old.replace_with(part)
    old = page.select_one(target)
    assert old is not None, f"no element {target} in the page"
    old.replace_with(piece)
    return soup(str(page))


def main(page: BeautifulSoup) -> str:
    """Give the main content of a page, without what differs at each load."""
    node = page.find("main")
    assert isinstance(node, Tag)
    for field in node.select("input[name=csrf_token]"):
        field.decompose()
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", str(node)))


def check_page(response: TestResponse) -> None:
    """Fail on what no page of ours may have."""
    html = response.text
    if response.status_code < 300 or response.status_code >= 400:
        html5lib.HTMLParser(strict=True).parse(html)
        page = soup(html)
        assert page.html and page.html.get("lang") == "fr"
        assert page.title and words(page.title).endswith("– Balise"), "no title"
        assert len(page.find_all("h1")) == 1, f"{len(page.find_all('h1'))} h1"
        check_fragment(html)


def check_fragment(html: str) -> None:
    """Fail on what neither a page nor a fragment may have."""
    page = soup(html)
    ids = [node["id"] for node in page.select("[id]")]
    assert len(ids) == len(set(ids)), (
        f"ids written twice: {sorted({one for one in ids if ids.count(one) > 1})}"
    )
    assert not page.select("[style], style, [onclick], [onchange], [onsubmit]"), "inline style or script"
    assert all(script.get("src") for script in page.find_all("script")), "inline script"
    for form in page.find_all("form"):
        method = str(form.get("method", "get")).lower()
        assert form.get("action") is not None or method == "get", f"a form without action: {form}"
        if method == "post":
            assert form.select_one("[name=csrf_token], [name=jeton]"), f"a form without token: {form}"
    for control in page.select("input:not([type=hidden], [type=submit]), select, textarea"):
        assert _has_label(page, control), f"a field without label: {control}"
    for link in page.find_all("a"):
        assert words(link) or link.get("aria-label"), f"a link without text: {link}"
    for image in page.find_all("img"):
        assert image.get("alt") is not None, f"a picture without alternative: {image}"
    for described in page.select("[aria-describedby]"):
        for name in described["aria-describedby"].split():
            assert name in ids, f"aria-describedby names nothing: {name}"
    _check_typography(page)


def _has_label(page: BeautifulSoup, control: Tag) -> bool:
    if control.get("aria-label") or control.get("aria-labelledby") or control.find_parent("label"):
        return True
    return bool(control.get("id")) and page.find("label", attrs={"for": control["id"]}) is not None


def _check_typography(page: BeautifulSoup) -> None:
    for text in page.find_all(string=True):
        if text.find_parent(_IGNORED_TEXT) or type(text).__name__ != "NavigableString":
            continue
        line = " ".join(str(text).split(" ")).strip("\n")
        assert "'" not in line, f"a straight apostrophe: {line!r}"
        assert not re.search(rf"«(?![{NO_BREAK}])|(?<![{NO_BREAK}])»", line), (
            f"« » without no-break space: {line!r}"
        )
        assert not re.search(r" [;:!?%]", line), f"a plain space before a sign: {line!r}"


class CheckingClient(FlaskClient):
    """Checks each answer; `submit` fills and sends a form of the last page as a browser would."""

    def __init__(self, app: Flask, **kwargs: Any) -> None:
        """Start with an empty cookie jar and no page."""
        super().__init__(app, app.response_class, use_cookies=True, **kwargs)
        self.page = BeautifulSoup("", "html.parser")

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request and check what comes back."""
        # A context of its own, as a server gives each request: who is signed in, the token of forms and the
        # database session are not the test's. The test then reads what the request wrote.
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        db.session.rollback()
        if response.mimetype == "text/html" and response.text:
            if "<!DOCTYPE html>" in response.text[:200]:
                check_page(response)
                self.page = soup(response)
            elif not 300 <= response.status_code < 400:
                HTMLParser().feed(response.text)
                check_fragment(response.text)
        assert "Content-Security-Policy" in response.headers
        return response

    def submit(self, action: str | None = None, /, **typed: Any) -> TestResponse:
        """Fill the form of the last page whose action ends with `action`, and send it without JavaScript.

        Names are those of the fields; a value of None unchecks or removes. Redirects are followed.
        """
        forms = self.page.find_all("form")
        form = next(
            (one for one in forms if action is None or str(one.get("action", "")).endswith(action)), None
        )
        assert form is not None, f"no form {action!r} among {[one.get('action') for one in forms]}"
        data: dict[str, Any] = {}
        for control in form.select("input[name], select[name], textarea[name]"):
            self._fill(data, control)
        data |= typed
        data = {name: value for name, value in data.items() if value is not None}
        method = str(form.get("method", "get")).upper()
        where = str(form.get("action"))
        if method == "GET":
            return self.get(where, query_string=data, follow_redirects=True)
        multipart = form.get("enctype") == "multipart/form-data"
        content = {"content_type": "multipart/form-data"} if multipart else {}
        return self.post(where, data=data, follow_redirects=True, **content)

    @staticmethod
    def _fill(data: dict[str, Any], control: Tag) -> None:
        name, kind = str(control["name"]), str(control.get("type", "text"))
        if control.name == "select":
            chosen = control.select("option[selected]") or control.select("option")[:1]
            values = [str(option.get("value", words(option))) for option in chosen]
            data[name] = values if control.has_attr("multiple") else values[0] if values else ""
        elif control.name == "textarea":
            data[name] = control.get_text().removeprefix("\n")
        elif kind in {"checkbox", "radio"}:
            if control.has_attr("checked"):
                data.setdefault(name, []).append(str(control.get("value", "on")))
        elif kind not in {"file", "submit"}:
            data[name] = str(control.get("value", ""))

    def log_in(self, cast: Cast, name: str) -> None:
        """Sign somebody of the cast in through the real form."""
        person = getattr(cast, name)
        if hasattr(person, "account"):
            self.get("/connexion")
            self.submit("/connexion", email=person.account.email, password=PASSWORD)
        else:
            self.get("/connexion/eleve")
            self.submit("/connexion/eleve", username=person.learner.username, secret=PASSPHRASE)

    def csrf(self) -> str:
        """Give the token of the last page, to post what no form of ours would send."""
        field = self.page.select_one("input[name=csrf_token]")
        assert field is not None
        return str(field["value"])
