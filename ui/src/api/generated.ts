// Written by `cargo test -p api` from crates/api/src/calls.rs. Never edited by hand.

export type AcceptOne = { 
/**
 * The line.
 */
line: number, 
/**
 * Another account than the proposed one.
 */
account?: string, 
/**
 * A tax code.
 */
tax_code?: string, 
/**
 * The counterparty's code, where the account is collective.
 */
counterparty?: string, 
/**
 * A split of one's own, in place of account and tax code.
 */
parts?: Array<Part>, 
/**
 * Another label than the bank's.
 */
label?: string, };

export type Accepted = { 
/**
 * Lines that became drafts.
 */
accepted: number, 
/**
 * Lines that still wait.
 */
left: number, };

export type AccountChoice = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name; that of the chart in the host's language, unless a person gave it another.
 */
name: string, 
/**
 * Its class in the chart: `6`.
 */
class: string, 
/**
 * The name of that class.
 */
class_name: string, 
/**
 * What it holds; `off` where the chart does not know it.
 */
kind: "asset" | "liability" | "equity" | "expense" | "income" | "off", 
/**
 * Its balance in the fiscal year of today, drafts included; minor units, debit positive.
 */
balance_minor: number, 
/**
 * Whether the book has it in use; others are opened by the first line that names them.
 */
used: boolean, 
/**
 * Whether a line that a person types may stand on it. On an account of a bank only bank lines
 * do.
 */
bookable: boolean, 
/**
 * Whether each line on it names a counterparty.
 */
collective: boolean, 
/**
 * Whether its lines must equal tax items.
 */
taxed: boolean, };

export type AccountProof = { 
/**
 * Its ledger account.
 */
account: string, 
/**
 * The name people see.
 */
name: string, 
/**
 * Its currency.
 */
currency: string, 
/**
 * Its IBAN, if a source named it so, in groups of four.
 */
iban: string | null, 
/**
 * The bank, as its latest file names it.
 */
bank: string | null, 
/**
 * What its windows prove together.
 */
state: ProofState, 
/**
 * The last proved day.
 */
proved_to: Day | null, 
/**
 * The bank's balance on that day.
 */
proved_balance_minor: number | null, 
/**
 * Lines of the days after it, or all where nothing is proved.
 */
since_proved_count: number, 
/**
 * Their sum.
 */
since_proved_minor: number, 
/**
 * The latest balance that the bank stated, proved or not.
 */
stated_balance_minor: number | null, 
/**
 * The day of that balance.
 */
stated_on: Day | null, 
/**
 * What the bank has more than the book, where broken.
 */
difference_minor: number | null, 
/**
 * First day where the earliest cause of a break most likely stands.
 */
broken_since: Day | null, 
/**
 * How many of its lines wait in the inbox.
 */
waiting: number, 
/**
 * The last proof, as a sum that is true.
 */
equation: EquationView | null, 
/**
 * Each read of the account, by first day.
 */
windows: Array<WindowView>, 
/**
 * Days that no read covers.
 */
gaps: Array<GapView>, };

export type AskView = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * Where it is found.
 */
hint: string, 
/**
 * Whether the field hides what is typed.
 */
secret: boolean, };

export type Backup = { 
/**
 * A path where nothing stands.
 */
to: string, };

export type BackupView = { 
/**
 * Where it lies.
 */
path: string, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * What its verification found.
 */
verified: VerifiedView, };

export type BankAccountView = { 
/**
 * Its id.
 */
id: number, 
/**
 * Its ledger account.
 */
account: string, 
/**
 * Its journal.
 */
journal: string, 
/**
 * The name people see.
 */
name: string, 
/**
 * Its currency.
 */
currency: string, 
/**
 * How sources name it: scheme and value.
 */
names: Array<[string, string]>, 
/**
 * How many lines stand at the bank.
 */
lines: number, 
/**
 * First and last day that any read covers.
 */
heard: [Day, Day] | null, 
/**
 * `proved`, `unproved` or `broken`.
 */
proof: string, 
/**
 * The last proved day.
 */
proved_to: Day | null, 
/**
 * The bank's balance on that day in minor units.
 */
proved_balance_minor: number | null, 
/**
 * First day where the earliest cause of a break most likely stands.
 */
broken_since: Day | null, 
/**
 * What the bank has more than the book in minor units, where broken.
 */
difference_minor: number | null, 
/**
 * Days that no read covers: first, last.
 */
gaps: Array<[Day, Day]>, };

export type BankLineView = { 
/**
 * Its id.
 */
id: number, 
/**
 * Ledger account of its bank account.
 */
account: string, 
/**
 * The booked day.
 */
day: Day, 
/**
 * Minor units of the account's currency; money in is positive.
 */
amount_minor: number, 
/**
 * The account's currency.
 */
currency: string, 
/**
 * The bank's words.
 */
label: string, 
/**
 * The other side's name.
 */
party: string | null, 
/**
 * Where it stands.
 */
state: LineStateView, 
/**
 * The entry that books it.
 */
entry: number | null, 
/**
 * Whether that entry is a draft.
 */
entry_draft: boolean | null, 
/**
 * The entry's other accounts, in the order of its lines.
 */
counter_accounts: Array<string>, };

export type BlobRef = { 
/**
 * Their SHA-256 in hexadecimal.
 */
hash: string, 
/**
 * A bank line to mark in them.
 */
line?: number, };

export type BookView = { 
/**
 * Its UUID.
 */
uuid: string, 
/**
 * ISO 3166 code of the country.
 */
country: string, 
/**
 * The book's one currency.
 */
currency: string, 
/**
 * First day.
 */
first_day: Day, 
/**
 * The settings of today.
 */
settings: { [key in string]: string }, 
/**
 * First and last day of each fiscal year, and whether it holds history.
 */
fiscal_years: Array<[Day, Day, boolean]>, 
/**
 * Today in the book's time zone.
 */
today: Day, 
/**
 * How many entries are drafts.
 */
drafts: number, 
/**
 * Number of its last record.
 */
records: number, };

export type BoxView = { 
/**
 * Its id: `08.base`.
 */
box: string, 
/**
 * The form's case: `0207`.
 */
case: string, 
/**
 * Its label.
 */
label: string, 
/**
 * Its section on the form.
 */
section: string, 
/**
 * In the form's unit (whole euros).
 */
value: number, 
/**
 * Before rounding, as decimal text.
 */
unrounded: string, 
/**
 * `high`, `medium` or `low`.
 */
grade: string, 
/**
 * The article.
 */
law: string, };

export type CashView = { 
/**
 * Its ledger account.
 */
account: string, 
/**
 * The name people see.
 */
name: string, 
/**
 * Its currency.
 */
currency: string, 
/**
 * The last proved balance and the lines since; else the last stated one and the lines since;
 * else what the ledger has.
 */
balance_minor: number, 
/**
 * What is proved of it.
 */
state: ProofState, 
/**
 * The last proved day.
 */
proved_to: Day | null, 
/**
 * How many days ago the bank was last heard; none if it never was.
 */
stale_days: number | null, };

export type ChangeView = { 
/**
 * The table.
 */
table: string, 
/**
 * The row's id.
 */
key: string, 
/**
 * What became of it.
 */
kind: "added" | "changed" | "removed", 
/**
 * Its fields; of a changed row only those that changed.
 */
fields: Array<FieldView>, };

export type CheckView = { 
/**
 * Its name.
 */
id: string, 
/**
 * Whether it holds.
 */
passed: boolean, 
/**
 * Whether it forbids to make the return.
 */
blocking: boolean, 
/**
 * The sentence.
 */
text: string, };

export type ConnectionRef = { 
/**
 * The id.
 */
connection: number, };

