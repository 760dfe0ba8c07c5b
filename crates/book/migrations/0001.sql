-- The tables of a book, first version. Words: docs/glossary.md. A shipped migration is never edited.
-- Three classes, told by name: *_state, *_cache and the chain are not recorded; all others are
-- written by `Book::execute` alone, and its session attaches them in the REVERSE order of this file:
-- a changeset then brings lines before their entry, so the guards below hold in replay too.
-- An entry is a draft while posted_seq is NULL. "door:" = checked by the door before it commits.

-- ── who and when ──
CREATE TABLE currency (        -- exponents frozen in the book
  id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL UNIQUE CHECK (length(code) = 3), exponent INTEGER NOT NULL);
CREATE TABLE book (            -- one row: what never changes
  id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id = 1), uuid TEXT NOT NULL, country TEXT NOT NULL,
  currency INTEGER NOT NULL REFERENCES currency, first_day TEXT NOT NULL,
  chart TEXT NOT NULL, chart_size INTEGER NOT NULL, -- blobs: the chart and the tax codes the book began with
  tax_codes TEXT NOT NULL, tax_codes_size INTEGER NOT NULL);
CREATE INDEX book_currency ON book (currency);
CREATE TABLE setting (         -- dated settings: name, legal form, VAT regime, time zone, address …
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, value TEXT NOT NULL, valid_from TEXT NOT NULL,
  UNIQUE (name, valid_from));
CREATE TABLE fiscal_year (     -- door: no overlap; holds history or our own entries, never both
  id INTEGER PRIMARY KEY AUTOINCREMENT, first_day TEXT NOT NULL UNIQUE, last_day TEXT NOT NULL UNIQUE,
  origin TEXT NOT NULL CHECK (origin IN ('own', 'history')), closed_to TEXT, CHECK (first_day <= last_day));
CREATE TABLE journal (         -- AN, VE, AC, BQ1 …, OD; former = of a former software, kept apart from ours
  id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL, former INTEGER NOT NULL DEFAULT 0 CHECK (former IN (0, 1)),
  name TEXT NOT NULL, UNIQUE (code, former));
CREATE TABLE account (         -- accounts in use; properties copied from the chart's longest prefix
  id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL UNIQUE CHECK (length(code) >= 3), name TEXT NOT NULL,
  vat_role TEXT NOT NULL CHECK (vat_role IN ('none', 'due', 'deductible', 'waiting')),
  collective INTEGER NOT NULL CHECK (collective IN (0, 1)));
CREATE TABLE counterparty (    -- customer, supplier, anyone we deal with
  id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, siren TEXT, vat_number TEXT,
  country TEXT, consumer INTEGER NOT NULL DEFAULT 0 CHECK (consumer IN (0, 1)), address TEXT, email TEXT,
  electronic_address TEXT, terms TEXT, language TEXT);
CREATE TABLE bank_account (    -- bank, PSP or deferred-debit card: one currency, one account 5121nn, one journal BQn
  id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL UNIQUE REFERENCES account,
  journal INTEGER NOT NULL UNIQUE REFERENCES journal, currency INTEGER NOT NULL REFERENCES currency, name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('bank', 'psp', 'card')), closed_day TEXT);
CREATE INDEX bank_account_currency ON bank_account (currency);
CREATE TABLE bank_account_alias ( -- how sources name it: IBAN, OFX bank and account, a provider's hash
  id INTEGER PRIMARY KEY AUTOINCREMENT, bank_account INTEGER NOT NULL REFERENCES bank_account,
  source TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (source, value));
CREATE INDEX bank_account_alias_account ON bank_account_alias (bank_account);

-- ── entries ──
CREATE TABLE entry (           -- balanced record; draft until posted_seq names the history record that posted it
  id INTEGER PRIMARY KEY AUTOINCREMENT, journal INTEGER NOT NULL REFERENCES journal,
  fiscal_year INTEGER NOT NULL REFERENCES fiscal_year, day TEXT NOT NULL, label TEXT NOT NULL,
  document_reference TEXT NOT NULL, document_day TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('ordinary', 'opening', 'carried', 'settlement', 'reversal', 'history')), -- opening: the
                               -- takeover, once; carried: a later year's opening entry, left out of sums over several years
  reverses INTEGER UNIQUE REFERENCES entry, number INTEGER CHECK (number > 0), posted_seq INTEGER,
  former_number TEXT, former_posted_day TEXT,
  CHECK ((kind = 'reversal') = (reverses IS NOT NULL)), CHECK ((kind = 'history') = (former_number IS NOT NULL)),
  CHECK ((number IS NULL) = (posted_seq IS NULL OR kind = 'history')));
