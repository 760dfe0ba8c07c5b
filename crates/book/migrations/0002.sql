-- Sources linked live, invoices, and what is sent. Words: docs/glossary.md. A shipped migration is
-- never edited. Recorded tables follow those of 0001.sql, so a session attaches them before those.

-- ── sources ──
CREATE TABLE connection (      -- a bank linked live by a connector; where it stands is connection_state
  id INTEGER PRIMARY KEY AUTOINCREMENT, connector TEXT NOT NULL, name TEXT NOT NULL,
  linked_day TEXT NOT NULL, ended_day TEXT);

-- ── sales ──
CREATE TABLE invoice (         -- a draft has no number; sent, paid, late are derived, never stored
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
  counterparty INTEGER REFERENCES counterparty, answers INTEGER REFERENCES invoice,
  draft TEXT NOT NULL,         -- what the person wrote, JSON; with the number it is frozen
  series TEXT, number INTEGER CHECK (number > 0), reference TEXT UNIQUE, -- FA-2026, 207, FA-2026-0207
  day TEXT, due_day TEXT, net_minor INTEGER, tax_minor INTEGER, gross_minor INTEGER,
  record TEXT,                 -- the invoice as EN 16931 models it, JSON, frozen
  entry INTEGER UNIQUE REFERENCES entry, -- none for an invoice of zero
  claim INTEGER UNIQUE REFERENCES posting, -- the customer's line: what is left of it is what is unpaid
  pdf_blob TEXT, pdf_size INTEGER, UNIQUE (series, number),
  CHECK (gross_minor = net_minor + tax_minor), CHECK ((entry IS NULL) = (claim IS NULL)),
  CHECK ((number IS NULL) = (series IS NULL) AND (number IS NULL) = (reference IS NULL)
    AND (number IS NULL) = (day IS NULL) AND (number IS NULL) = (record IS NULL)
    AND (number IS NULL) = (pdf_blob IS NULL) AND (number IS NULL) = (gross_minor IS NULL)));
CREATE INDEX invoice_counterparty ON invoice (counterparty);
CREATE INDEX invoice_answers ON invoice (answers) WHERE answers IS NOT NULL;
CREATE INDEX invoice_draft ON invoice (id) WHERE number IS NULL;
CREATE TABLE outbox (          -- one message to send: bytes frozen, Message-ID fixed beforehand
  id INTEGER PRIMARY KEY AUTOINCREMENT, invoice INTEGER REFERENCES invoice,
  purpose TEXT NOT NULL UNIQUE, -- document, what for, to whom: a second wish for the same finds this row
  recipients TEXT NOT NULL, subject TEXT NOT NULL, message_id TEXT NOT NULL UNIQUE,
  message_blob TEXT NOT NULL, message_size INTEGER NOT NULL, queued_at TEXT NOT NULL,
  answer TEXT CHECK (answer IN ('sent', 'refused', 'saved', 'cancelled')), -- the final one; none while it is on its way
  answer_words TEXT, answer_at TEXT, -- the server's own words, or the person's; when
  CHECK ((answer IS NULL) = (answer_at IS NULL)));
CREATE INDEX outbox_invoice ON outbox (invoice);
CREATE INDEX outbox_open ON outbox (id) WHERE answer IS NULL;

-- ── state: durable, no accounting meaning ──
CREATE TABLE outbox_state (    -- a send in progress; unknown until evidence or a person answers
  outbox INTEGER PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'unknown')),
  worker TEXT, lease_until TEXT, -- who sends it now, and until when nobody else may
  body_started_at TEXT,        -- set before the first byte of the message may leave
  tries INTEGER NOT NULL DEFAULT 0, next_try_at TEXT, words TEXT, at TEXT NOT NULL);
CREATE TABLE connection_state (-- where a connection stands: new, waiting, live, ending, expired, revoked, refused, broken
  connection INTEGER PRIMARY KEY, state TEXT NOT NULL, since TEXT NOT NULL, consent_ends TEXT, detail TEXT,
  heard_at TEXT);              -- when it last answered whole
CREATE TABLE step_state (      -- the steps of a run: sent, stored; a stored one is never asked again
  connection INTEGER NOT NULL, run TEXT NOT NULL, step INTEGER NOT NULL, request TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('sent', 'stored')), at TEXT NOT NULL, blob TEXT,
  PRIMARY KEY (connection, run, step)) WITHOUT ROWID;
CREATE TABLE call_state (      -- calls spent, by the bank's day; attended ones apart
  connection INTEGER NOT NULL, resource TEXT NOT NULL, day TEXT NOT NULL,
  attended INTEGER NOT NULL CHECK (attended IN (0, 1)), calls INTEGER NOT NULL,
  PRIMARY KEY (connection, resource, day, attended)) WITHOUT ROWID;
CREATE TABLE heard_state (     -- a read that showed nothing new: the next import or return makes it a window
  bank_account INTEGER PRIMARY KEY, connection INTEGER NOT NULL, last_day TEXT NOT NULL, balance_minor INTEGER,
  at TEXT NOT NULL, command TEXT NOT NULL); -- the import that would write it, JSON
CREATE TABLE pending_state (   -- lines the bank has not booked, replaced whole; shown, never booked
  bank_account INTEGER NOT NULL, place INTEGER NOT NULL, day TEXT, amount_minor INTEGER NOT NULL, label TEXT NOT NULL,
  PRIMARY KEY (bank_account, place)) WITHOUT ROWID;

-- ── guards ──
CREATE TRIGGER invoice_frozen BEFORE UPDATE ON invoice WHEN OLD.number IS NOT NULL BEGIN SELECT RAISE(ABORT, 'finalised'); END;
CREATE TRIGGER invoice_kept BEFORE DELETE ON invoice WHEN OLD.number IS NOT NULL BEGIN SELECT RAISE(ABORT, 'finalised'); END;
CREATE TRIGGER outbox_frozen BEFORE UPDATE OF invoice, purpose, recipients, subject, message_id, message_blob, message_size, queued_at ON outbox
  BEGIN SELECT RAISE(ABORT, 'frozen'); END;