export type ConnectionView = { 
/**
 * Its id.
 */
id: number, 
/**
 * Its connector's id.
 */
connector: string, 
/**
 * Its connector's name.
 */
connector_name: string, 
/**
 * The name people see.
 */
name: string, 
/**
 * Since when it is linked.
 */
linked_day: Day, 
/**
 * Until when it was.
 */
ended_day: Day | null, 
/**
 * `new`, `live`, `broken`, or `ended`.
 */
state: string, 
/**
 * Since when it stands there.
 */
since: string, 
/**
 * Why, in a sentence, and what to do.
 */
why: string | null, 
/**
 * When it last answered whole.
 */
heard_at: string | null, 
/**
 * The accounts it carries.
 */
accounts: Array<SourceAccount>, 
/**
 * Calls spent today, by anyone.
 */
calls_today: number, 
/**
 * Calls that a person may still make today; none where nobody counts.
 */
calls_left: number | null, 
/**
 * What this source does not give, as words: `balance`, `balance-after`, `party-iban`,
 * `value-day`, `pending`.
 */
lacks: Array<string>, 
/**
 * Where the person mends the link at the provider.
 */
manage: string | null, };

export type ConnectorView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Countries whose banks it reads.
 */
regions: Array<string>, 
/**
 * The provider's documentation.
 */
docs: string, 
/**
 * The only hosts that are ever asked.
 */
hosts: Array<string>, 
/**
 * What the person gives.
 */
asks: Array<AskView>, 
/**
 * What it does not give.
 */
lacks: Array<string>, 
/**
 * Days back that can be read when it is linked.
 */
history_days: number | null, };

export type Count = { 
/**
 * The number.
 */
count: number, };

export type CounterpartyChoice = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What it is to us, by the last line that named it; none before any did.
 */
kind: "customer" | "supplier" | "other" | null, 
/**
 * The account of that line.
 */
account: string | null, };

export type CreditReason = "cancellation" | "return" | "rebate";

export type CreditRequest = { 
/**
 * The invoice that it answers.
 */
invoice: number, 
/**
 * Why.
 */
reason?: CreditReason, };

export type Currency = string;

export type CustomerCard = { 
/**
 * Its code; one is made of the name for a new one.
 */
code?: string, 
/**
 * The name.
 */
name: string, 
/**
 * SIREN, with or without spaces.
 */
siren?: string, 
/**
 * VAT number.
 */
vat_number?: string, 
/**
 * A consumer rather than a business.
 */
consumer: boolean, 
/**
 * Street.
 */
line1: string, 
/**
 * The rest of the street's lines.
 */
line2: string, 
/**
 * Post code.
 */
post_code: string, 
/**
 * City.
 */
city: string, 
/**
 * ISO 3166-1, two capitals.
 */
country: string, 
/**
 * Where invoices are sent.
 */
email?: string, 
/**
 * Days after the invoice in which it pays.
 */
terms_days?: number, 
/**
 * `fr` or `en`.
 */
language?: string, };

export type CustomerRef = { 
/**
 * The code.
 */
code: string, };

export type CustomerView = { 
/**
 * Everything that invoices say of it.
 */
card: CustomerCard, 
/**
 * What is open on its accounts in minor units: what it owes is positive.
 */
open_minor: number, 
/**
 * What of it is late.
 */
late_minor: number, 
/**
 * Days from invoice to payment, of the invoices that are paid; none while none is.
 */
mean_days: number | null, 
/**
 * The IBANs its payments came from.
 */
ibans: Array<string>, 
/**
 * Its invoices and credit notes, drafts first, then the latest first.
 */
invoices: Array<InvoiceRowView>, };

export type DailyCopy = { 
/**
 * Where it lies.
 */
path: string, 
/**
 * The day it was made, in the book's time zone.
 */
day: Day, 
/**
 * The last record in it.
 */
seq: number, 
/**
 * Its size in bytes.
 */
bytes: number, };

export type Day = string;

export type DayCount = { 
/**
 * The day.
 */
day: Day, 
/**
 * How many.
 */
count: number, };

export type Dismissal = { 
/**
 * The ids.
 */
lines: Array<number>, 
/**
 * Why.
 */
reason: string, };

export type EntryDraft = { 
/**
 * Journal: AN, VE, AC, CA, PA, OD; those of bank accounts are written from bank lines.
 */
journal: string, 
/**
 * The accounting day.
 */
day: Day, 
/**
 * The document's number; one is given when absent.
 */
ref?: string, 
/**
 * The document's day; the accounting day when absent.
 */
document_day?: Day, 
/**
 * What it is about.
 */
label: string, 
/**
 * `ordinary` or `opening`.
 */
kind: Kind, 
/**
 * The lines; they sum to zero.
 */
lines: Array<LineDraft>, 
/**
 * The tax items.
 */
items: Array<ItemDraft>, };

export type EntryLineView = { 
/**
 * The account.
 */
account: string, 
/**
 * The account's name.
 */
name: string, 
/**
 * The counterparty's code.
 */
counterparty: string | null, 
/**
 * Minor units; debit positive.
 */
amount_minor: number, 
/**
 * A label of its own.
 */
label: string, 
/**
 * The letter of its clearing.
 */
letter: string | null, };

export type EntryRef = { 
/**
 * The id.
 */
entry: number, };

export type EntryView = { 
/**
 * Its id.
 */
id: number, 
/**
 * Code of its journal.
 */
journal: string, 
/**
 * Its number, once posted.
 */
number: string | null, 
/**
 * Its day.
 */
day: Day, 
/**
 * What it is about.
 */
label: string, 
/**
 * The document's number.
 */
ref: string, 
/**
 * `ordinary`, `opening`, `carried`, `settlement`, `reversal` or `history`.
 */
kind: string, 
/**
 * Whether it may still change.
 */
draft: boolean, 
/**
 * Its lines.
 */
lines: Array<EntryLineView>, 
/**
 * Its tax items.
 */
items: Array<TaxItemView>, };

export type EquationView = { 
/**
 * The balance that the lines begin with, as the bank stated it.
 */
opening_minor: number, 
/**
 * The eve of the first day of the lines.
 */
opening_day: Day, 
/**
 * How many lines.
 */
lines: number, 
/**
 * Their sum.
 */
lines_minor: number, 
/**
 * The balance that they end with, as the bank stated it.
 */
closing_minor: number, 
/**
 * The day at whose end it stands.
 */
closing_day: Day, };

export type Event = { "kind": "changed", 
/**
 * The book's path.
 */
book: string, 
/**
 * The record.
 */
seq: number, 
/**
 * Recorded tables that were written.
 */
tables: Array<string>, } | { "kind": "progress", 
/**
 * The id that the caller gave.
 */
id: string, 
/**
 * What is done, in the host's language.
 */
step: string, 
/**
 * Done so far.
 */
done: number, 
/**
 * Of how many, if known.
 */
total: number | null, } | { "kind": "lagged" };

export type Explained = { 
/**
 * The figure's name.
 */
figure: string, 
/**
 * What it is.
 */
label: string, 
/**
 * The form's case; empty elsewhere.
 */
case: string, 
/**
 * The figure, as decimal text.
 */
value: string, 
/**
 * Before rounding: what the leaves sum to.
 */
unrounded: string, 
/**
 * Its currency.
 */
unit: string, 
/**
 * Name and version of the pack; empty elsewhere.
 */
pack: string, 
/**
 * How it is computed.
 */
formula: string, 
/**
 * The article.
 */
law: string, 
/**
 * `high`, `medium` or `low`.
 */
grade: string, 
/**
 * What the formula names.
 */
parts: Array<PartView>, 
/**
 * Each rounding on the way: unrounded + their sum = value.
 */
roundings: Array<RoundingView>, 
/**
 * The facts; they sum to the unrounded figure.
 */
leaves: Array<LeafView>, };

export type Export = { 
/**
 * Which one.
 */
report: ReportKind, 
/**
 * What of it.
 */
query: ReportQuery, 
/**
 * The folder for it, made if it is not there.
 */
out: string, };

export type Exported = { 
/**
 * Where it lies.
 */
path: string, 
/**
 * The file's name alone.
 */
name: string, };

export type Failure = { 
/**
 * The code, never a sentence: `posted`, `not-a-book`.
 */
code: string, 
/**
 * Names and values of the sentence.
 */
args: Array<[string, string]>, 
/**
 * What was found.
 */
message: string, 
/**
 * What to do.
 */
hint: string, 
/**
 * Underlying errors, for a report of a fault.
 */
detail: string | null, };

