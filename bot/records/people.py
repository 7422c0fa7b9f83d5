"""People from a file: one row a post, rows with one key are one person. Nobody missing from it is touched.

Columns with phone numbers, addresses and identity numbers are dropped at the door and never stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.records import people_columns as c
from bot.records.agency_codes import LONGEST
from bot.records.agency_columns import LEVEL_WORDS, LEVELS
from bot.records.agency_names import AgencyNames
from bot.records.outcome import Findings, Imported, Watch, What, unwatched
from bot.records.reader import Reader
from bot.records.sheets import Sheets
from bot.records.table import Record, Table, find_table, folded
from domain.agencies import Register
from domain.officials import Official, Post, Role
from domain.phrases import say, verbatim
from domain.reading.fold import plain

_KEY = re.compile(r"[\w.@-]+")
#: nine to twelve digits, or an address: a phone, an identity card, an e-mail; never kept as a name or a key
_PRIVATE = re.compile(r"(?:\+?\d[\s.-]?){9,}|[\w.]+@[\w-]+\.\w")


@dataclass(frozen=True, slots=True)
class Draft:
    """One row, read. A wish is None where the cell says nothing, "" where it takes the wish away."""

    row: int
    key: str
    name: str
    posts: tuple[Post, ...]
    locale: str | None
    digest_at: str | None
    prefers: str | None
    active: bool | None


def read_people(sheets: Sheets) -> Table:
    """The file's table of people; columns of personal data are named in its notes. BadInput without one."""
    table = find_table(sheets, c.COLUMNS)
    private = [h for h in table.ignored if c.PERSONAL.search(folded(h))]
    others = [h for h in table.ignored if h not in private]
    notes = list(table.notes)
    if private:
        notes.append(
            say(
                "Personal data was not read and is not stored: {columns}.",
                columns=verbatim(", ".join(private)),
            )
        )
    if others:
        notes.append(say("Columns not read: {columns}.", columns=verbatim(", ".join(others))))
    return replace(table, notes=tuple(notes))


def plan_people(
    table: Table,
    register: Register,
    known: Sequence[Official],
    today: date,
    *,
    locale: str = "vi",
    watch: Watch[Record] = unwatched,
) -> Imported[Official]:
    """What the file would change among the people ``known``; agencies as of ``today``. New people get ``locale``."""
    findings = Findings(notes=list(table.notes))
    rows = _Rows(table, findings, AgencyNames(register, today), known)
    by_key: dict[str, list[Draft]] = {}
    for record in watch(table.records):
        if draft := rows.read(record):
            by_key.setdefault(draft.key, []).append(draft)
    people = {o.key: o for o in known}
    written: list[Official] = []
    for key, drafts in by_key.items():
        if not _agree(drafts, findings):
            continue
        old = people.get(key)
        new = _merged(drafts, old, locale, keep_posts=key in rows.doubtful)
        if old and key in rows.doubtful:
            findings.notes.append(
                say(
                    "{name} keeps the posts held so far, because a row could not be read.",
                    name=verbatim(old.name),
                )
            )
        before = _shown(old) if old else None
        if findings.compare(drafts[0].row, key, new.name, before, _shown(new)) is not What.UNCHANGED:
            written.append(new)
    if rows.derived:
        findings.notes.append(say("Rows without a key were given one made from name and agency."))
    _warn_without_admin(known, written, findings)
    left = sum(o.key not in by_key and o.key not in rows.doubtful for o in known)
    return Imported(findings.outcome(left), tuple(written))


