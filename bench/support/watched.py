"""The portal as it is, that also says when it stops how long the write gate was held at most."""

from bench.support import gate
from wsgi import app

__all__ = ["app"]

gate.tell_at_exit()