CREATE UNIQUE INDEX entry_number ON entry (journal, fiscal_year, number) WHERE number IS NOT NULL;
CREATE INDEX entry_journal ON entry (journal);
CREATE INDEX entry_fiscal_year ON entry (fiscal_year, day);
CREATE INDEX entry_draft ON entry (day) WHERE posted_seq IS NULL;
CREATE TABLE posting (         -- one line on one account; debit positive, credit negative
  id INTEGER PRIMARY KEY AUTOINCREMENT, entry INTEGER NOT NULL REFERENCES entry, place INTEGER NOT NULL,
  account INTEGER NOT NULL REFERENCES account, counterparty INTEGER REFERENCES counterparty,
  day TEXT NOT NULL,           -- the entry's own (door), so that an account's ledger is read by key in its order
  amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0 AND abs(amount_minor) < 9007199254740992),
  label TEXT NOT NULL DEFAULT '', carries INTEGER REFERENCES posting, -- the line of the year before that this one carries
  foreign_minor INTEGER, foreign_currency INTEGER REFERENCES currency, foreign_rate TEXT, foreign_source TEXT, foreign_day TEXT,
  UNIQUE (entry, place),
  CHECK ((foreign_minor IS NULL) = (foreign_currency IS NULL) AND (foreign_minor IS NULL) = (foreign_rate IS NULL)));
CREATE INDEX posting_account ON posting (account, day, amount_minor);
CREATE INDEX posting_counterparty ON posting (counterparty) WHERE counterparty IS NOT NULL;
CREATE INDEX posting_carries ON posting (carries) WHERE carries IS NOT NULL;
CREATE INDEX posting_foreign_currency ON posting (foreign_currency) WHERE foreign_currency IS NOT NULL;
CREATE TABLE tax_item (        -- one operation's tax; all that a VAT return reads
  id INTEGER PRIMARY KEY AUTOINCREMENT, entry INTEGER NOT NULL REFERENCES entry, posting INTEGER REFERENCES posting,
  leg TEXT NOT NULL CHECK (leg IN ('output', 'reverse_due', 'input', 'waiting_output', 'waiting_input')),
  tax_code TEXT NOT NULL, rate TEXT NOT NULL, base_minor INTEGER NOT NULL, tax_minor INTEGER NOT NULL,
  deductible_minor INTEGER NOT NULL DEFAULT 0,
  moves INTEGER REFERENCES tax_item, -- door: the first waiting item of the invoice, never a later one
  claim INTEGER REFERENCES posting,  -- of a first waiting item: the third-party line whose payment makes the tax fall due
  chargeable_on TEXT, nature TEXT NOT NULL CHECK (nature IN ('goods', 'services', 'asset')),
  counterparty INTEGER REFERENCES counterparty, consumer INTEGER, country TEXT, vat_number TEXT, operations INTEGER,
  CHECK ((chargeable_on IS NULL) = (leg IN ('waiting_output', 'waiting_input'))),
  CHECK ((claim IS NOT NULL) = (chargeable_on IS NULL AND moves IS NULL)),
  CHECK (leg IN ('input', 'waiting_input') OR deductible_minor = 0),
  CHECK (posting IS NOT NULL OR (CASE WHEN leg IN ('input', 'waiting_input') THEN deductible_minor ELSE tax_minor END) = 0));
CREATE VIEW tax_item_line AS -- what stands on the posting, signed as the ledger signs it
  SELECT id tax_item, entry, posting, CASE WHEN leg IN ('input', 'waiting_input') THEN deductible_minor ELSE -tax_minor END signed_minor
  FROM tax_item;
