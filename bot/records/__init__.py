"""Records of an office — agencies, people, days off — from its own spreadsheets.

A file becomes rows (:mod:`sheets`), rows become a table by their headings (:mod:`table`), a table is compared
with what is known (:mod:`agencies`, :mod:`people`, :mod:`holidays`), and the :class:`~bot.records.outcome.Outcome`
says by row what is new, what changes and what cannot be taken. Only then is anything written.
"""
