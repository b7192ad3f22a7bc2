"""Names that are answers stay apart: a small typing error never gives another one."""

from itertools import permutations

import pytest

from portal.domain.marking import matches
from portal.material import tables_words as words

LISTS = {
    "first names": words.FIRST_NAMES,
    "last names": words.LAST_NAMES,
    "villages": words.VILLAGES,
    **{f"shops {name}": each[1] for name, each in words.PRICED.items()},
    "machines": words.MACHINES,
    "rooms": words.ROOMS,
    "landmarks": words.LANDMARKS,
    "firms": words.FIRMS,
    **{f"categories {name}": tuple(each[1]) for name, each in words.SPENDING.items()},
    **{f"stock {name}": tuple(each[1]) for name, each in words.STOCKS.items()},
    **{f"survey {name}": each[2] for name, each in words.SURVEYS.items()},
    **{f"tasks {name}": each[1] for name, each in words.TASKS.items()},
}


@pytest.mark.parametrize("name", LISTS)
def test_no_name_is_accepted_for_another(name):
    near = [pair for pair in permutations(LISTS[name], 2) if matches(pair[0], pair[1:], ("t1", "t2", "t3"))]
    assert not near