CREATE INDEX tax_item_entry ON tax_item (entry);
CREATE INDEX tax_item_posting ON tax_item (posting);
CREATE INDEX tax_item_moves ON tax_item (moves) WHERE moves IS NOT NULL;
CREATE INDEX tax_item_claim ON tax_item (claim) WHERE claim IS NOT NULL;
CREATE INDEX tax_item_counterparty ON tax_item (counterparty) WHERE counterparty IS NOT NULL;
CREATE INDEX tax_item_chargeable ON tax_item (chargeable_on, tax_code);
CREATE TABLE clearing_letter ( -- lettrage: only for a group that sums to zero, all posted
  id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL REFERENCES account,
  counterparty INTEGER REFERENCES counterparty, letter TEXT NOT NULL, day TEXT NOT NULL, UNIQUE (account, counterparty, letter));
CREATE INDEX clearing_letter_counterparty ON clearing_letter (counterparty);
CREATE TABLE clearing (        -- payment settles part of item: amount has the item's sign, a returned payment the other
  id INTEGER PRIMARY KEY AUTOINCREMENT, item INTEGER NOT NULL REFERENCES posting, payment INTEGER NOT NULL REFERENCES posting,
  amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0), letter INTEGER REFERENCES clearing_letter,
  UNIQUE (item, payment), CHECK (item <> payment)); -- door: same account, same counterparty, both named
CREATE INDEX clearing_payment ON clearing (payment);
CREATE INDEX clearing_letter_index ON clearing (letter);

-- ── bank ──
CREATE TABLE "window" (        -- a complete read of an account: first to last day, to its natural end; its proof is derived
  id INTEGER PRIMARY KEY AUTOINCREMENT, bank_account INTEGER NOT NULL REFERENCES bank_account,
  first_day TEXT NOT NULL, last_day TEXT NOT NULL, opening_minor INTEGER, closing_minor INTEGER, -- as stated; may be absent
  as_of TEXT NOT NULL,         -- when the bank said it: its own stamp, else the last day; orders windows whatever the import order
  lines INTEGER NOT NULL, sum_minor INTEGER NOT NULL, -- what this read itself showed, known lines included
  CHECK (first_day <= last_day));
CREATE INDEX window_bank_account ON "window" (bank_account, first_day);
CREATE TABLE statement (       -- one paper of a window: a file's statement, or one answer of a feed
  id INTEGER PRIMARY KEY AUTOINCREMENT, "window" INTEGER NOT NULL REFERENCES "window",
  source TEXT NOT NULL,        -- 'file ofx', 'file camt053', 'connection 3': a line is sighted once per source
  reader TEXT NOT NULL, blob TEXT NOT NULL, blob_size INTEGER NOT NULL);