class _Rows:
    """Reads rows one by one; ``doubtful`` are the keys of people with a row that could not be read."""

    def __init__(
        self, table: Table, findings: Findings, names: AgencyNames, known: Sequence[Official]
    ) -> None:
        self._table, self._findings, self._names = table, findings, names
        self._by_name: dict[str, list[Official]] = {}
        for official in known:
            self._by_name.setdefault(folded(official.name), []).append(official)
        self.doubtful: set[str] = set()
        self.derived = False

    def read(self, record: Record) -> Draft | None:
        read = Reader(self._table, record, self._findings)
        name = read.needed(c.NAME, say("Please write the person's name."))
        key = read.text(c.KEY)
        for column, text in ((c.NAME, name), (c.KEY, key)):
            if _PRIVATE.search(text):
                read.bad(
                    column,
                    say(
                        "The cell holds a phone number, an address or an identity number; it was not stored."
                    ),
                    say("Please write only the name, and a code of the office's own."),
                )
        if key and read.ok and (len(key) > LONGEST or not _KEY.fullmatch(key)):
            read.bad(c.KEY, say("“{text}” cannot be a key.", text=verbatim(key[:60])), say("Please use letters, digits, dots and hyphens, without spaces."))  # fmt: skip
        posts = self._posts(read)
        locale = read.word(c.LOCALE, c.LOCALES, c.LOCALE_WORDS)
        digest_at = "" if read.clears(c.DIGEST_AT) else read.clock(c.DIGEST_AT) or None
        prefers = "" if read.clears(c.PREFERS) else read.word(c.PREFERS, c.CHANNELS, c.CHANNEL_WORDS)
        active = read.word(c.IS_ACTIVE, c.ACTIVE, c.ACTIVE_WORDS)
        if not read.ok:
            self.doubtful.update([key] if key else [o.key for o in self._by_name.get(folded(name), ())])
            return None
        key = key or self._key(name, posts[0].agency)
        return Draft(record.row, key, name, posts, locale, digest_at, prefers, active)

    def _posts(self, read: Reader) -> tuple[Post, ...]:
        level = read.word(c.LEVEL, LEVELS, LEVEL_WORDS)
        found = self._names.find(read.text(c.AGENCY), level)
        if found.agency is None:
            read.bad(c.AGENCY, found.says, found.todo)
        roles = read.words(c.ROLE, c.ROLES, c.ROLE_WORDS)
        if not read.has(c.ROLE):
            read.bad(
                c.ROLE,
                say("The cell is empty."),
                say("Please write one of: {allowed}.", allowed=verbatim(c.ROLE_WORDS)),
            )
        return tuple(Post(found.agency.code, role) for role in roles) if found.agency else ()

    def _key(self, name: str, agency: str) -> str:
        """The key of the one person known by this name there; else one made of name and agency."""
        same = [o for o in self._by_name.get(folded(name), ()) if agency in o.agencies()]
        if len(same) == 1:
            return same[0].key
        self.derived = True
        slug = re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")
        return f"{slug}-{agency}"[:LONGEST]


def _agree(drafts: Sequence[Draft], findings: Findings) -> bool:
    """Whether rows of one key can be one person; else all of them are left out."""
    for words in (
        {folded(d.name) for d in drafts},
        *({getattr(d, f) for d in drafts} - {None} for f in ("locale", "digest_at", "prefers", "active")),
    ):
        if len(words) > 1:
            rows = ", ".join(str(d.row) for d in drafts)
            for draft in drafts:
                findings.bad(
                    draft.row,
                    "",
                    say("Rows with the key {key} do not agree: {rows}.", key=verbatim(draft.key), rows=rows),
                    say(
                        "Please give each person a key, and one person the same name and wishes in every row."
                    ),
                )
            return False
    return True


def _merged(drafts: Sequence[Draft], old: Official | None, locale: str, *, keep_posts: bool) -> Official:
    base = old or Official(0, drafts[0].key, drafts[0].name, (), locale=locale)
    posts = [p for d in drafts for p in d.posts] + (list(base.posts) if keep_posts else [])

    wishes = {
        wish: value
        for draft in drafts
        for wish in ("locale", "digest_at", "prefers", "active")
        if (value := getattr(draft, wish)) is not None
    }
    ordered = sorted(set(posts), key=lambda p: (p.agency, p.role.value))
    return replace(base, name=drafts[0].name, posts=tuple(ordered), **wishes)


def _warn_without_admin(known: Iterable[Official], written: Iterable[Official], findings: Findings) -> None:
    before = {o.key: o for o in known}
    after = before | {o.key: o for o in written}
    if any(_is_admin(o) for o in before.values()) and not any(_is_admin(o) for o in after.values()):
        findings.notes.append(say("After this nobody is an administrator any more. Please name one."))


def _is_admin(official: Official) -> bool:
    return official.active and official.holds(Role.ADMIN)


def _shown(official: Official) -> dict[str, str]:
    """A person's fields as text, by column."""
    posts = sorted(f"{p.agency}:{p.role.value}" for p in official.posts)
    return {
        c.NAME: official.name,
        "posts": ", ".join(posts),
        c.LOCALE: official.locale,
        c.DIGEST_AT: official.digest_at,
        c.PREFERS: official.prefers,
        c.IS_ACTIVE: "1" if official.active else "0",
    }
