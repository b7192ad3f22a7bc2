"""Numbers that come with a request: what is no small whole number is as if it were not there."""

LONGEST = 5


def whole_number(text: str | None) -> int | None:
    """Read up to five plain digits; Python would take « ² », and refuse thousands of digits."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= LONGEST else None


def page_number(text: str | None) -> int:
    """Read the number of a page, 1 for what is none."""
    return max(1, whole_number(text) or 1)
