"""Look at the bank as a pupil sees it: a small server of one's own, or pages on the disk; never the database."""

from portal.cli.preview.command import preview_command

__all__ = ["preview_command"]
