"""Notices at the desk: written, looked at, approved, sent, and called over; the same for chat, board and shell."""
