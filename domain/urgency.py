"""How urgent a line is: lower stands first, and what is at most ``PRESSING`` goes before other digests."""

from __future__ import annotations

OVERDUE = 0
DUE_TODAY = 10
PRESSING = 10
PUT_OFF = 15
#: plus the working days left
DUE_SOON = 20
UNANSWERED = 50
RECEIVED = 60
SILENT = 70
CHECK_IN = 80
EVENT = 85
COORDINATOR = 90
#: what a monitor is told comes after what the same person owes, unless it is late
MONITOR_LATE = 45
MONITOR = 95
NOBODY_JOINED = 97
