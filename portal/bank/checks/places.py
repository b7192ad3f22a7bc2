"""Where a defect is, in words, and what of a question is read by the pupil."""

from collections.abc import Iterator
from dataclasses import replace

from portal.bank.loader import Bank
from portal.bank.places import Place
from portal.domain.pathway import Category, Pathway
from portal.domain.referential import Challenge, Kind, Media, Skill, Tube
from portal.material.pictures.library import compose


def tube_file(tube: Tube) -> str:
    """Name the file of a subject."""
    return f"sujets/{tube.competence}/{tube.id}.yaml"


def pathway_file(pathway: Pathway) -> str:
    """Name the file of a pathway, or say that it has none."""
    if pathway.category is Category.COMPETENCE:
        return f"parcours « {pathway.id} » (fait par la banque)"
    return f"parcours/{pathway.category}/{pathway.id}.yaml"


def tutorial_file(tube: Tube) -> str:
    """Name the file of the page that teaches a subject."""
    return f"tutoriels/{tube.competence}/{tube.id}.md"


def scenario_file(challenge: Challenge) -> str:
    """Name the file of the scenario that a question plays."""
    scenario = challenge.scenario or {}
    return f"scenarios/{scenario.get('simulator')}/{scenario.get('id')}.yaml"


def tube_place(tube: Tube) -> Place:
    """Give the place of a subject."""
    return Place(tube_file(tube))


def skill_place(tube: Tube, skill: Skill) -> Place:
    """Give the place of a skill."""
    return Place(tube_file(tube), f"acquis {skill.id}", skill.id)


def pathway_place(pathway: Pathway) -> Place:
    """Give the place of a pathway."""
    return Place(pathway_file(pathway))


def every_challenge(bank: Bank) -> Iterator[tuple[Place, Skill, Challenge]]:
    """Give every question with its place and its skill."""
    for tube in bank.tubes.values():
        for skill in tube.skills:
            for challenge in bank.challenges[skill.id]:
                yield Place(tube_file(tube), f"question {challenge.id}", challenge.id), skill, challenge


def instruction_place(place: Place, challenge: Challenge) -> Place:
    """Give the place of an instruction: that of a simulator is written in its scenario."""
    if challenge.kind is Kind.SIMULATOR:
        file = scenario_file(challenge)
        return Place(file, keys=("instruction",))
    return place.at("instruction")


def texts(place: Place, challenge: Challenge) -> Iterator[tuple[Place, str]]:
    """Give all that a question shows or says, with its place; typed solutions are the pupil's words, not ours."""
    told = instruction_place(place, challenge)
    yield told, challenge.instruction
    yield place.at("explanation"), challenge.explanation
    if challenge.alternative_instruction:
        yield place.at("alternative_instruction"), challenge.alternative_instruction
    if challenge.media:
        yield from _words_of(told if challenge.scenario else place, challenge.media)
    if challenge.source:
        yield place.at("source", "text"), challenge.source.text
    yield from _answers(place, challenge)


def _answers(place: Place, challenge: Challenge) -> Iterator[tuple[Place, str]]:
    """Give the proposals and the fields; of the keys named, a question has the one of its kind."""
    for at, proposal in enumerate(challenge.proposals):
        row = at if proposal.cell is None else proposal.cell[0] + 1
        yield place.at("proposals", "steps", "places", "table", row), proposal.text
    for at, entry in enumerate(challenge.entries):
        inside = place.at("fields", "labels", "pairs", at)
        yield inside, entry.label
        if entry.unit:
            yield place.at("unit"), entry.unit
        # The things to match with are the same for all.
        if not at or challenge.kind is not Kind.MATCHING:
            yield from ((inside.at("options").near(option), option) for option in entry.options)


def _words_of(place: Place, media: Media) -> Iterator[tuple[Place, str]]:
    """Give what a picture says: a composed one marks its code and addresses, whose signs are not French."""
    composed = compose(media.parts, is_strict=False) if media.parts else None
    if composed is None or composed.alternative != media.alternative:
        yield replace(place, keys=()).at("media", "alternative"), media.alternative
    if composed:
        yield replace(place, keys=()).at("picture"), composed.words
