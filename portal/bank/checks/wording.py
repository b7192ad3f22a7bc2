"""French as it is printed, and sentences that an eleven-year-old reads in one go."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from portal.bank.checks.places import every_challenge, pathway_file, texts, tube_file
from portal.bank.loader import Bank
from portal.domain.pathway import Category, skills_of
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
_EVERYTHING = re.compile(r"toutes les (autres )?(réponses|propositions)", re.IGNORECASE)
# « M. Ba » is not the end of a sentence.
_END = re.compile(r"(?<!\bM)[.?!…]+(?:\s*[»)])*\s+")
_NEW_BLOCK = re.compile(r"\n\s*(?:[-*+]|\d+\.)\s|\n\s*\n|\n(?=#)|\|")


def problems(bank: Bank) -> list[str]:
    """Check the signs of every text, and the length of the sentences read up to the 4e."""
    found = [f"{place} : {what}." for place, text in _all_texts(bank) for what in _signs(text)]
    young = young_skills(bank)
    for place, skill, challenge in every_challenge(bank):
        if skill.id in young:
            found += [f"{place} : {one}" for one in _long(challenge.instruction)]
            found += [f"{place} : {one}" for one in _long(challenge.explanation)]
        for proposal in challenge.proposals:
            if _EVERYTHING.search(proposal.text):
                found.append(f"{place} : « {proposal.text} » ne mesure rien, remplacez cette proposition.")
    return found


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


def _long(markdown: str) -> Iterator[str]:
    for sentence in sentences(markdown):
        count = count_words(sentence)
        if count > LONGEST_SENTENCE:
            start = " ".join(sentence.split()[:6])
            yield f"phrase de {count} mots, {LONGEST_SENTENCE} au plus (« {start}… »)."


def _signs(text: str) -> Iterator[str]:
    """Name what French typography refuses in a text; code is left alone."""
    prose = _CODE.sub("code", text)
    for pattern, what in _SIGNS:
        match = pattern.search(prose)
        if match:
            around = prose[max(0, match.start() - 15) : match.end() + 10]
            yield f"{what}, près de « {' '.join(around.split())} »"


def _said(content: Any) -> Iterator[str]:
    """Give what a scenario may say on a screen."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for key, part in content.items():
            yield from () if key in _UNSAID else _said(part)
    elif isinstance(content, list):
        for part in content:
            yield from _said(part)


def _all_texts(bank: Bank) -> Iterator[tuple[str, str]]:
    for tube in bank.tubes.values():
        yield from ((tube_file(tube), text) for text in (tube.title, tube.description))
        for skill in tube.skills:
            place = f"{tube_file(tube)}, acquis {skill.id}"
            yield from ((place, text) for text in (skill.description, skill.hint))
    for place, _, challenge in every_challenge(bank):
        yield from ((place, text) for text in (*texts(challenge), *_said(challenge.scenario or {})))
    for pathway in bank.pathways.values():
        stages = [text for stage in pathway.stages for text in (stage.title, stage.message)]
        for text in (pathway.title, pathway.description, *pathway.learned, *stages):
            yield pathway_file(pathway), text
    for name, page in bank.tutorials.items():
        yield f"tutoriel {name}.md", page
