"""What the tests of the list share: files of SIECLE, and sending them."""

from collections.abc import Callable, Sequence

import pytest
from werkzeug.test import TestResponse

from tests.tools.siecle import FakePupil, siecle_xml

SCHOOL_UAI = "0750001U"


def pupil(
    last_name: str,
    first_name: str,
    class_name: str = "5eB",
    *,
    ine: str = "",
    birth_date: str = "04/05/2014",
    mef: str = "10110001110",
    **more: str,
) -> FakePupil:
    """Make a pupil of a file."""
    return FakePupil(
        record=f"{last_name}{first_name}".encode().hex()[-12:],
        last_name=last_name,
        first_name=first_name,
        birth_date=birth_date,
        classes=(class_name,),
        ine=ine,
        mef=mef,
        **more,
    )


@pytest.fixture
def upload(client) -> Callable[..., TestResponse]:
    """Send a file through the real form: pupils, or bytes as they are."""

    def send(
        content: Sequence[FakePupil] | bytes, *, name: str = "ElevesSansAdresses.xml", uai: str = SCHOOL_UAI
    ) -> TestResponse:
        client.get("/eleves/import")
        form = client.page.select_one("form[enctype='multipart/form-data']")
        raw = content if isinstance(content, bytes) else siecle_xml(content, uai=uai)
        # Written by hand: for a large file, Werkzeug's own builder leaves a temporary file open.
        part = 'Content-Disposition: form-data; name="{}"{}\r\n\r\n'
        body = "--limite\r\n" + part.format("csrf_token", "") + client.csrf() + "\r\n--limite\r\n"
        body += part.format("file", f'; filename="{name}"')
        return client.post(
            form["action"],
            data=body.encode() + raw + b"\r\n--limite--\r\n",
            content_type="multipart/form-data; boundary=limite",
            follow_redirects=True,
        )

    return send
