"""Refusals in the words of the domain; `portal.errors` gives each its status and its sentence."""


class DomainError(Exception):
    """Something the rules refuse. Its message, when there is one, is a French sentence for the user."""


class NotFound(DomainError):
    """The object does not exist, or not for this school."""


class NotAllowed(DomainError):
    """The viewer's role does not hold this right on this object."""
