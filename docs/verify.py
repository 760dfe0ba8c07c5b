#!/usr/bin/env python3
"""Verifies the chained history of a book without the program that wrote it.

usage: verify.py BOOK

Opens the file read-only, recomputes the hash of every record and of every blob, and prints
`N records, head HASH`, or the first thing that is not what it says. Exit code 0 or 1.

A record's hash is SHA-256 over its columns (seq, at, day, actor, command, app, schema) as UTF-8,
the hash of the record before, and each of its changesets unpacked from zlib; each value comes with
its length before it, as eight bytes, big end first. The first record follows 32 zero bytes.
A blob lies in chunks; its name is the SHA-256 of them together, in hexadecimal.

Needs Python 3.8 or newer and nothing but its standard library.
"""

import hashlib
import os
import sqlite3
import sys
import zlib
from urllib.request import pathname2url

COLUMNS = ("seq", "at", "day", "actor", "command", "app", "schema")
APPLICATION_ID = 0x434D5054
# Rows that name bytes by their hash: each must be among the blobs.
NAMED = (
    "SELECT blob FROM statement UNION SELECT pack_blob FROM tax_return"
    " UNION SELECT chart FROM book UNION SELECT tax_codes FROM book"
    " UNION SELECT proof_blob FROM tax_return WHERE proof_blob IS NOT NULL"
)


class Broken(Exception):
    """The book is not what its hashes say."""


def absorb(hasher, value):
    hasher.update(len(value).to_bytes(8, "big"))
    hasher.update(value)


def connect(path):
    """A read-only connection. A book at rest is one file, so nothing is written beside it; one
    that a program holds open, or that a crash left, is read together with its log."""
    log = path + "-wal"
    at_rest = not os.path.exists(log) or os.path.getsize(log) == 0
    uri = "file:" + pathname2url(os.path.abspath(path)) + "?mode=ro"
    connection = sqlite3.connect(uri + ("&immutable=1" if at_rest else ""), uri=True)
    # Text is hashed as the bytes that are stored, whether or not they are UTF-8.
    connection.text_factory = bytes
    connection.execute("BEGIN")
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise Broken("this file is not a book")
    return connection


def as_bytes(value):
    if isinstance(value, int):
        return b"%d" % value
    if isinstance(value, bytes):
        return value
    raise TypeError


def as_text(name):
    return name.decode(errors="replace")


def verify_record(connection, seq, before):
    """Gives the record's hash; `before` is the hash of the one before."""
    select = "SELECT %s, prev_hash, hash FROM history WHERE seq = ?" % ", ".join(COLUMNS)
    row = connection.execute(select, (seq,)).fetchone()
    if row is None:
        raise Broken("record %d of the history is missing" % seq)
    *columns, prev_hash, stored = row
    if prev_hash != before:
        raise Broken("record %d of the history does not follow the one before" % seq)
    hasher = hashlib.sha256()
    try:
        for column in columns:
            absorb(hasher, as_bytes(column))
        absorb(hasher, prev_hash)
        parts = "SELECT changeset FROM history_part WHERE seq = ? ORDER BY part"
        for (packed,) in connection.execute(parts, (seq,)):
            absorb(hasher, zlib.decompress(packed))
    except (TypeError, zlib.error):
        raise Broken("record %d of the history cannot be read" % seq) from None
    if hasher.digest() != stored:
        raise Broken("record %d of the history is not what its hash says" % seq)
    return stored


def verify_chain(connection):
    (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM history").fetchone()
    head = bytes(32)
    for seq in range(1, last + 1):
        head = verify_record(connection, seq, head)
    return last, head


def verify_blobs(connection):
    known = set()
    for (name,) in connection.execute("SELECT DISTINCT hash FROM blob_state"):
        hasher = hashlib.sha256()
        chunks = "SELECT bytes FROM blob WHERE hash = CAST(? AS TEXT) ORDER BY place"
        for (chunk,) in connection.execute(chunks, (name,)):
            hasher.update(as_bytes(chunk))
        if hasher.hexdigest().encode() != name:
            raise Broken("the bytes of blob %s are not those it names" % as_text(name))
        known.add(name)
    for (name,) in connection.execute(NAMED):
        if name not in known:
            raise Broken("the bytes of %s are not in the book" % as_text(name))


def main(arguments):
    if len(arguments) != 1:
        print("usage: verify.py BOOK", file=sys.stderr)
        return 1
    if not os.path.isfile(arguments[0]):
        print("there is no file %s" % arguments[0])
        return 1
    try:
        connection = connect(arguments[0])
        records, head = verify_chain(connection)
        verify_blobs(connection)
    except Broken as why:
        print(why)
        return 1
    except (sqlite3.Error, TypeError) as why:
        print("the file cannot be read as a book: %s" % why)
        return 1
    print("%d records, head %s" % (records, head.hex()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