export type FieldView = { 
/**
 * The column.
 */
name: string, 
/**
 * Before; none if the row was added, or if it was empty.
 */
before: string | null, 
/**
 * After; none if the row was removed, or if it is empty.
 */
after: string | null, };

export type Figure = { 
/**
 * The figure's name.
 */
figure: string, };

export type File = { 
/**
 * The path.
 */
file: string, };

export type Files = { 
/**
 * The paths.
 */
files: Array<string>, };

export type Filing = { 
/**
 * The form.
 */
form: string, 
/**
 * The period.
 */
period: string, 
/**
 * The day it was filed.
 */
day: Day, };

export type FormView = { 
/**
 * Its name: `CA3`.
 */
form: string, 
/**
 * Its label.
 */
label: string, 
/**
 * Name and version of its pack.
 */
pack: string, 
/**
 * The regime of today that files it, if it does.
 */
regime: string | null, 
/**
 * Returns that stand: period, amount payable or credit, day of filing.
 */
made: Array<MadeView>, };

export type FoundAccount = { 
/**
 * Its names at the source.
 */
names: Array<[string, string]>, 
/**
 * What it is called.
 */
label: string, 
/**
 * Its bank.
 */
bank: string | null, 
/**
 * Its currency; none when the source names one that is none: then it cannot be taken in.
 */
currency: string | null, 
/**
 * Its booked balance in minor units.
 */
booked_minor: number | null, };

export type GapView = { 
/**
 * First day.
 */
from: Day, 
/**
 * Last day.
 */
to: Day, 
/**
 * What the missing lines sum to, if the balances on either side tell; zero is a gap in which
 * nothing happened.
 */
difference_minor: number | null, };

export type HistoryPage = { 
/**
 * Records before this number; from the last one when absent.
 */
before?: number, 
/**
 * At most so many; a hundred when absent.
 */
limit?: number, };

export type HomeView = { 
/**
 * Today in the book's time zone.
 */
today: Day, 
/**
 * Money on all bank accounts in the book's currency: the sum of their balances below.
 */
cash_minor: number, 
/**
 * The balances that banks proved, of the accounts that are not broken.
 */
proved_minor: number, 
/**
 * The bank accounts.
 */
accounts: Array<CashView>, 
/**
 * What waits for a person: what has a due day first, then by amount.
 */
waiting: Array<WaitingView>, 
/**
 * The last twelve months, this one among them, oldest first.
 */
months: Array<IncomeMonth>, 
/**
 * How many entries are drafts.
 */
drafts: number, 
/**
 * The last record.
 */
last_record: LastRecord | null, };

export type Iban = string;

export type IbanCheck = { 
/**
 * Whether its own digits hold.
 */
valid: boolean, 
/**
 * In groups of four; as it was typed where it is not valid.
 */
formatted: string, 
/**
 * ISO 3166 code of its country, if valid.
 */
country: string | null, };

export type Import = { 
/**
 * The paths.
 */
files: Array<string>, 
/**
 * The bank account they are of, by ledger account or name, where files do not say.
 */
account?: string, };

export type ImportedFile = { 
/**
 * The file as it was named.
 */
file: string, 
/**
 * Why nothing of it is used.
 */
refused: RefusedView | null, 
/**
 * Whether the same bytes were read before.
 */
same_bytes: boolean, 
/**
 * `ofx`, `camt053`, `csv`.
 */
format: string | null, 
/**
 * The version or dialect.
 */
dialect: string, 
/**
 * The bank, if known.
 */
bank: string | null, 
/**
 * Lines that were new.
 */
new: number, 
/**
 * What each statement brought.
 */
statements: Array<ImportedView>, 
/**
 * What a person should know of it.
 */
remarks: Array<RemarkView>, };

export type ImportedView = { 
/**
 * Ledger account of the bank account.
 */
account: string, 
/**
 * First day.
 */
from: Day, 
/**
 * Last day.
 */
to: Day, 
/**
 * Lines it showed.
 */
lines: number, 
/**
 * Lines that were new.
 */
new: number, 
/**
 * Lines gone at the bank.
 */
gone: number, 
/**
 * New lines held as a question.
 */
held: number, 
/**
 * Lines whose amount the bank changed.
 */
changed: number, 
/**
 * New lines that may be known ones of a day that two files share.
 */
doubtful: number, };

export type Inbox = { 
/**
 * How many lines wait in all.
 */
count: number, 
/**
 * How many of the lines below have a proposal that is sure.
 */
sure: number, 
/**
 * The lines, oldest first.
 */
lines: Array<LineView>, };

export type InboxPage = { 
/**
 * Lines after this one; from the oldest when absent.
 */
after?: number, 
/**
 * At most so many; all when absent.
 */
limit?: number, };

export type IncomeMonth = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * What was earned.
 */
income_minor: number, 
/**
 * What was spent.
 */
expense_minor: number, };

export type InvoiceDraft = { 
/**
 * What it is.
 */
kind: InvoiceKind, 
/**
 * The customer's code.
 */
customer?: string, 
/**
 * The day of issue; the day of finalising when absent.
 */
day?: Day, 
/**
 * The day by which to pay; by the customer's terms when absent.
 */
due_day?: Day, 
/**
 * When the goods were delivered or the service completed; the day of issue when absent.
 */
delivery_day?: Day, 
/**
 * The customer's order.
 */
order_reference?: string, 
/**
 * Words of one's own, printed under the lines.
 */
note?: string, 
/**
 * The lines.
 */
lines: Array<InvoiceLine>, 
/**
 * The invoice that a credit note answers.
 */
answers?: number, 
/**
 * Why a credit note is given.
 */
reason?: CreditReason, };

export type InvoiceKind = "invoice" | "credit_note";

export type InvoiceLine = { 
/**
 * What is sold.
 */
name: string, 
/**
 * More words about it.
 */
description?: string, 
/**
 * How many; at most four decimals.
 */
quantity: string, 
/**
 * UN/ECE recommendation 20: `C62` piece, `HUR` hour, `DAY`.
 */
unit: string, 
/**
 * Price of one, without tax; at most six decimals.
 */
unit_price: string, 
/**
 * Per cent off.
 */
discount_percent?: string, 
/**
 * The tax code.
 */
tax_code: string, 
/**
 * Per cent, for a code of several rates; its first one of the day when absent.
 */
rate?: string, 
/**
 * What it is.
 */
nature: Nature, 
/**
 * Another account than the one its nature calls for.
 */
account?: string, };

export type InvoicePayment = { 
/**
 * The entry that pays.
 */
entry: number, 
/**
 * Its document's number.
 */
reference: string, 
/**
 * Its day.
 */
day: Day, 
/**
 * Minor units.
 */
amount_minor: number, 
/**
 * The bank line it books.
 */
line: number | null, };

export type InvoicePreview = { 
/**
 * A picture of each page, SVG.
 */
pages: Array<string>, 
/**
 * Why there is no picture: a character that cannot be printed.
 */
not_drawn: string | null, 
/**
 * What each line comes to.
 */
lines: Array<number>, 
/**
 * The tax of each category and rate.
 */
taxes: Array<InvoiceTaxView>, 
/**
 * Without tax.
 */
net_minor: number, 
/**
 * Tax.
 */
tax_minor: number, 
/**
 * With tax.
 */
gross_minor: number, 
/**
 * The day of issue.
 */
day: Day, 
/**
 * The day by which to pay.
 */
due_day: Day | null, 
/**
 * The number it would get, or has.
 */
number: string, 
/**
 * What is missing; nothing means that it may be finalised.
 */
problems: Array<ProblemView>, };

export type InvoiceRef = { 
/**
 * The id.
 */
invoice: number, };

