"""Rows to domain values and back: the only module that knows both."""

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from portal.domain.adaptive import FrozenChallenge, FrozenSkill, FrozenTest, Reason, TryContext
from portal.domain.marking import Given
from portal.domain.mastery import Evidence, Stage, Verdict
from portal.domain.referential import Challenge, Entry, Kind, Media, Proposal, Skill, Source

Json = dict[str, Any]


def canonical(content: Json) -> str:
    """Write JSON the same way everywhere, to be hashed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: Json) -> str:
    """Name a content by its SHA-256."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def challenge_to_json(challenge: Challenge) -> Json:
    """Write a challenge whole."""
    content = asdict(challenge)
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
            "proposals": tuple(Proposal(**one) for one in content["proposals"]),
            "entries": tuple(
                Entry(**{**one, **{key: tuple(one[key]) for key in ("solutions", "options", "treatments")}})
                for one in content["entries"]
            ),
            "groups": tuple(tuple(group) for group in content["groups"]),
            "media": Media(**media) if media else None,
            "source": Source(source["text"], date.fromisoformat(source["read_on"])) if source else None,
        }
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
    return {
        "parameters_version": test.parameters_version,
        "parameters": dict(test.parameters),
        "skills": [asdict(skill) for skill in test.skills],
    }


def frozen_test_from_json(content: Json) -> FrozenTest:
    """Read a frozen test."""
    return FrozenTest(
        skills=tuple(
            FrozenSkill(**{**one, "challenges": tuple(FrozenChallenge(**each) for each in one["challenges"])})
            for one in content["skills"]
        ),
        parameters_version=content["parameters_version"],
        parameters=content["parameters"],
    )


def context_to_json(context: TryContext) -> Json:
    """Write what belongs to one try."""
    return {"seed": context.seed, "exposure": dict(context.exposure), "seen": sorted(context.seen)}


def context_from_json(content: Json) -> TryContext:
    """Read what belongs to one try."""
    return TryContext(content["seed"], content["exposure"], frozenset(content["seen"]))


def reason_to_json(reason: Reason) -> Json:
    """Write why a question was chosen."""
    return {name: getattr(reason, name) for name in Reason.__slots__}


def given_to_json(given: Given) -> Json:
    """Write an answer as it was given; nothing given is a skip."""
    return {"choices": list(given.choices), "texts": list(given.texts)}


def given_from_json(content: Json) -> Given:
    """Read an answer."""
    return Given(tuple(content["choices"]), tuple(content["texts"]))


def verdict_to_json(verdict: Verdict) -> Json:
    """Write a conclusion for a snapshot."""
    return {name: getattr(verdict, name) for name in Verdict.__slots__}


def verdict_from_json(content: Json) -> Verdict:
    """Read a conclusion of a snapshot."""
    return Verdict(**{**content, "evidence": Evidence(content["evidence"])})