CREATE INDEX statement_window ON statement ("window");
CREATE INDEX statement_blob ON statement (blob);
CREATE TABLE waiver (          -- why an unproved stretch was accepted for a return or a closing
  id INTEGER PRIMARY KEY AUTOINCREMENT, bank_account INTEGER NOT NULL REFERENCES bank_account,
  first_day TEXT NOT NULL, last_day TEXT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX waiver_bank_account ON waiver (bank_account);
CREATE TABLE line (            -- one booked operation at the bank; ordinal: n-th of that day and amount, never renumbered
  id INTEGER PRIMARY KEY AUTOINCREMENT, bank_account INTEGER NOT NULL REFERENCES bank_account, day TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (abs(amount_minor) < 9007199254740992), ordinal INTEGER NOT NULL, value_day TEXT,
  label TEXT NOT NULL, clean_label TEXT, -- clean_label: NULL where cleaning leaves the label as it is
  party_name TEXT, party_iban TEXT, reference TEXT, type_code TEXT,
  balance_after_minor INTEGER, original_minor INTEGER, original_currency TEXT, fee_minor INTEGER,
  state TEXT NOT NULL DEFAULT 'here' CHECK (state IN ('here', 'held', 'gone')), dismissed TEXT, -- the reason
  since TEXT NOT NULL,         -- the earliest as_of of the reads that showed it: what the bank knew when
  UNIQUE (bank_account, day, amount_minor, ordinal));
CREATE TABLE sighting (        -- which statement showed the line, and where; the first from each source only
  id INTEGER PRIMARY KEY AUTOINCREMENT, line INTEGER NOT NULL REFERENCES line,
  statement INTEGER NOT NULL REFERENCES statement, place TEXT NOT NULL, UNIQUE (line, statement));
CREATE INDEX sighting_statement ON sighting (statement);
CREATE TABLE alias (           -- a source's id for a line, with its trust; may stand on several lines
  id INTEGER PRIMARY KEY AUTOINCREMENT, line INTEGER NOT NULL REFERENCES line, source TEXT NOT NULL, name TEXT NOT NULL,
  value TEXT NOT NULL, trust TEXT NOT NULL CHECK (trust IN ('strong', 'normal', 'session', 'none')), first_seen TEXT NOT NULL,
  UNIQUE (line, source, name, value));
CREATE INDEX alias_value ON alias (value);
CREATE TABLE "match" (         -- line tied to the entry that books it; released when that entry is reversed
  id INTEGER PRIMARY KEY AUTOINCREMENT, line INTEGER NOT NULL REFERENCES line, entry INTEGER NOT NULL REFERENCES entry,
  why TEXT NOT NULL, released INTEGER NOT NULL DEFAULT 0 CHECK (released IN (0, 1)));
CREATE UNIQUE INDEX match_line ON "match" (line) WHERE released = 0;
CREATE INDEX match_line_all ON "match" (line);
CREATE INDEX match_entry ON "match" (entry);
CREATE TABLE transfer (        -- two real lines that are the halves of one transfer
  id INTEGER PRIMARY KEY AUTOINCREMENT, line_out INTEGER NOT NULL UNIQUE REFERENCES line,
  line_in INTEGER NOT NULL UNIQUE REFERENCES line);

-- ── returns ──
CREATE TABLE tax_return (      -- a form for a period; a withdrawn one stays, the next is a new row
  id INTEGER PRIMARY KEY AUTOINCREMENT, form TEXT NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL,
  pack TEXT NOT NULL, pack_blob TEXT NOT NULL, pack_size INTEGER NOT NULL, made_seq INTEGER NOT NULL,
  answers TEXT NOT NULL, boxes TEXT NOT NULL,
  settlement INTEGER REFERENCES entry, files TEXT NOT NULL DEFAULT '[]', withdrawn INTEGER NOT NULL DEFAULT 0,
  filed_day TEXT, proof_blob TEXT, CHECK (withdrawn = 0 OR filed_day IS NULL));
CREATE UNIQUE INDEX tax_return_period ON tax_return (form, first_day) WHERE withdrawn = 0;
CREATE INDEX tax_return_settlement ON tax_return (settlement);
CREATE TABLE return_item (     -- the items a made return took; an item once at most; withdrawing deletes the links
  id INTEGER PRIMARY KEY AUTOINCREMENT, tax_return INTEGER NOT NULL REFERENCES tax_return,
  tax_item INTEGER NOT NULL UNIQUE REFERENCES tax_item);
CREATE INDEX return_item_return ON return_item (tax_return);

-- ── the chain (neither recorded nor ever changed) ──
CREATE TABLE history (         -- one record for each command that changed something
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, day TEXT NOT NULL, actor TEXT NOT NULL, command TEXT NOT NULL,
  app TEXT NOT NULL, schema INTEGER NOT NULL, prev_hash BLOB NOT NULL, hash BLOB NOT NULL UNIQUE);
CREATE TABLE history_part (    -- its changeset, packed by zlib, in parts of 20,000 rows
  seq INTEGER NOT NULL REFERENCES history, part INTEGER NOT NULL, changeset BLOB NOT NULL, PRIMARY KEY (seq, part)) WITHOUT ROWID;

-- ── state: durable, no accounting meaning, written by Book::note ──
CREATE TABLE blob (            -- bytes as they came, in 1 MiB chunks
  hash TEXT NOT NULL, place INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (hash, place));
CREATE TABLE blob_state (      -- each time it came: from where, when
  id INTEGER PRIMARY KEY, hash TEXT NOT NULL, size INTEGER NOT NULL, origin TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX blob_state_hash ON blob_state (hash);

-- ── caches: kept sums, each equal to the full sum; kept by the door's one fold over the changeset, never by triggers ──
CREATE TABLE balance_cache (   -- sums of posted lines; drafts are few and summed live over entry_draft
  account INTEGER NOT NULL, fiscal_year INTEGER NOT NULL, month TEXT NOT NULL, kind TEXT NOT NULL,
  debit_minor INTEGER NOT NULL, credit_minor INTEGER NOT NULL, PRIMARY KEY (account, fiscal_year, month, kind)) WITHOUT ROWID;
CREATE TABLE open_cache (      -- what is left of each line on a collective account, drafts and all ties counted
  posting INTEGER PRIMARY KEY, rest_minor INTEGER NOT NULL);
CREATE INDEX open_cache_left ON open_cache (posting) WHERE rest_minor <> 0;
CREATE TABLE line_cache (      -- bank lines by account, day, earliest read, state: proof and inbox without a scan
  bank_account INTEGER NOT NULL, day TEXT NOT NULL, since TEXT NOT NULL, state TEXT NOT NULL,
  lines INTEGER NOT NULL, sum_minor INTEGER NOT NULL, PRIMARY KEY (bank_account, day, since, state)) WITHOUT ROWID;
CREATE TABLE waiting_cache (line INTEGER PRIMARY KEY); -- lines at the bank that nobody dismissed and no entry books

-- ── guards: of updates and deletes; the fold refuses rows added to what is posted (triggers on inserts cost 10 µs a row) ──
CREATE TRIGGER entry_frozen BEFORE UPDATE ON entry WHEN OLD.posted_seq IS NOT NULL BEGIN SELECT RAISE(ABORT, 'posted'); END;
CREATE TRIGGER entry_kept BEFORE DELETE ON entry WHEN OLD.posted_seq IS NOT NULL BEGIN SELECT RAISE(ABORT, 'posted'); END;
CREATE TRIGGER posting_frozen BEFORE UPDATE ON posting WHEN EXISTS (SELECT 1 FROM entry WHERE id IN (OLD.entry, NEW.entry) AND posted_seq IS NOT NULL)
  BEGIN SELECT RAISE(ABORT, 'posted'); END;
CREATE TRIGGER posting_kept BEFORE DELETE ON posting WHEN (SELECT posted_seq FROM entry WHERE id = OLD.entry) IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'posted'); END;
CREATE TRIGGER tax_item_frozen BEFORE UPDATE ON tax_item WHEN EXISTS (SELECT 1 FROM entry WHERE id IN (OLD.entry, NEW.entry) AND posted_seq IS NOT NULL)
  BEGIN SELECT RAISE(ABORT, 'posted'); END;
CREATE TRIGGER tax_item_kept BEFORE DELETE ON tax_item WHEN (SELECT posted_seq FROM entry WHERE id = OLD.entry) IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'posted'); END;
CREATE TRIGGER line_identity BEFORE UPDATE OF bank_account, day, amount_minor, ordinal ON line
  BEGIN SELECT RAISE(ABORT, 'identity of a line'); END;
CREATE TRIGGER return_filed BEFORE UPDATE ON tax_return WHEN OLD.filed_day IS NOT NULL BEGIN SELECT RAISE(ABORT, 'filed'); END;
CREATE TRIGGER return_kept BEFORE DELETE ON tax_return WHEN OLD.filed_day IS NOT NULL BEGIN SELECT RAISE(ABORT, 'filed'); END;
CREATE TRIGGER return_item_late BEFORE INSERT ON return_item WHEN (SELECT filed_day FROM tax_return WHERE id = NEW.tax_return) IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'filed'); END;
CREATE TRIGGER return_item_kept BEFORE DELETE ON return_item WHEN (SELECT filed_day FROM tax_return WHERE id = OLD.tax_return) IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'filed'); END;
CREATE TRIGGER history_frozen BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history'); END;
CREATE TRIGGER history_kept BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history'); END;
CREATE TRIGGER history_part_frozen BEFORE UPDATE ON history_part BEGIN SELECT RAISE(ABORT, 'history'); END;
CREATE TRIGGER history_part_kept BEFORE DELETE ON history_part BEGIN SELECT RAISE(ABORT, 'history'); END;
