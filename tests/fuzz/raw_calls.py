"""A call as raw bytes: HTTP written by hand, so that it may be wrong, and what it may be answered with."""

from __future__ import annotations

from dataclasses import dataclass

TAKEN = frozenset({200})
NOT_MINE = frozenset({401})
ANY_REFUSAL = frozenset({200, 303, 400, 401, 403, 404, 405, 413, 414, 429, 431, 0})  # 0: hung up
PAGE = frozenset({200, 303, 307, 400, 401, 403, 404, 405, 413, 429})


@dataclass(frozen=True)
class Call:
    """One call. ``leaves``: the caller goes before an answer is due. ``may_be``: what it may be answered with."""

    kind: str
    data: bytes
    may_be: frozenset[int]
    leaves: bool = False


def request(
    method: str, path: str, headers: dict[str, str] | list[tuple[str, str]], body: bytes = b"", *, length: str | None = None
) -> bytes:  # fmt: skip
    """HTTP/1.1 by hand. ``length``: another Content-Length than the true one; "" for none."""
    pairs = list(headers.items()) if isinstance(headers, dict) else headers
    given = str(len(body)) if length is None else length
    pairs = [("Host", "127.0.0.1"), ("Connection", "close"), *pairs]
    pairs += [("Content-Length", given)] if given else []
    head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in pairs)
    return head.encode("latin-1", "replace") + b"\r\n" + body


def chunked(body: bytes, size: int) -> bytes:
    """The body in chunks, whole."""
    pieces = [body[n : n + size] for n in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def multipart(form_token: str, parts: int, words: bytes = b"\xff\xfe\x00") -> bytes:
    """The chat's form as a browser sends one with files, parted by "x"; ``parts``: so many files that nobody asked for."""
    field = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    head = (
        field % (b"form_token", form_token.encode())
        + field % (b"update", b"abcdefgh14")
        + field % (b"text", words)
    )
    part = b'--x\r\nContent-Disposition: form-data; name="f"; filename="\xff\x00../a"\r\n\r\n\xff\xfe\x00\r\n'
    return head + part * parts + b"--x--\r\n"
