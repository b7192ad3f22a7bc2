"""The list of campaigns when there are many of them."""

import pytest

from portal.extensions import db
from portal.persistence.models import Campaign
from portal.persistence.transaction import write_tx
from tests.client import HTMX, main, soup, swap, words
from tests.factories import make_campaign
from tests.queries import counted_queries

URL = "/campagnes"


def names(page):
    return [words(link) for link in page.select("#campaign-list tbody th a")]


def make_many(cast, count):
    """Copy a campaign, with its audience of a grade, that many times."""
    model = make_campaign(cast.solene)
    columns = [one.key for one in Campaign.__table__.columns if one.key not in {"id", "code", "nonce"}]
    values = {key: getattr(model, key) for key in columns}
    with write_tx() as session:
        for number in range(count - 1):
            code = f"ABCDEF{number // 81 + 2}{number // 9 % 9 + 1}{number % 9 + 1}"
            copy = Campaign(**values, code=code)
            copy.audience = [type(model.audience[0])(grade="5e")]
            session.add(copy)
    db.session.expire_all()


def test_pages_hold_25_campaigns(client, cast, log_in):
    make_many(cast, 30)
    log_in("bruno")
    first = soup(client.get(URL))
    assert len(names(first)) == 25
    following = first.select_one("nav.pager a[rel=next]")["href"]

    fragment = client.get(following, headers=HTMX)
    second = soup(client.get(following))

    assert len(names(second)) == 5
    assert main(swap(first, fragment, "#campaign-list")) == main(second)


@pytest.mark.parametrize("view", ["", "?vue=mes-campagnes", "?recherche=5e&niveau=5e"])
def test_the_list_costs_as_many_queries_for_300_campaigns_as_for_30(client, cast, log_in, view):
    make_many(cast, 30)
    log_in("solene")
    client.get(URL + view)
    with counted_queries() as for_30:
        client.get(URL + view)
    with write_tx() as session:
        session.execute(db.delete(Campaign))
    make_many(cast, 300)

    with counted_queries() as for_300:
        client.get(URL + view)

    assert len(for_30) == len(for_300) <= 10
