"""Notices go out: begun at their hour, topped up in the outbox rather than poured into it, stopped when too much fails."""

from __future__ import annotations

from datetime import timedelta

from bot.notices.sending import send_notices
from scheduler.clock import Job

JOB = Job("notices", timedelta(seconds=5), send_notices)