export type InvoiceRowView = { 
/**
 * Its id.
 */
id: number, 
/**
 * What it is.
 */
kind: InvoiceKind, 
/**
 * Its number; none of a draft.
 */
reference: string | null, 
/**
 * The customer's code.
 */
customer: string | null, 
/**
 * The customer's name.
 */
customer_name: string | null, 
/**
 * The day of issue.
 */
day: Day | null, 
/**
 * The day by which to pay.
 */
due_day: Day | null, 
/**
 * Without tax.
 */
net_minor: number, 
/**
 * With tax.
 */
gross_minor: number, 
/**
 * What is left to pay, or to give back.
 */
rest_minor: number, 
/**
 * Where it stands.
 */
state: InvoiceState, 
/**
 * Days since it was due, while it is not paid.
 */
late_days: number | null, 
/**
 * The last day something was paid of it or credited.
 */
settled_day: Day | null, 
/**
 * Whether it was sent.
 */
sent: SentState, 
/**
 * The number of the invoice that a credit note answers.
 */
answers: string | null, 
/**
 * What its first line says.
 */
about: string, };

export type InvoiceState = "draft" | "open" | "partly_paid" | "late" | "paid" | "credited";

export type InvoiceTaxView = { 
/**
 * Per cent.
 */
rate: string, 
/**
 * Minor units.
 */
base_minor: number, 
/**
 * Minor units.
 */
tax_minor: number, 
/**
 * Why no tax is charged.
 */
reason: string | null, };

export type InvoiceView = { 
/**
 * As in the list.
 */
row: InvoiceRowView, 
/**
 * What the person wrote.
 */
draft: InvoiceDraft, 
/**
 * Its page, its sums and what it lacks.
 */
preview: InvoicePreview, 
/**
 * Its entry.
 */
entry: number | null, 
/**
 * Credit notes that answer it, with their ids and numbers.
 */
credit_notes: Array<[number, string | null]>, 
/**
 * Bank lines that paid it: line, day, amount.
 */
payments: Array<InvoicePayment>, 
/**
 * Messages that carry it, the last first.
 */
messages: Array<MessageView>, 
/**
 * Hash of its PDF.
 */
pdf: string | null, };

export type ItemDraft = { 
/**
 * The side of the tax.
 */
leg: Leg, 
/**
 * Its tax code.
 */
tax_code: string, 
/**
 * Per cent, one of those the code allows on that day.
 */
rate: string, 
/**
 * Minor units, signed as the return counts them: a credit note's are negative.
 */
base_minor: number, 
/**
 * Minor units, signed as the base.
 */
tax_minor: number, 
/**
 * Deductible part in minor units; computed from code and business when absent.
 */
deductible_minor?: number, 
/**
 * What was supplied.
 */
nature: Nature, 
/**
 * Place, from 1, of the line it stands on; absent where nothing stands on a line.
 */
line?: number, 
/**
 * Place, from 1, of the third-party line whose payment makes a waiting tax fall due; absent
 * when the entry has just one such line of that counterparty.
 */
claim?: number, 
/**
 * The day the tax falls due; absent for the waiting legs, and only for them.
 */
chargeable_on?: Day, 
/**
 * The counterparty's code.
 */
counterparty?: string, 
/**
 * A consumer rather than a business.
 */
consumer?: boolean, 
/**
 * ISO 3166 code of the other side's country.
 */
country?: string, 
/**
 * The other side's VAT number.
 */
vat_number?: string, 
/**
 * How many operations a day's takings hold.
 */
operations?: number, };

export type JournalChoice = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether a person may type an entry in it; those of banks are written from bank lines.
 */
by_hand: boolean, };

export type KeepDraft = { 
/**
 * The draft; a new one when absent.
 */
invoice?: number, 
/**
 * What it says.
 */
draft: InvoiceDraft, };

export type Kind = "ordinary" | "opening";

export type KnownBook = { 
/**
 * Where it lies.
 */
path: string, 
/**
 * The business's name if it was open lately, else the file's.
 */
name: string, 
/**
 * When it was last written, UTC; none if it is not there.
 */
modified: string | null, 
/**
 * Its size in bytes.
 */
size: number, 
/**
 * Whether it is there.
 */
exists: boolean, };

export type Language = "fr" | "en";

export type LastRecord = { 
/**
 * Its number.
 */
seq: number, 
/**
 * Its hash in hexadecimal.
 */
hash: string, 
/**
 * When, UTC.
 */
at: string, };

export type LeafView = { 
/**
 * `item`, `line`, `answer`, `previous`, `balance`.
 */
kind: string, 
/**
 * Signed: what it adds to the unrounded figure.
 */
contribution: string, 
/**
 * In words.
 */
text: string, 
/**
 * The tax item or the entry's line.
 */
id: number | null, 
/**
 * The entry it stands in.
 */
entry: EntryView | null, 
/**
 * The entry of the invoice whose waiting tax it moves.
 */
invoice: EntryView | null, 
/**
 * Where it comes from: bank bytes, or something typed.
 */
origins: Array<OriginView>, };

export type LedgerLineView = { 
/**
 * The line's id.
 */
posting: number, 
/**
 * Its entry.
 */
entry: number, 
/**
 * Its day.
 */
day: string, 
/**
 * Code of its journal.
 */
journal: string, 
/**
 * The document's number.
 */
ref: string, 
/**
 * What it says.
 */
label: string, 
/**
 * Debit positive.
 */
amount_minor: number, 
/**
 * Balance after it.
 */
balance_minor: number, 
/**
 * Whether it may still change.
 */
draft: boolean, };

export type LedgerView = { 
/**
 * Its code.
 */
account: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Balance before the first line.
 */
opening_minor: number, 
/**
 * Balance after the last line.
 */
closing_minor: number, 
/**
 * Its lines.
 */
lines: Array<LedgerLineView>, };

export type LeftOutView = { 
/**
 * The tax item.
 */
item: number, 
/**
 * Its entry.
 */
entry: number, 
/**
 * The sentence.
 */
text: string, };

export type Leg = "output" | "reverse_due" | "input" | "waiting_output" | "waiting_input";

export type LetterView = { 
/**
 * Who it comes from; none while no mail account is set.
 */
from: string | null, 
/**
 * Whom it goes to.
 */
to: Array<string>, 
/**
 * Its subject.
 */
subject: string, 
/**
 * Its text.
 */
body: string, 
/**
 * The file that goes with it.
 */
attachment: string, 
/**
 * The message that was queued to these recipients before.
 */
queued_before: number | null, };

export type LineDays = { 
/**
 * How many in all.
 */
count: number, 
/**
 * The days that have any, newest first.
 */
days: Array<DayCount>, };

export type LineDraft = { 
/**
 * The account's code.
 */
account: string, 
/**
 * The counterparty's code, where and only where the account is collective.
 */
counterparty?: string, 
/**
 * Minor units; debit positive, credit negative.
 */
amount_minor: number, 
/**
 * A label of its own.
 */
label: string, };

export type LineQuery = { 
/**
 * Ledger account of the bank account; all of them when absent.
 */
account?: string, 
/**
 * Where they stand; anywhere when absent.
 */
state?: LineStateView, 
/**
 * What label or other side hold, in any case, or an amount as far as it is typed: `1284,5`.
 */
search?: string, };

export type LineRef = { 
/**
 * The id.
 */
line: number, };

export type LineRefs = { 
/**
 * The ids.
 */
lines: Array<number>, };

export type LineSpan = { 
/**
 * Ledger account of the bank account; all of them when absent.
 */
account?: string, 
/**
 * Where they stand; anywhere when absent.
 */
state?: LineStateView, 
/**
 * What label or other side hold, in any case, or an amount as far as it is typed: `1284,5`.
 */
search?: string, 
/**
 * First day.
 */
from: Day, 
/**
 * Last day.
 */
to: Day, };

export type LineStateView = "inbox" | "booked" | "dismissed" | "held" | "gone" | "before";

export type LineThread = { 
/**
 * The line as the inbox gives it; a proposal only while it waits there.
 */
line: LineView, 
/**
 * Where it stands.
 */
state: LineStateView, 
/**
 * Why it was set aside, in the person's words.
 */
reason: string | null, 
/**
 * The bytes that showed it.
 */
origin: OriginView, 
/**
 * The draft that accepting the proposal as it is would write; its id and those of its items
 * are the next free ones, and hold for nothing.
 */
would: EntryView | null, 
/**
 * Why accepting the proposal would be refused.
 */
refusal: RefusedView | null, 
/**
 * The entry that books it.
 */
entry: EntryView | null, };

