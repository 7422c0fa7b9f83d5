"""Fixtures for the channels' tests."""

from tests.bot.channels.settled import settled, settled_originals  # noqa: F401  (found by these names)
