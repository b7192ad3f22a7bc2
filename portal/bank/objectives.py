"""What the bank is asked to cover: data, in `objectifs.yaml`. Nothing is asked of what the file does not name."""

from typing import Annotated

from pydantic import Field

from portal.bank.challenge import Part, Sentence, Slug

Count = Annotated[int, Field(ge=0)]
Level = Annotated[int, Field(ge=1, le=8)]
Percent = Annotated[int, Field(ge=0, le=100)]
Competence = Annotated[str, Field(pattern=r"^[1-5]\.[1-5]$")]


class Guided(Part):
    """How many subjects have a skill at each of these levels."""

    levels: tuple[Level, ...] = ()
    subjects: Count = 0


class Subjects(Part):
    """How many subjects: in all, for the staff alone, in each competence, for beginners."""

    all: Count = 0
    staff: Count = 0
    each: Count = 0
    guided: Guided = Guided()


class Theme(Part):
    """How many subjects speak of a theme, in all and in some competences."""

    id: Slug
    all: Count
    competences: dict[Competence, Count] = {}


class EachLevel(Part):
    """How many skills there are at each of these levels, in every competence."""

    levels: tuple[Level, ...] = ()
    skills: Count = 0


class Skills(Part):
    """How many skills; `somewhere`: levels that the whole bank has."""

    all: Count = 0
    each_level: EachLevel = EachLevel()
    somewhere: tuple[Level, ...] = ()


class Challenges(Part):
    """How many questions, of which sorts; shares are whole percents of the bank."""

    all: Count = 0
    generated: Count = 0
    simulators: Count = 0
    least_doing: Percent = 40
    most_choices: Percent = 35
    uses: Count = 0


class Tutorials(Part):
    """How many levels a section of a tutorial may teach; 0: any."""

    levels: Count = 0


class Sizes(Part):
    """Between how many skills, and of how many competences at least, some pathways are."""

    skills: tuple[Count, Count] = (0, 1000)
    competences: Count = 0
    pathways: tuple[Slug, ...] = ()


class Phones(Part):
    """What share of the subjects of some pathways can be done on a phone."""

    percent: Percent = 0
    pathways: tuple[Slug, ...] = ()


class Following(Part):
    """What changes from one year to the next: subjects kept at the same cap, levels more in a competence."""

    shared: Percent = 100
    rise: Count = 8
    years: tuple[tuple[Slug, Slug], ...] = ()


class Pathway(Part):
    """A pathway to deliver: by competence, how many subjects and up to which level."""

    id: Slug
    category: Slug
    title: Sentence
    subjects: dict[Competence, tuple[Count, Level]] = {}


class Objectives(Part):
    """The whole file. `each_competence`: the name of the pathway that the bank makes of each competence."""

    subjects: Subjects = Subjects()
    topics: tuple[Theme, ...] = ()
    skills: Skills = Skills()
    challenges: Challenges = Challenges()
    tutorials: Tutorials = Tutorials()
    sizes: Sizes = Sizes()
    phones: Phones = Phones()
    following: Following = Following()
    each_competence: str | None = None
    pathways: tuple[Pathway, ...] = ()
