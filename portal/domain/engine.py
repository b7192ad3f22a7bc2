"""The engine that tries are played with: the one place that names it."""

from portal.domain import baseline
from portal.domain.adaptive import Engine

ENGINE: Engine = baseline
PARAMETERS_VERSION = baseline.PARAMETERS_VERSION
