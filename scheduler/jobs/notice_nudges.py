"""Who has not answered a notice is reminded in working hours, then their head."""

from datetime import timedelta

from bot.notices.nudging import nudge_all
from scheduler.clock import Job

JOB = Job("notice_nudges", timedelta(minutes=1), nudge_all)
