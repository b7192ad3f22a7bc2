"""Where a defect is, in words, and what of a question is read by the pupil."""

from collections.abc import Iterator

from portal.bank.loader import Bank
from portal.domain.pathway import Category, Pathway
from portal.domain.referential import Challenge, Media, Skill, Tube
from portal.material.pictures.library import compose


def tube_file(tube: Tube) -> str:
    """Name the file of a subject."""
    return f"sujets/{tube.competence}/{tube.id}.yaml"


def pathway_file(pathway: Pathway) -> str:
    """Name the file of a pathway, or say that it has none."""
    if pathway.category is Category.COMPETENCE:
        return f"parcours « {pathway.id} » (fait par la banque)"
    return f"parcours/{pathway.category}/{pathway.id}.yaml"


def every_challenge(bank: Bank) -> Iterator[tuple[str, Skill, Challenge]]:
    """Give every question with its skill and the words that say where it is."""
    for tube in bank.tubes.values():
        for skill in tube.skills:
            for challenge in bank.challenges[skill.id]:
                yield f"{tube_file(tube)}, question {challenge.id}", skill, challenge


def texts(challenge: Challenge) -> Iterator[str]:
    """Give all that a question shows or says; typed solutions are the pupil's words, not ours."""
    yield challenge.instruction
    yield challenge.explanation
    if challenge.alternative_instruction:
        yield challenge.alternative_instruction
    if challenge.media:
        yield from _words_of(challenge.media)
    if challenge.source:
        yield challenge.source.text
    for proposal in challenge.proposals:
        yield proposal.text
    for entry in challenge.entries:
        yield entry.label
        yield from entry.options
        if entry.unit:
            yield entry.unit


def _words_of(media: Media) -> Iterator[str]:
    """Give what a picture says: a composed one marks its code and addresses, whose signs are not French."""
    composed = compose(media.parts, is_strict=False) if media.parts else None
    if composed is None or composed.alternative != media.alternative:
        yield media.alternative
    if composed:
        yield composed.words