export type LineView = { 
/**
 * Its id.
 */
id: number, 
/**
 * Ledger account of its bank account.
 */
account: string, 
/**
 * The booked day.
 */
day: Day, 
/**
 * Minor units of the account's currency; money in is positive.
 */
amount_minor: number, 
/**
 * The account's currency.
 */
currency: string, 
/**
 * The bank's words.
 */
label: string, 
/**
 * The other side's name.
 */
party: string | null, 
/**
 * What is proposed.
 */
proposal: ProposalView | null, 
/**
 * What is to be said of it besides.
 */
note: string | null, };

export type LinkRequest = { 
/**
 * The connector.
 */
connector: string, 
/**
 * The name people see; the connector's own when absent.
 */
name?: string, 
/**
 * What the person gives, by the ids of its asks.
 */
answers: { [key in string]: string }, };

export type MadeReturnView = { 
/**
 * Whether it had been made before; then only its page was drawn again.
 */
already: boolean, 
/**
 * The page.
 */
page: string, 
/**
 * The form.
 */
form: string, 
/**
 * The period.
 */
period: string, 
/**
 * Name and version of the pack.
 */
pack: string, 
/**
 * Whether it is made.
 */
made: boolean, 
/**
 * The boxes, in the order of the form.
 */
boxes: Array<BoxView>, 
/**
 * What was checked.
 */
checks: Array<CheckView>, 
/**
 * Items that have no box yet.
 */
left_out: Array<LeftOutView>, 
/**
 * What the law leaves open.
 */
questions: Array<QuestionView>, 
/**
 * The entry that settles it.
 */
settlement: Array<SettlementView>, 
/**
 * Whether nothing forbids to make it.
 */
can_be_made: boolean, };

export type MadeView = { 
/**
 * Its period.
 */
period: string, 
/**
 * The record that made it.
 */
seq: number, 
/**
 * The day it was filed.
 */
filed: Day | null, };

export type MailAccountCard = { 
/**
 * The server's name.
 */
host: string, 
/**
 * Its port: 465 or 587.
 */
port: number, 
/**
 * Whether TLS is from the first byte; else STARTTLS, which the server must offer.
 */
implicit_tls: boolean, 
/**
 * The name to sign in with.
 */
user: string, 
/**
 * The address letters come from.
 */
address: string, 
/**
 * The name beside it.
 */
name?: string, };

export type MailAccountView = { 
/**
 * The account; none while none is set.
 */
account: MailAccountCard | null, 
/**
 * Whether its password is in the keychain.
 */
has_password: boolean, 
/**
 * Whether a passphrase must be given first: the system has no keychain.
 */
sealed: boolean, };

export type MakeQuery = { 
/**
 * The form.
 */
form: string, 
/**
 * The period.
 */
period: string, 
/**
 * The answers.
 */
answers: Record<string, string>, 
/**
 * The folder its page goes to; made if missing.
 */
out: string, };

export type MarkView = { 
/**
 * What stands there.
 */
kind: "line" | "amount" | "label", 
/**
 * First UTF-16 code unit.
 */
start: number, 
/**
 * Last UTF-16 code unit, excluded.
 */
end: number, };

export type MessageRef = { 
/**
 * The id.
 */
message: number, };

export type MessageView = { 
/**
 * Its id.
 */
id: number, 
/**
 * The invoice it carries.
 */
invoice: number | null, 
/**
 * That invoice's number.
 */
reference: string | null, 
/**
 * The customer's name.
 */
customer: string | null, 
/**
 * Whom it goes to.
 */
recipients: string, 
/**
 * Its subject.
 */
subject: string, 
/**
 * Its Message-ID.
 */
message_id: string, 
/**
 * `queued`, `sending`, `unknown`, `sent`, `refused`, `saved` or `cancelled`.
 */
state: string, 
/**
 * Whether it may still be taken back.
 */
can_cancel: boolean, 
/**
 * Since when it stands there.
 */
at: string, 
/**
 * How many times it was tried.
 */
tries: number, 
/**
 * When it is tried next, at the earliest.
 */
next_try_at: string | null, 
/**
 * The server's own words, or whose word it is.
 */
words: string, };

export type MonthView = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * The account's code.
 */
account: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its debits.
 */
debit_minor: number, 
/**
 * Its credits, positive.
 */
credit_minor: number, };

export type Nature = "goods" | "services" | "asset";

export type NewBankAccount = { 
/**
 * The name people see.
 */
name: string, 
/**
 * Its IBAN.
 */
iban?: Iban, 
/**
 * A ledger account of one's own choice.
 */
account?: string, 
/**
 * Its currency; the euro when absent.
 */
currency?: Currency, };

export type NewBook = { 
/**
 * ISO 3166 code of the country.
 */
country: string, 
/**
 * The business's name.
 */
name: string, 
/**
 * First day; the fiscal year's when absent.
 */
first_day?: Day, 
/**
 * First and last day of the first fiscal year; the calendar year of the first day when absent.
 */
fiscal_year?: [Day, Day], 
/**
 * IANA time zone; that of the country's capital when absent.
 */
time_zone?: string, 
/**
 * Further settings: `siren`, `legal_form`, `vat_regime`, `vat_on`, `activity`, …
 */
settings: { [key in string]: string }, };

export type Nothing = Record<symbol, never>;

export type OpenItemView = { 
/**
 * Id of its line.
 */
posting: number, 
/**
 * Its entry.
 */
entry: number, 
/**
 * Its account.
 */
account: string, 
/**
 * The counterparty's code.
 */
counterparty: string, 
/**
 * The counterparty's name.
 */
counterparty_name: string, 
/**
 * Its day.
 */
day: Day, 
/**
 * The document's number.
 */
ref: string, 
/**
 * What is left in minor units; debit positive.
 */
rest_minor: number, 
/**
 * Whether part of its VAT waits for the payment.
 */
vat_waits: boolean, };

export type OriginView = { "kind": "bank", 
/**
 * The bank line.
 */
line: number, 
/**
 * Ledger account of its bank account.
 */
account: string, 
/**
 * The booked day.
 */
day: Day, 
/**
 * Minor units; money in is positive.
 */
amount_minor: number, 
/**
 * The bank's words.
 */
label: string, 
/**
 * Why the line was booked so.
 */
why: string, 
/**
 * Every place that showed it.
 */
sightings: Array<SightingView>, } | { "kind": "typed", 
/**
 * The record.
 */
seq: number, 
/**
 * When, UTC.
 */
at: string, 
/**
 * By whom.
 */
actor: string, 
/**
 * What was asked, in words.
 */
text: string, 
/**
 * Hash of the file it came in, if it did.
 */
blob: string | null, };

export type OutboxView = { 
/**
 * Every message, the last queued first.
 */
messages: Array<MessageView>, 
/**
 * Whether sending is held back: the book is behind what this machine saw of it.
 */
paused: boolean, 
/**
 * Whether a mail account is set.
 */
has_account: boolean, 
/**
 * Why the last run stopped early, in a sentence.
 */
stopped: Failure | null, };

export type Part = { 
/**
 * The account's code.
 */
account: string, 
/**
 * Minor units with the line's own sign: money in is positive. Tax included.
 */
gross_minor: number, 
/**
 * The tax code; none books the gross amount without a tax item.
 */
tax_code?: string, 
/**
 * Per cent, for a code of several rates; its first one when absent.
 */
rate?: string, 
/**
 * What was supplied; services when absent and the code allows both.
 */
nature?: Nature, 
/**
 * The counterparty's code, where the account is collective.
 */
counterparty?: string, };

export type PartView = { 
/**
 * In words.
 */
text: string, 
/**
 * Its value.
 */
value: string, 
/**
 * The article it rests on.
 */
law: string, 
/**
 * What it names itself.
 */
parts: Array<PartView>, };

export type PartyView = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its city, if its address is known.
 */
city: string, 
/**
 * What is open on its accounts in minor units: what it owes is positive.
 */
open_minor: number, 
/**
 * Invoices written for it.
 */
invoices: number, };

export type Passphrase = { 
/**
 * The words.
 */
passphrase: string, };

