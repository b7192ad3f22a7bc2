"""A pupil's browser reduced to HTTP: it reads the form that it is shown and posts it as htmx would."""

import html
import http.client
import random
import re
import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from portal.domain.referential import CHOSEN, Challenge, Kind
from portal.services.workbench import START_AGAIN
from tests.answering import (
    RIGHT,
    SKIP,
    WRONG,
    AnswerBook,
    gestures,
    given_by,
    question_of,
    ranks,
    ticked,
)
from tests.journeys.servers import Seat

Form = list[tuple[str, str]]

# What of a page answers its question: the forms of a simulator come before, with fields of their own.
_ANSWER = re.compile(r'<form method="post" action="[^"]+/reponses".*?</form>', re.DOTALL)
_BEGIN = re.compile(r'<form method="post" action="[^"]+/debut".*?</form>', re.DOTALL)
_TOKEN = re.compile(r'name="jeton" value="([^"]+)"')
_INSTRUCTION = re.compile(r'id="consigne">(.*?)</div>', re.DOTALL)
_CHOICE = re.compile(r'name="choix" value="(\d+)"[^>]*>(.*?)</label>', re.DOTALL)
_FIELD = re.compile(r'<(?:select|input type="text") id="(champ-\d+)"')
_PLACE = re.compile(r'<label for="(place-\d+)">(.*?)</label>')
# What a picture or a table tells those who cannot see it.
_TOLD = re.compile(r'class="visually-hidden">(?:&nbsp;: )?(.*?)</span>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_FORGERY = re.compile(r'name="csrf_token" value="([^"]+)"')
_FILE_HEAD = (
    b'--limite\r\nContent-Disposition: form-data; name="file"; filename="ElevesSansAdresses.xml"\r\n'
    b"Content-Type: text/xml\r\n\r\n"
)
FORM_TYPE = "application/x-www-form-urlencoded"
MOST_RIGHT, MOST_WRONG = 0.6, 0.9


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered."""

    status: int
    text: str
    location: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as it stands on the screen. `is_held`: its time begins when the pupil says so."""

    token: str
    instruction: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    fields: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    is_held: bool = False

    @property
    def question(self) -> uuid.UUID:
        """Tell which question it is, whenever it is shown."""
        return question_of(self.token)


def read_question(text: str) -> Shown | None:
    """Read the question of a page or fragment; None when it shows something else."""
    form = _ANSWER.search(text)
    if form is None:
        held = _BEGIN.search(text)
        return Shown(_token_in(held[0]), is_held=True) if held else None
    instruction = _INSTRUCTION.search(text)
    assert instruction is not None
    return Shown(
        _token_in(form[0]),
        instruction[1],
        tuple((value, _words(label)) for value, label in _CHOICE.findall(form[0])),
        tuple(_FIELD.findall(form[0])),
        tuple((name, html.unescape(words)) for name, words in _PLACE.findall(form[0])),
    )


def _token_in(form: str) -> str:
    token = _TOKEN.search(form)
    assert token is not None
    return token[1]


def _words(label: str) -> str:
    told = _TOLD.search(label)
    return html.unescape(told[1] if told else _TAG.sub("", label))


def fill(shown: Shown, challenge: Challenge, how: str) -> Form:
    """Fill the form so that the answer is right, or wrong, or passed."""
    given = given_by(challenge, how)
    if given is None:
        return [("passer", "1")]
    if challenge.kind in CHOSEN:
        chosen = ticked(challenge, given)
        return [("choix", value) for value, words in shown.choices if words in chosen]
    if challenge.kind is Kind.ORDERING:
        rank = ranks(challenge, given)
        return [(name, str(rank[words])) for name, words in shown.places]
    return list(zip(shown.fields, given.texts, strict=True))


def draw(dice: random.Random) -> str:
    """Draw as a class does: six answers right, three wrong and one question passed out of ten."""
    luck = dice.random()
    return RIGHT if luck < MOST_RIGHT else WRONG if luck < MOST_WRONG else SKIP


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

    def begin(self, shown: Shown) -> Reply:
        """Begin the time of the question."""
        return self._post("debut", shown, [])

    def play(self, shown: Shown, book: AnswerBook, how: str, *, again: bool = False) -> Form:
        """Do all that comes before handing in, and fill the form.

        Args:
            again: begin the simulator again, for it may have been left anywhere.
        Raises: OSError or http.client.HTTPException when the server does not answer.
        """
        exercise = book.exercise(shown.instruction, shown.token)
        for step in ([{"do": START_AGAIN}] if again and exercise.scenario else []) + gestures(exercise, how):
            reply = self._post("gestes", shown, list(step.items()))
            assert reply.status == 200, (reply, step)
        return fill(shown, exercise.challenge, how)

    def answer(self, shown: Shown, form: Form) -> Reply:
        """Post an answer to what is shown.

        Raises: OSError or http.client.HTTPException when the server does not answer.
        """
        return self._post("reponses", shown, form)

    def _post(self, place: str, shown: Shown, form: Form) -> Reply:
        return self._send("POST", f"{self.path}/{place}", urlencode([("jeton", shown.token), *form]))

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
