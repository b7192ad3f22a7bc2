"""The pages to learn from: what a reader says of one."""

from enum import StrEnum


class Rating(StrEnum):
    """Whether a page helped its reader."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


# Fewer opinions than this are not shown: each could be told from the others.
LEAST_RATINGS = 5