export type Place = { 
/**
 * The path.
 */
path: string, };

export type PlaceFor = { 
/**
 * Its name.
 */
name: string, };

export type PostFile = { 
/**
 * The path.
 */
file: string, 
/**
 * Whether they are also posted.
 */
validate: boolean, };

export type Posted = { 
/**
 * Entries kept as drafts by this call.
 */
drafts: number, 
/**
 * Entries posted by this call.
 */
posted: number, };

export type Preferences = { 
/**
 * The language; that of the machine when absent.
 */
language: Language | null, 
/**
 * Light, dark, or as the machine has it.
 */
theme: Theme, 
/**
 * Books that were open, the latest first.
 */
recent: Array<RecentBook>, };

export type ProblemView = { 
/**
 * The code.
 */
code: string, 
/**
 * The business term it is about: `BT-44`.
 */
term: string, 
/**
 * Place of the line, from 0.
 */
line: number | null, 
/**
 * In a sentence.
 */
text: string, 
/**
 * What to do.
 */
hint: string, };

export type ProofState = "proved" | "unproved" | "broken";

export type ProposalView = { 
/**
 * Whether it may be accepted without a look.
 */
sure: boolean, 
/**
 * `parts`, `items` or `transfer`.
 */
kind: string, 
/**
 * Accounts it goes to.
 */
accounts: Array<string>, 
/**
 * Documents it settles.
 */
documents: Array<string>, 
/**
 * Its tax code.
 */
tax_code: string | null, 
/**
 * The tax code a person may pick who holds the invoice.
 */
tax_code_hint: string | null, 
/**
 * The reason, in words.
 */
why: string, 
/**
 * What speaks for and against, in words.
 */
facts: Array<string>, };

export type QuestionView = { 
/**
 * Its name in the answers.
 */
id: string, 
/**
 * The sentence.
 */
text: string, 
/**
 * What holds without an answer.
 */
default: string, 
/**
 * The answer given.
 */
given: string | null, 
/**
 * Whether it is open now.
 */
asked: boolean, };

export type RecentBook = { 
/**
 * Where it lies.
 */
path: string, 
/**
 * The business's name.
 */
name: string, };

export type RecordChanges = { 
/**
 * The record.
 */
record: RecordView, 
/**
 * The first rows that it changed.
 */
changes: Array<ChangeView>, 
/**
 * How many more rows it changed.
 */
more: number, };

export type RecordRef = { 
/**
 * The number.
 */
seq: number, };

export type RecordView = { 
/**
 * Its number.
 */
seq: number, 
/**
 * When, UTC.
 */
at: string, 
/**
 * The day in the book's time zone.
 */
day: string, 
/**
 * By whom.
 */
actor: string, 
/**
 * The command's name.
 */
command: string, 
/**
 * What it did, in words.
 */
text: string, 
/**
 * What was asked, of long lists only the beginning.
 */
asked: unknown, 
/**
 * How long its longest list is, if it has any.
 */
count: number | null, 
/**
 * Its hash in hexadecimal.
 */
hash: string, };

export type RefusedView = { 
/**
 * The code.
 */
code: string, 
/**
 * What was found.
 */
message: string, 
/**
 * What to do.
 */
hint: string, };

export type RemarkView = { 
/**
 * The code.
 */
code: string, 
/**
 * Line of the text, from 1.
 */
line: number | null, 
/**
 * `note`, `warning` or `error`.
 */
severity: "note" | "warning" | "error", 
/**
 * The sentence.
 */
text: string, };

export type ReportKind = "journal" | "general-ledger" | "trial-balance" | "income-statement" | "balance-sheet";

export type ReportQuery = { 
/**
 * First day; from the book's beginning, history included, when absent.
 */
from?: Day, 
/**
 * Last day.
 */
to?: Day, 
/**
 * Whether drafts count.
 */
drafts: boolean, 
/**
 * An account's code, or what several begin with.
 */
account?: string, 
/**
 * Of the general ledger, only so many lines of each account, the last ones.
 */
last?: number, };

export type Restore = { 
/**
 * The backup.
 */
from: string, };

export type ReturnQuery = { 
/**
 * The form: `CA3`, in any case.
 */
form: string, 
/**
 * `2026-03`, `2026-T1` or `2026-01-01..2026-03-31`.
 */
period: string, 
/**
 * Answers to the questions the law leaves open, by their names.
 */
answers: Record<string, string>, };

export type ReturnRef = { 
/**
 * The form.
 */
form: string, 
/**
 * The period.
 */
period: string, };

export type ReturnView = { 
/**
 * The form.
 */
form: string, 
/**
 * The period.
 */
period: string, 
/**
 * Name and version of the pack.
 */
pack: string, 
/**
 * Whether it is made.
 */
made: boolean, 
/**
 * The boxes, in the order of the form.
 */
boxes: Array<BoxView>, 
/**
 * What was checked.
 */
checks: Array<CheckView>, 
/**
 * Items that have no box yet.
 */
left_out: Array<LeftOutView>, 
/**
 * What the law leaves open.
 */
questions: Array<QuestionView>, 
/**
 * The entry that settles it.
 */
settlement: Array<SettlementView>, 
/**
 * Whether nothing forbids to make it.
 */
can_be_made: boolean, };

export type RoundingView = { 
/**
 * What was rounded.
 */
of: string, 
/**
 * Before.
 */
from: string, 
/**
 * After.
 */
to: string, 
/**
 * What it changes in the figure.
 */
contribution: string, 
/**
 * The article.
 */
law: string, };

export type Sales = { 
/**
 * Drafts first, the last written first; then by day, the latest first.
 */
rows: Array<InvoiceRowView>, 
/**
 * Today in the book's time zone.
 */
today: Day, 
/**
 * The tax code proposed for a new line.
 */
tax_code: string, };

export type SaveInvoice = { 
/**
 * The id.
 */
invoice: number, 
/**
 * The folder it goes to.
 */
out: string, };

export type SaveMessage = { 
/**
 * The message.
 */
message: number, 
/**
 * The folder it goes to.
 */
out: string, };

export type SavedFile = { 
/**
 * Its path.
 */
path: string, };

export type SendInvoice = { 
/**
 * The invoice.
 */
invoice: number, 
/**
 * Whom to; the customer's own address when absent.
 */
to?: Array<string>, 
/**
 * The subject; one is written when absent.
 */
subject?: string, 
/**
 * The text; one is written when absent.
 */
body?: string, };

export type SentState = "no" | "queued" | "sent" | "saved" | "refused" | "unknown";

export type SetMailAccount = { 
/**
 * The account.
 */
account: MailAccountCard, 
/**
 * Its password; the one that is kept stays when absent.
 */
password?: string, };

export type SettingChange = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its value.
 */
value: string, 
/**
 * First day it holds.
 */
valid_from: Day, };

export type SettlementView = { 
/**
 * The account.
 */
account: string, 
/**
 * Minor units; debit positive.
 */
amount_minor: number, 
/**
 * Why.
 */
label: string, };

export type SightingView = { 
/**
 * The file's name.
 */
file: string, 
/**
 * When it came, UTC.
 */
at: string, 
/**
 * The reader and its version.
 */
reader: string, 
/**
 * SHA-256 of the file.
 */
blob: string, 
/**
 * First byte.
 */
from: number, 
/**
 * Last byte, excluded.
 */
to: number, 
/**
 * These bytes as text; what is not text is shown as �.
 */
bytes: string, 
/**
 * A few lines of the file around them.
 */
excerpt: string, 
/**
 * Where they stand in the excerpt, and amount and label in them.
 */
marks: Array<MarkView>, };

export type SirenCheck = { 
/**
 * Whether its own digits hold.
 */
valid: boolean, 
/**
 * In groups of three; as it was typed where it is not valid.
 */
formatted: string, 
/**
 * The VAT number that goes with it.
 */
vat_number: string | null, };

