"""Rows to domain values and back: the only module that knows both."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from portal.domain.adaptive import (
    Earlier,
    FrozenChallenge,
    FrozenSkill,
    FrozenTest,
    LevelRange,
    Mode,
    Observation,
    Reason,
    Rule,
    TryContext,
)
from portal.domain.forecast import Ease, Length, Spread
from portal.domain.marking import Given, Outcome
from portal.domain.mastery import Evidence, Stage, Verdict
from portal.domain.parameters import UNKNOWN_GRADE, Prior, parameters_of
from portal.domain.referential import Challenge, Entry, Kind, Media, Proposal, Skill, Source

Json = dict[str, Any]


def canonical(content: Json) -> str:
    """Write JSON the same way everywhere, to be hashed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: Json) -> str:
    """Name a content by its SHA-256."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


# What the first releases did not write: left out when empty, so that a question they wrote keeps its version.
_LATER = {"size", "table", "recipe", "scenario", "timer", "focus", "zone", "cell", "answer", "part", "parts"}


def _without_empty_later(pairs: list[tuple[str, Any]]) -> Json:
    return {key: value for key, value in pairs if key not in _LATER or value}


def challenge_to_json(challenge: Challenge) -> Json:
    """Write a challenge whole."""
    content = asdict(challenge, dict_factory=_without_empty_later)
    if challenge.source:
        content["source"]["read_on"] = challenge.source.read_on.isoformat()
    return content


def challenge_from_json(content: Json) -> Challenge:
    """Read a challenge as it was written."""
    media, source = content["media"], content["source"]
    return Challenge(
        **{
            **content,
            "kind": Kind(content["kind"]),
            "proposals": tuple(_proposal(one) for one in content["proposals"]),
            "size": tuple(content["size"]) if content.get("size") else None,
            "table": tuple(tuple(row) for row in content.get("table", ())),
            "entries": tuple(
                Entry(**{**one, **{key: tuple(one[key]) for key in ("solutions", "options", "treatments")}})
                for one in content["entries"]
            ),
            "groups": tuple(tuple(group) for group in content["groups"]),
            "media": Media(**{**media, "parts": tuple(media.get("parts", ()))}) if media else None,
            "source": Source(source["text"], date.fromisoformat(source["read_on"])) if source else None,
        }
    )


def _proposal(content: Json) -> Proposal:
    zone, cell = content.get("zone"), content.get("cell")
    return Proposal(
        content["text"],
        content["right"],
        tuple(zone) if zone else None,
        tuple(cell) if cell else None,
        content.get("part"),
    )


def skill_to_json(skill: Skill) -> Json:
    """Write a skill with the words staff and pupils read."""
    return asdict(skill)


def skill_from_json(content: Json) -> Skill:
    """Read a skill frozen with a campaign."""
    return Skill(**content)


def stage_from_json(content: Json) -> Stage:
    """Read a stage frozen with a campaign."""
    return Stage(**content)


def frozen_test_to_json(test: FrozenTest) -> Json:
    """Write a frozen test, lists in a stable order."""
    numbers = asdict(test.parameters)
    return {
        "parameters_version": numbers.pop("version"),
        "parameters": numbers,
        "skills": [asdict(skill) for skill in test.skills],
    }


def frozen_test_from_json(content: Json) -> FrozenTest:
    """Read a frozen test."""
    return FrozenTest(
        skills=tuple(
            FrozenSkill(**{**one, "challenges": tuple(FrozenChallenge(**each) for each in one["challenges"])})
            for one in content["skills"]
        ),
        parameters=parameters_of(content["parameters_version"], content["parameters"]),
    )


def context_to_json(context: TryContext) -> Json:
    """Write what belongs to one try; lists of short lists, for it is read at each answer."""
    return {
        "seed": context.seed,
        "exposure": dict(context.exposure),
        "seen": sorted(context.seen),
        "mode": context.mode,
        "seconds": context.seconds,
        "prior": [context.prior.mean, context.prior.spread],
        "history": [[getattr(one, name) for name in Earlier.__slots__] for one in context.history],
        "before": [list(one) for one in context.before],
        "again": sorted(context.again),
    }


def context_from_json(content: Json) -> TryContext:
    """Read what belongs to one try; the first release wrote the first three keys only."""
    return TryContext(
        seed=content["seed"],
        exposure=content["exposure"],
        seen=frozenset(content["seen"]),
        mode=Mode(content.get("mode", Mode.NORMAL)),
        seconds=content.get("seconds"),
        prior=Prior(*content["prior"]) if "prior" in content else UNKNOWN_GRADE,
        history=tuple(_earlier(one) for one in content.get("history", ())),
        before=tuple(_observation(one) for one in content.get("before", ())),
        again=frozenset(content.get("again", ())),
    )


def _earlier(values: list[Any]) -> Earlier:
    tube, competence, difficulty, guess, slip, outcome, years = values
    return Earlier(tube, competence, difficulty, guess, slip, Outcome(outcome), years)


def _observation(values: list[Any]) -> Observation:
    skill, challenge, outcome, is_void = values
    return Observation(skill, challenge, Outcome(outcome), is_void)


def reason_to_json(reason: Reason) -> Json:
    """Write why a question was chosen."""
    return {name: getattr(reason, name) for name in Reason.__slots__}


def reason_from_json(content: Json) -> Reason | None:
    """Read why a question was chosen; None for the first release, which reasoned otherwise."""
    if "acquired" not in content:
        return None
    return Reason(**{**content, "rule": Rule(content["rule"])})


def given_to_json(given: Given) -> Json:
    """Write an answer as it was given; nothing given is a skip."""
    return {"choices": list(given.choices), "texts": list(given.texts)}


def given_from_json(content: Json) -> Given:
    """Read an answer."""
    return Given(tuple(content["choices"]), tuple(content["texts"]))


def levels_to_json(levels: Mapping[str, LevelRange]) -> Json:
    """Write the levels of the competences of a test."""
    return {name: [one.level, one.low, one.high] for name, one in levels.items()}


def levels_from_json(content: Json) -> dict[str, LevelRange]:
    """Read the levels of the competences of a test."""
    return {name: LevelRange(*values) for name, values in content.items()}


def verdict_to_json(verdict: Verdict) -> Json:
    """Write a conclusion for a snapshot."""
    return {name: getattr(verdict, name) for name in Verdict.__slots__}


def verdict_from_json(content: Json) -> Verdict:
    """Read a conclusion of a snapshot."""
    return Verdict(**{**content, "evidence": Evidence(content["evidence"])})


def lengths_to_json(lengths: Mapping[Ease, Length]) -> Json:
    """Write how long a parcours takes, by ease."""
    return {ease.value: asdict(length) for ease, length in lengths.items()}


def lengths_from_json(content: Json) -> dict[Ease, Length]:
    """Read how long a parcours takes."""
    return {
        Ease(name): Length(Spread(**length["questions"]), Spread(**length["minutes"]))
        for name, length in content.items()
    }
