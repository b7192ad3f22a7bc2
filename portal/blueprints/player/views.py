"""The pupil's pages, by moment: joining, answering, ending."""

from portal.blueprints.player import answering, ends, joining

__all__ = ["answering", "ends", "joining"]