export type SourceAccount = { 
/**
 * Its ledger account.
 */
account: string, 
/**
 * The name people see.
 */
name: string, 
/**
 * Its currency.
 */
currency: string, 
/**
 * What files brought: `ofx`, `camt053`, `csv`.
 */
formats: Array<string>, 
/**
 * The last day that was heard.
 */
last_day: Day | null, 
/**
 * The bank's last stated balance.
 */
bank_minor: number | null, 
/**
 * The day of that balance.
 */
bank_day: Day | null, 
/**
 * What is proved.
 */
state: ProofState, 
/**
 * The difference, where it is broken.
 */
difference_minor: number | null, 
/**
 * Days since it was last heard.
 */
stale_days: number | null, 
/**
 * Announced by the bank and not booked: how many, and their sum.
 */
pending: [number, number], };

export type Sources = { 
/**
 * Banks linked live, those that ended last.
 */
connections: Array<ConnectionView>, 
/**
 * Accounts that files feed, and nobody else.
 */
files: Array<SourceAccount>, 
/**
 * What can be linked.
 */
connectors: Array<ConnectorView>, 
/**
 * Connector files of the user's own that cannot be used, with the reason.
 */
broken: Array<[string, string]>, };

export type StatementFile = { 
/**
 * The file as it was named.
 */
file: string, 
/**
 * `ofx`, `camt053`, `csv`; none when refused.
 */
format: string | null, 
/**
 * The version or dialect.
 */
dialect: string | null, 
/**
 * The bank, if known.
 */
bank: string | null, 
/**
 * Why nothing of it is used.
 */
refused: RefusedView | null, 
/**
 * What a person should know of it.
 */
remarks: Array<RemarkView>, 
/**
 * Its statements.
 */
statements: Array<StatementView>, };

export type StatementKind = "income-statement" | "balance-sheet";

export type StatementQuery = { 
/**
 * Which one.
 */
kind: StatementKind, 
/**
 * First day.
 */
from?: Day, 
/**
 * Last day.
 */
to?: Day, 
/**
 * Whether drafts count.
 */
drafts: boolean, };

export type StatementReportView = { 
/**
 * Its rows from top to bottom.
 */
rows: Array<StatementRowView>, 
/**
 * Accounts that have no place in it, with their balance.
 */
left_out: Array<[string, number]>, };

export type StatementRowView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its section.
 */
section: string, 
/**
 * `heading`, `group` or `total`.
 */
kind: string, 
/**
 * Its words.
 */
label: string, 
/**
 * Its figure.
 */
net_minor: number, 
/**
 * Its accounts: code, name, what it adds.
 */
accounts: Array<[string, string, number]>, };

export type StatementView = { 
/**
 * How the file names the account.
 */
account: string | null, 
/**
 * The account's currency.
 */
currency: string | null, 
/**
 * First day.
 */
from: string, 
/**
 * Last day.
 */
to: string, 
/**
 * Opening balance in minor units, as stated.
 */
opening_minor: number | null, 
/**
 * Closing balance in minor units, as stated.
 */
closing_minor: number | null, 
/**
 * `proved`, `unproved` or `broken`.
 */
proof: string, 
/**
 * Closing − opening − lines in minor units, when both balances are stated.
 */
difference_minor: number | null, 
/**
 * How many lines.
 */
lines: number, 
/**
 * Sum of the money that came in, in minor units.
 */
credits_minor: number, 
/**
 * Sum of the money that went out, in minor units, positive.
 */
debits_minor: number, };

export type SyncRequest = { 
/**
 * One connection; every live one when absent.
 */
connection?: number, 
/**
 * Whether the schedule asks, not a person: it leaves calls for the person, and asks nothing of
 * a bank that answered in the last six hours.
 */
unattended: boolean, };

export type Synced = { 
/**
 * What each connection brought.
 */
connections: Array<SyncedConnection>, };

export type SyncedAccount = { 
/**
 * Its ledger account.
 */
account: string, 
/**
 * Its name.
 */
name: string, 
/**
 * First day read.
 */
from: Day, 
/**
 * Last day read.
 */
to: Day, 
/**
 * Lines that are new.
 */
new: number, 
/**
 * Lines that are gone at the bank.
 */
gone: number, 
/**
 * Lines whose amount the bank changed.
 */
changed: number, 
/**
 * Lines held as a question.
 */
held: number, 
/**
 * Announced lines.
 */
pending: number, 
/**
 * Why it was not read to its end, if it was not: then it changed nothing.
 */
unfinished: string | null, };

export type SyncedConnection = { 
/**
 * Its id.
 */
connection: number, 
/**
 * Its name.
 */
name: string, 
/**
 * What each account brought.
 */
accounts: Array<SyncedAccount>, 
/**
 * Accounts that the source shows and the book does not know: proposed, never added alone.
 */
found: Array<FoundAccount>, 
/**
 * What a person should know.
 */
remarks: Array<string>, 
/**
 * Why it stopped early, if it did.
 */
stopped: Failure | null, };

export type TakeAccount = { 
/**
 * Its names at the source: scheme and value.
 */
names: Array<[string, string]>, 
/**
 * What it is called.
 */
label: string, 
/**
 * Its currency.
 */
currency: string, 
/**
 * The ledger account of the bank account it is; a new one when absent.
 */
account?: string, };

export type TaxCodeChoice = { 
/**
 * The code: `S20`.
 */
code: string, 
/**
 * Its name.
 */
label: string, 
/**
 * Whether we sell or buy.
 */
side: "sale" | "purchase", 
/**
 * What it is for.
 */
scope: "goods" | "services" | "asset" | "both", 
/**
 * The rates that it allows today in percent, the proposed one first; none where it takes any.
 */
rates: Array<string>, };

export type TaxItemView = { 
/**
 * Its id.
 */
id: number, 
/**
 * The side of the tax.
 */
leg: string, 
/**
 * Its tax code.
 */
tax_code: string, 
/**
 * Per cent.
 */
rate: string, 
/**
 * Minor units, signed as the return counts them.
 */
base_minor: number, 
/**
 * Minor units.
 */
tax_minor: number, 
/**
 * Minor units.
 */
deductible_minor: number, 
/**
 * The day it falls due; none while it waits.
 */
chargeable_on: Day | null, };

export type Theme = "light" | "dark" | "auto";

export type TrialBalanceView = { 
/**
 * The accounts.
 */
rows: Array<TrialRowView>, 
/**
 * Sum of the debits; equals that of the credits.
 */
debit_minor: number, 
/**
 * Sum of the credits.
 */
credit_minor: number, 
/**
 * Sum of what is left in debit; equals that in credit.
 */
closing_debit_minor: number, 
/**
 * Sum of what is left in credit.
 */
closing_credit_minor: number, };

export type TrialRowView = { 
/**
 * Its code.
 */
account: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What it begins with; debit positive.
 */
opening_minor: number, 
/**
 * Its debits.
 */
debit_minor: number, 
/**
 * Its credits, positive.
 */
credit_minor: number, 
/**
 * What is left; debit positive.
 */
balance_minor: number, 
/**
 * Whether its opening is computed from the year before.
 */
computed: boolean, };

export type TypedNumber = { 
/**
 * The text.
 */
text: string, };

export type UndoOne = { 
/**
 * The record; the last one that can be undone when absent.
 */
seq?: number, };

export type UpTo = { 
/**
 * The day.
 */
up_to: Day, };

export type Verdict = { 
/**
 * The message.
 */
message: number, 
/**
 * Whether it arrived; else it is queued again, with the same bytes and Message-ID.
 */
arrived: boolean, };

export type VerifiedView = { 
/**
 * Records whose hash was recomputed.
 */
records: number, 
/**
 * Hash of the last record.
 */
head: string, 
/**
 * Blobs compared with their hash.
 */
blobs: number, 
/**
 * Kept sums compared with full sums.
 */
kept_sums: number, };

export type WaitingKind = "inbox" | "broken" | "gap" | "drafts" | "return" | "statement" | "late" | "message";

export type WaitingView = { 
/**
 * What it is.
 */
kind: WaitingKind, 
/**
 * In a sentence.
 */
text: string, 
/**
 * What helps to decide; may be empty.
 */
hint: string, 
/**
 * How many.
 */
count: number, 
/**
 * Minor units, if an amount says something.
 */
amount_minor: number | null, 
/**
 * The day it is due, if a law that was read says so.
 */
due: Day | null, 
/**
 * Of what: a bank account's ledger account, `CA3/2026-03`, or nothing.
 */
target: string, };

