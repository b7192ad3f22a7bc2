"""The pupil's pages, by moment: joining, answering, ending."""

from portal.blueprints.player import answering, doing, ends, joining, reporting

__all__ = ["answering", "doing", "ends", "joining", "reporting"]
