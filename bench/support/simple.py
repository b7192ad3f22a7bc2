"""The portal with the simple engine in the place of its own: what the rest of an answer costs."""

from bench.support import baseline
from bench.support.watched import app
from portal.domain import engine

__all__ = ["app"]

engine.decide, engine.estimate = baseline.decide, baseline.estimate