export type Waiver = { 
/**
 * Ledger account of the bank account.
 */
account: string, 
/**
 * First day.
 */
from: Day, 
/**
 * Last day.
 */
to: Day, 
/**
 * Why.
 */
reason: string, };

export type WholeFile = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its size in bytes.
 */
size: number, 
/**
 * First byte of the text; more than zero only where the file is too long to show whole.
 */
from: number, 
/**
 * Last byte of the text, excluded.
 */
to: number, 
/**
 * What is not text is shown as �.
 */
text: string, 
/**
 * Where the line stands in the text.
 */
marks: Array<MarkView>, };

export type WindowView = { 
/**
 * First day.
 */
from: Day, 
/**
 * Last day.
 */
to: Day, 
/**
 * Whether it is proved.
 */
verdict: ProofState, 
/**
 * Why, in a sentence.
 */
why: string, 
/**
 * The file it came in.
 */
file: string | null, };

export type Calls = {
  home: { kind: "reads"; params: Nothing; result: HomeView };
  preferences: { kind: "reads"; params: Nothing; result: Preferences };
  keep_preferences: { kind: "works"; params: Preferences; result: Preferences };
  books: { kind: "reads"; params: Nothing; result: Array<KnownBook> };
  place_for: { kind: "reads"; params: PlaceFor; result: Place };
  siren: { kind: "reads"; params: TypedNumber; result: SirenCheck };
  check_iban: { kind: "reads"; params: TypedNumber; result: IbanCheck };
  read_statements: { kind: "reads"; params: Files; result: Array<StatementFile> };
  create_book: { kind: "works"; params: NewBook; result: BookView };
  create_sample: { kind: "works"; params: Nothing; result: BookView };
  book: { kind: "reads"; params: Nothing; result: BookView };
  change_setting: { kind: "writes"; params: SettingChange; result: Nothing };
  take_over: { kind: "works"; params: File; result: Count };
  import: { kind: "works"; params: Import; result: Array<ImportedFile> };
  bank_accounts: { kind: "reads"; params: Nothing; result: Array<BankAccountView> };
  open_bank_account: { kind: "writes"; params: NewBankAccount; result: BankAccountView };
  waive_proof: { kind: "writes"; params: Waiver; result: Nothing };
  proofs: { kind: "reads"; params: Nothing; result: Array<AccountProof> };
  line_days: { kind: "reads"; params: LineQuery; result: LineDays };
  bank_lines: { kind: "reads"; params: LineSpan; result: Array<BankLineView> };
  line: { kind: "reads"; params: LineRef; result: LineThread };
  whole_file: { kind: "reads"; params: BlobRef; result: WholeFile };
  inbox: { kind: "reads"; params: InboxPage; result: Inbox };
  accept: { kind: "writes"; params: AcceptOne; result: EntryView };
  accept_sure: { kind: "works"; params: Nothing; result: Accepted };
  take_back: { kind: "writes"; params: LineRef; result: Nothing };
  dismiss: { kind: "writes"; params: Dismissal; result: Nothing };
  restore_lines: { kind: "writes"; params: LineRefs; result: Nothing };
  post_file: { kind: "works"; params: PostFile; result: Posted };
  draft_entry: { kind: "writes"; params: EntryDraft; result: EntryView };
  delete_draft: { kind: "writes"; params: EntryRef; result: Nothing };
  reverse_entry: { kind: "writes"; params: EntryRef; result: EntryView };
  entry: { kind: "reads"; params: EntryRef; result: EntryView };
  open_items: { kind: "reads"; params: Nothing; result: Array<OpenItemView> };
  accounts: { kind: "reads"; params: Nothing; result: Array<AccountChoice> };
  tax_codes: { kind: "reads"; params: Nothing; result: Array<TaxCodeChoice> };
  counterparties: { kind: "reads"; params: Nothing; result: Array<CounterpartyChoice> };
  journals: { kind: "reads"; params: Nothing; result: Array<JournalChoice> };
  validate: { kind: "works"; params: UpTo; result: Posted };
  trial_balance: { kind: "reads"; params: ReportQuery; result: TrialBalanceView };
  statement_report: { kind: "reads"; params: StatementQuery; result: StatementReportView };
  ledger: { kind: "reads"; params: ReportQuery; result: Array<LedgerView> };
  journal: { kind: "reads"; params: ReportQuery; result: Array<EntryView> };
  journal_days: { kind: "reads"; params: ReportQuery; result: Array<DayCount> };
  income_by_month: { kind: "reads"; params: ReportQuery; result: Array<MonthView> };
  export: { kind: "works"; params: Export; result: Exported };
  customers: { kind: "reads"; params: Nothing; result: Array<PartyView> };
  customer: { kind: "reads"; params: CustomerRef; result: CustomerView };
  save_customer: { kind: "writes"; params: CustomerCard; result: CustomerView };
  invoices: { kind: "reads"; params: Nothing; result: Sales };
  invoice: { kind: "reads"; params: InvoiceRef; result: InvoiceView };
  preview_invoice: { kind: "reads"; params: InvoiceDraft; result: InvoicePreview };
  draft_invoice: { kind: "writes"; params: KeepDraft; result: InvoiceView };
  delete_invoice: { kind: "writes"; params: InvoiceRef; result: Nothing };
  credit_invoice: { kind: "writes"; params: CreditRequest; result: InvoiceView };
  finalise_invoice: { kind: "writes"; params: InvoiceRef; result: InvoiceView };
  save_invoice: { kind: "works"; params: SaveInvoice; result: SavedFile };
  outbox: { kind: "reads"; params: Nothing; result: OutboxView };
  letter: { kind: "reads"; params: SendInvoice; result: LetterView };
  send_invoice: { kind: "writes"; params: SendInvoice; result: MessageView };
  run_outbox: { kind: "works"; params: Nothing; result: OutboxView };
  resume_outbox: { kind: "writes"; params: Nothing; result: OutboxView };
  cancel_message: { kind: "writes"; params: MessageRef; result: Nothing };
  settle_message: { kind: "writes"; params: Verdict; result: Nothing };
  requeue_message: { kind: "writes"; params: MessageRef; result: Nothing };
  save_message: { kind: "works"; params: SaveMessage; result: SavedFile };
  mail_account: { kind: "reads"; params: Nothing; result: MailAccountView };
  set_mail_account: { kind: "works"; params: SetMailAccount; result: MailAccountView };
  test_mail: { kind: "works"; params: Nothing; result: Nothing };
  unseal_secrets: { kind: "works"; params: Passphrase; result: Nothing };
  sources: { kind: "reads"; params: Nothing; result: Sources };
  link_source: { kind: "works"; params: LinkRequest; result: ConnectionView };
  unlink_source: { kind: "writes"; params: ConnectionRef; result: Nothing };
  take_account: { kind: "writes"; params: TakeAccount; result: Nothing };
  sync: { kind: "works"; params: SyncRequest; result: Synced };
  forms: { kind: "reads"; params: Nothing; result: Array<FormView> };
  preview_return: { kind: "reads"; params: ReturnQuery; result: ReturnView };
  make_return: { kind: "works"; params: MakeQuery; result: MadeReturnView };
  withdraw_return: { kind: "writes"; params: ReturnRef; result: Nothing };
  file_return: { kind: "writes"; params: Filing; result: Nothing };
  explain: { kind: "reads"; params: Figure; result: Explained };
  history: { kind: "reads"; params: HistoryPage; result: Array<RecordView> };
  record: { kind: "reads"; params: RecordRef; result: RecordChanges };
  undo: { kind: "writes"; params: UndoOne; result: RecordView };
  verify: { kind: "works"; params: Nothing; result: VerifiedView };
  backup: { kind: "works"; params: Backup; result: BackupView };
  restore: { kind: "works"; params: Restore; result: BookView };
  daily_copies: { kind: "reads"; params: Nothing; result: Array<DailyCopy> };
  copy_of_today: { kind: "works"; params: Nothing; result: Array<DailyCopy> };
};
