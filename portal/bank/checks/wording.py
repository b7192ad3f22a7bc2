"""French as it is printed, and sentences that an eleven-year-old reads in one go."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from portal.bank.checks.places import (
    every_challenge,
    instruction_place,
    pathway_place,
    scenario_file,
    skill_place,
    texts,
    tube_place,
    tutorial_file,
)
from portal.bank.loader import Bank
from portal.bank.places import Place, Problem
from portal.domain.pathway import Category, Pathway, skills_of
from portal.domain.referential import Challenge
from portal.domain.school import Grade

LONGEST_SENTENCE = 20
YOUNG = frozenset({Grade.SIXIEME, Grade.CINQUIEME, Grade.QUATRIEME})

_NO_BREAK = "\u00a0\u202f"
_CODE = re.compile(r"^```.*?^```|`[^`]*`", re.MULTILINE | re.DOTALL)
_SIGNS = (
    (re.compile("'"), "apostrophe droite, écrivez ’"),
    (re.compile('"'), "guillemet droit, écrivez « »"),
    (re.compile(r"!(?!\[)"), "point d’exclamation"),
    (re.compile(rf"«(?![{_NO_BREAK}])|(?<![{_NO_BREAK}])»"), "espace insécable absente dans « »"),
    (
        re.compile(r"[ \t\n][;:?%]|(?<![\u00a0\u202f?])[;:?](?=[\s»)*]|$)"),
        "espace insécable absente devant ; : ? ou %",
    ),
)
# Of a scenario: programs, what is typed, what judges.
_UNSAID = {"program", "target", "trial", "success", "failure", "solution", "mistakes"}
_QUOTED = re.compile("«[^»]*»")
_FAMILIAR = re.compile(r"\b(?:tu|toi|t’(?=[a-zéèêà]))\b", re.IGNORECASE)
_EVERYTHING = re.compile(r"toutes les (autres )?(réponses|propositions)", re.IGNORECASE)
# « M. Ba » is not the end of a sentence.
_END = re.compile(r"(?<!\bM)[.?!…]+(?:\s*[»)])*\s+")
_NEW_BLOCK = re.compile(r"\n\s*(?:[-*+]|\d+\.)\s|\n\s*\n|\n(?=#)|\|")


def problems(bank: Bank, young: set[str] | None = None) -> list[Problem]:
    """Check the signs of every text, and the length of the sentences read up to the 4e.

    Args:
        young: the skills that may be asked of the young, when the bank is a part of the whole.
    """
    found = [problem for place, text in _texts_of_tubes(bank) for problem in signs(place, text)]
    found += [problem for pathway in bank.pathways.values() for problem in in_pathway(pathway)]
    young = young_skills(bank) if young is None else young
    for place, skill, challenge in every_challenge(bank):
        found += in_question(place, challenge, is_for_young=skill.id in young)
    return found


def in_question(place: Place, challenge: Challenge, *, is_for_young: bool = True) -> list[Problem]:
    """Check all that a question shows or says."""
    said = [*texts(place, challenge), *_said(Place(scenario_file(challenge)), challenge.scenario or {})]
    found = [problem for here, text in said for problem in signs(here, text)]
    told = (
        (instruction_place(place, challenge), challenge.instruction),
        (place.at("explanation"), challenge.explanation),
    )
    for here, text in told:
        found += _familiar(here, text)
        if is_for_young:
            found += _long(here, text)
    for at, proposal in enumerate(challenge.proposals):
        if _EVERYTHING.search(proposal.text):
            why = f"« {proposal.text} » ne mesure rien, remplacez cette proposition."
            found.append(Problem(place.at("proposals", at), why))
    return found


def _said(place: Place, content: Any) -> Iterator[tuple[Place, str]]:
    """Give what a scenario may say on a screen."""
    if isinstance(content, str):
        yield place, content
    elif isinstance(content, Mapping):
        for key, part in content.items():
            yield from () if key in _UNSAID else _said(place.at(str(key)), part)
    elif isinstance(content, list):
        for at, part in enumerate(content):
            yield from _said(place.at(at), part)


def in_pathway(pathway: Pathway) -> list[Problem]:
    """Check what a pathway says."""
    place = pathway_place(pathway)
    said = [(place.at("title"), pathway.title), (place.at("description"), pathway.description)]
    said += [(place.at("learned", at), text) for at, text in enumerate(pathway.learned)]
    for at, stage in enumerate(pathway.stages):
        inside = place.at("stages", at)
        said += [(inside.at("title"), stage.title), (inside.at("message"), stage.message)]
    return [problem for here, text in said for problem in signs(here, text)]


def young_skills(bank: Bank) -> set[str]:
    """List the skills that a pathway asks of the 6e, 5e or 4e, and those that no pathway asks of anybody.

    The parcours of a competence asks for all there is, of nobody in particular: it says nothing here.
    """
    asked = {True: set[str](), False: set[str]()}
    for pathway in bank.pathways.values():
        if pathway.category is Category.COMPETENCE:
            continue
        is_young = not YOUNG.isdisjoint(pathway.grades)
        asked[is_young] |= {skill.id for skill in skills_of(pathway, bank.tubes)}
    return asked[True] | (set(bank.challenges) - asked[False])


def sentences(markdown: str) -> list[str]:
    """Cut a text into sentences: at . ? ! …, at paragraphs, list items and table cells."""
    text = _CODE.sub("code", markdown)
    text = re.sub(r"!?\[([^]]*)\]\([^)]*\)", r"\1", text)
    blocks = _NEW_BLOCK.split("\n" + text)
    return [sentence for block in blocks for sentence in _END.split(block + " ") if sentence.strip()]


def count_words(sentence: str) -> int:
    """Count what stands between spaces and holds a letter or a digit: « l’image » is one, « 4 000 » too."""
    joined = re.sub(rf"(?<=\d)[{_NO_BREAK}](?=\d)", "", sentence)
    return sum(any(char.isalnum() for char in word) for word in joined.split())


def _long(place: Place, markdown: str) -> Iterator[Problem]:
    for sentence in sentences(markdown):
        count = count_words(sentence)
        if count > LONGEST_SENTENCE:
            start = " ".join(sentence.split()[:6])
            why = f"phrase de {count} mots, {LONGEST_SENTENCE} au plus (« {start}… »)."
            yield Problem(place.near(" ".join(sentence.split()[:2])), why)


def _familiar(place: Place, markdown: str) -> Iterator[Problem]:
    """Ask for « vous » to the pupil; a person who is quoted speaks as he or she does."""
    found = _FAMILIAR.search(_QUOTED.sub("", _CODE.sub("code", markdown)))
    if found:
        yield Problem(place.near(found[0]), f"« {found[0]} » : on dit « vous » à l’élève.")


def signs(place: Place, text: str) -> Iterator[Problem]:
    """Name what French typography refuses in a text; code is left alone."""
    prose = _CODE.sub("code", text)
    for pattern, what in _SIGNS:
        match = pattern.search(prose)
        if match:
            around = prose[max(0, match.start() - 15) : match.end() + 10]
            near = prose[max(0, match.start() - 6) : match.end()].split("\n")[-1].strip()
            yield Problem(place.near(near), f"{what}, près de « {' '.join(around.split())} ».")


def _texts_of_tubes(bank: Bank) -> Iterator[tuple[Place, str]]:
    for tube in bank.tubes.values():
        place = tube_place(tube)
        yield from ((place.at("title"), tube.title), (place.at("description"), tube.description))
        for skill in tube.skills:
            place = skill_place(tube, skill)
            yield from ((place.at("description"), skill.description), (place.at("hint"), skill.hint))
        if tube.id in bank.tutorials:
            yield Place(tutorial_file(tube)), bank.tutorials[tube.id]
