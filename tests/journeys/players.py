"""A pupil's browser reduced to HTTP: it reads the form that it is shown and posts it as htmx would."""

import html
import http.client
import random
import re
from dataclasses import dataclass
from urllib.parse import urlencode

from portal.bank.loader import load_bank
from portal.domain.referential import CHOICES, Challenge, Kind
from portal.markup import render_markdown
from portal.settings import CONTENT
from tests.journeys.servers import Seat

Form = list[tuple[str, str]]

_TOKEN = re.compile(r'name="jeton" value="([^"]+)"')
_INSTRUCTION = re.compile(r'id="consigne">(.*?)</div>', re.DOTALL)
_CHOICE = re.compile(r'name="choix" value="(\d+)"[^>]*><span>(.*?)</span>', re.DOTALL)
_FIELD = re.compile(r'<(?:select|input type="text") id="(champ-\d+)"')
_OPTION = re.compile(r"<option(?: selected)?>(.*?)</option>", re.DOTALL)
_FORGERY = re.compile(r'name="csrf_token" value="([^"]+)"')
_FILE_HEAD = (
    b'--limite\r\nContent-Disposition: form-data; name="file"; filename="ElevesSansAdresses.xml"\r\n'
    b"Content-Type: text/xml\r\n\r\n"
)
FORM_TYPE = "application/x-www-form-urlencoded"
RIGHT, WRONG = 0.6, 0.9


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered."""

    status: int
    text: str
    location: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as it stands on the screen."""

    token: str
    instruction: str
    choices: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    is_multiple: bool

    @property
    def proposals(self) -> frozenset[str]:
        """Give what can be ticked, whatever the order."""
        return frozenset(text for _, text in self.choices)


def read_question(text: str) -> Shown | None:
    """Read the question of a page or fragment; None when it shows something else."""
    token = _TOKEN.search(text)
    if token is None:
        return None
    instruction = _INSTRUCTION.search(text)
    assert instruction is not None
    return Shown(
        token[1],
        instruction[1],
        tuple((value, html.unescape(words)) for value, words in _CHOICE.findall(text)),
        tuple(_read_field(piece) for piece in text.split('<div class="field">')[1:]),
        'type="checkbox"' in text,
    )


def _read_field(piece: str) -> tuple[str, tuple[str, ...]]:
    name = _FIELD.search(piece)
    assert name is not None
    return name[1], tuple(html.unescape(option) for option in _OPTION.findall(piece))


class AnswerBook:
    """The right answers, found from what the screen shows: pupils are given no key."""

    def __init__(self) -> None:
        """Read the bank."""
        self._challenges: dict[str, list[Challenge]] = {}
        for _, challenge in load_bank(CONTENT).every_challenge():
            self._challenges.setdefault(str(render_markdown(challenge.instruction)), []).append(challenge)

    def right(self, shown: Shown) -> Form:
        """Fill the form rightly."""
        challenge = self._find(shown)
        if challenge.kind in CHOICES:
            expected = {proposal.text for proposal in challenge.proposals if proposal.right}
            return [("choix", value) for value, words in shown.choices if words in expected]
        if challenge.kind is Kind.INTERCHANGEABLE_FIELDS:
            solutions = [group[0] for group in challenge.groups]
        else:
            solutions = [entry.solutions[0] for entry in challenge.entries]
        return [(name, solution) for (name, _), solution in zip(shown.fields, solutions, strict=False)]

    def _find(self, shown: Shown) -> Challenge:
        same_words = self._challenges[shown.instruction]
        return next(
            one
            for one in same_words
            if frozenset(proposal.text for proposal in one.proposals) == shown.proposals
        )


def wrong(shown: Shown, dice: random.Random) -> Form:
    """Fill the form at random: nearly always wrong, never refused."""
    if shown.choices:
        ticked = dice.sample(shown.choices, 2 if shown.is_multiple else 1)
        return [("choix", value) for value, _ in ticked]
    return [
        (name, dice.choice(options) if options else str(dice.randint(1000, 9999)))
        for name, options in shown.fields
    ]


def fill(shown: Shown, book: AnswerBook, dice: random.Random) -> Form:
    """Fill the form as a class does: six answers right, three wrong and one question passed out of ten."""
    luck = dice.random()
    if luck < RIGHT:
        return book.right(shown)
    return wrong(shown, dice) if luck < WRONG else [("passer", "1")]


class Browser:
    """One pupil's connection to the server, kept alive."""

    def __init__(self, port: int, seat: Seat, *, timeout: float = 10.0) -> None:
        """Sit down; nothing is sent yet."""
        self.seat = seat
        self.path = f"/participations/{seat.participation}"
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)

    def get(self, path: str) -> Reply:
        """Load a page, or its fragment."""
        return self._send("GET", path, None)

    def question(self) -> Reply:
        """Ask for the question that waits."""
        return self.get(f"{self.path}/question")

    def answer(self, shown: Shown, form: Form) -> Reply:
        """Post an answer to what is shown.

        Raises: OSError or http.client.HTTPException when the server does not answer.
        """
        return self._send("POST", f"{self.path}/reponses", urlencode([("jeton", shown.token), *form]))

    def _send(self, method: str, path: str, body: str | None) -> Reply:
        headers = {"Cookie": self.seat.cookie, "HX-Request": "true"}
        if body is not None:
            headers["Content-Type"] = FORM_TYPE
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            # The next request opens a new connection.
            self._connection.close()
            raise
        return Reply(
            answer.status, text, answer.getheader("HX-Redirect") or answer.getheader("Location") or ""
        )

    def close(self) -> None:
        """Leave."""
        self._connection.close()


class Desk:
    """A member of the staff at a browser without JavaScript: pages, forms, a file."""

    def __init__(self, port: int, cookie: str) -> None:
        """Sit down, signed in."""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookie = cookie
        self._page = ""

    def get(self, path: str) -> Reply:
        """Load a page."""
        return self._send("GET", path, None, {})

    def post(self, path: str, fields: Form, *, file: bytes | None = None) -> Reply:
        """Send a form of the page on the screen, and follow where it leads."""
        token = _FORGERY.search(self._page)
        assert token is not None, f"no form on the page before {path}"
        parts = [("csrf_token", token[1]), *fields]
        body = b"".join(
            b'--limite\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
            % (name.encode(), value.encode())
            for name, value in parts
        )
        if file is not None:
            body += _FILE_HEAD + file + b"\r\n"
        headers = {"Content-Type": "multipart/form-data; boundary=limite"}
        reply = self._send("POST", path, body + b"--limite--\r\n", headers)
        return self.get(reply.location) if reply.status == 303 else reply

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        self._connection.request(method, path, body, {"Cookie": self._cookie, **headers})
        answer = self._connection.getresponse()
        self._page = answer.read().decode()
        renewed = answer.getheader("Set-Cookie")
        if renewed:
            self._cookie = renewed.partition(";")[0]
        return Reply(answer.status, self._page, answer.getheader("Location") or "")

    def close(self) -> None:
        """Leave."""
        self._connection.close()
