"""Going on after an end: improve a try, retry it, start from nothing. Source: docs/regles.md."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from portal.domain.adaptive import Observation, TryContext
from portal.domain.mastery import Verdict


def improve(
    context: TryContext, answers: Sequence[Observation], conclusions: Collection[Verdict]
) -> TryContext:
    """Go on with the same try: what is not acquired is asked again, with other challenges.

    Returns: the context of what follows, whose answers start from none.
    """
    return _renewed(context, context, answers, conclusions)


def retry(
    fresh: TryContext, previous: TryContext, answers: Sequence[Observation], conclusions: Collection[Verdict]
) -> TryContext:
    """Start a new try after a sent one: what was acquired is kept, the rest is asked again.

    Args:
        fresh: the context of the new try as any start takes it.
        previous: that of the try that was sent, with its `answers` and `conclusions`.
    """
    # The answers kept whole would count twice if history told them too.
    return _renewed(replace(fresh, history=previous.history), previous, answers, conclusions)


def reset(fresh: TryContext) -> TryContext:
    """Start a new try from nothing: no history."""
    return replace(fresh, history=(), before=(), again=frozenset())


def _renewed(
    base: TryContext,
    previous: TryContext,
    answers: Sequence[Observation],
    conclusions: Collection[Verdict],
) -> TryContext:
    # What had left the evidence once never comes back into it, and its challenge is never asked again.
    before = [one._replace(is_void=True) if one.skill in previous.again else one for one in previous.before]
    return replace(
        base,
        before=(*before, *answers),
        again=frozenset(one.skill for one in conclusions if not one.is_acquired),
    )
