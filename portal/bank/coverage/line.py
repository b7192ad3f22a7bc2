"""One line of the coverage: there, asked, and what is missing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """Something counted.

    Attributes:
        asked: None when it is only counted.
        missing: names of what is missing.
        unit: « % » or nothing.
        at_most: whether `asked` is a ceiling.
    """

    name: str
    there: int
    asked: int | None = None
    missing: tuple[str, ...] = ()
    unit: str = ""
    at_most: bool = False

    @property
    def is_met(self) -> bool:
        """Tell whether nothing more is asked."""
        if self.missing:
            return False
        if self.asked is None:
            return True
        return self.there <= self.asked if self.at_most else self.there >= self.asked

    def __str__(self) -> str:
        """Write it as the command prints it."""
        mark = "✓" if self.is_met else "✗"
        asked = (
            "" if self.asked is None else f"{'au plus' if self.at_most else 'sur':>8} {self.asked}{self.unit}"
        )
        missing = f"   il manque : {', '.join(self.missing)}" if self.missing else ""
        return f"{mark} {self.name[:62]:<62}{self.there:>6}{self.unit}{asked}{missing}"
