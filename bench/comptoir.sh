#!/bin/sh
# Runs Comptoir's command line on the files of a yardstick that measures bookkeeping programs.
#
#   COMPTOIR=target/release/comptoir bench/comptoir.sh WORK DATA STATE
#
# DATA holds bank.ofx (the lines of some years), next.ofx (a later download: known days and new
# lines) and book.jsonl (the same years as entries, see docs/entries-file.md). STATE is where the
# books are made. Each work is one process on one book, through the same calls as the window.
set -eu
work=$1 data=$2 state=$3
: "${COMPTOIR:?names the comptoir command}"
bank=$state/bank.comptoir # grows by imports alone
full=$state/full.comptoir # holds every entry, for reports

fresh() {
    rm -f "$1" "$1"-*
    "$COMPTOIR" new "$1" --country fr --name Bench --first-day 2000-01-01
}

report() {
    "$COMPTOIR" report "$full" "$@" --format csv
}

case $work in
    new) fresh "$bank" ;;
    build) fresh "$full" && "$COMPTOIR" takeover "$full" "$data/book.jsonl" ;;
    W1 | W2) "$COMPTOIR" import "$bank" "$data/bank.ofx" ;;
    W8) "$COMPTOIR" import "$bank" "$data/next.ofx" ;;
    W3) report trial-balance ;;
    W4) report general-ledger --account 512100 ;;
    W5) report income-statement --by month ;;
    W6) report journal ;;
    W7) report general-ledger --account 512100 --last 40 ;;
    *)
        echo "comptoir.sh: there is no work called $work" >&2
        exit 2
        ;;
esac
