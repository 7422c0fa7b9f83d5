"""Strict stand-ins for messengers' servers, each in a process of its own; see docs/doubles.md."""
