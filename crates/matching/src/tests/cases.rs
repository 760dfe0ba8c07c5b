//! One case a reason, and the ambiguous ones beside it.

use super::*;

struct Case {
    lines: Vec<BankLine>,
    open: Vec<OpenItem>,
    past: Vec<PastBooking>,
}

impl Case {
    fn open(lines: Vec<BankLine>, open: Vec<OpenItem>) -> Case {
        Case { lines, open, past: Vec::new() }
    }

    fn past(lines: Vec<BankLine>, past: Vec<PastBooking>) -> Case {
        Case { lines, open: Vec::new(), past }
    }

    fn answer(&self) -> Answer {
        propose(&self.lines, &self.open, &self.past, &rules(), &own_accounts())
    }

    /// What each line is told, and the codes of the notes.
    fn check(&self, expect: &[&str], notes: &[&str]) {
        let answer = self.answer();
        let found: Vec<String> = answer.proposals.iter().map(|one| told(one.as_ref())).collect();
        assert_eq!(found, expect);
        let found: Vec<&str> = answer.notes.iter().map(Note::code).collect();
        assert_eq!(found, notes, "{:?}", answer.notes);
    }
}

fn from(mut line: BankLine, party: &str, iban: &str) -> BankLine {
    line.party_name = (!party.is_empty()).then(|| party.to_owned());
    line.party_iban = (!iban.is_empty()).then(|| iban.to_owned());
    line
}

fn on(mut line: BankLine, account: i64, text: &str) -> BankLine {
    (line.bank_account, line.day) = (BankAccountId(account), day(text));
    line
}

#[test]
fn a_number_with_its_amount_is_sure() {
    let check = |label: &str, amount: i64, expect: &str, notes: &[&str]| {
        let open = vec![
            item(1, "Hôtel de Kerlann", "FA-2026-0012", 12_000),
            item(2, "Hôtel de Kerlann", "FA-2026-0013", 5_000),
            item(3, "Galerie Vasseur", "FA-2026-0014", 12_000),
            item(4, "Galerie Vasseur", "AV-2026-0001", -2_000),
            item(5, "Scierie", "FA-2026-00123", -12_000),
        ];
        Case::open(vec![line(1, amount, label)], open).check(&[expect], notes);
    };
    check("VIR FA-2026-0012", 12_000, "invoice FA-2026-0012 | items 1 | sure", &[]);
    check("fa 2026 0014 merci", 12_000, "invoice FA-2026-0014 | items 3 | sure", &[]);
    check("VIR FA-2026-00123", -12_000, "invoice FA-2026-00123 | items 5 | sure", &[]);
    let both = "invoice FA-2026-0012, FA-2026-0013 | items 1,2 | sure";
    check("FA-2026-0012 ET FA-2026-0013", 17_000, both, &[]);
    let less = "invoice FA-2026-0014, AV-2026-0001 | items 3,4 | sure";
    check("FA-2026-0014 - AV-2026-0001", 10_000, less, &[]);
    check("REMBOURSEMENT AV-2026-0001", -2_000, "invoice AV-2026-0001 | items 4 | sure", &[]);
    // It names two and pays one.
    check("FA-2026-0012 FA-2026-0013", 5_000, "invoice FA-2026-0013 | items 2 | ?", &[]);
    // It names one of each of two counterparties, both of its amount.
    check("FA-2026-0012 FA-2026-0014", 12_000, "invoice FA-2026-0012 | items 1 | ?", &[]);
    check("VIR FA-2026-0013", 3_000, "part FA-2026-0013 | part of 2 3000 | ?", &[]);
    check("VIR FA-2026-0013", 6_000, "-", &["partial"]);
    check("RETOUR FA-2026-0013", -5_000, "-", &[]);
    // Another number, the amount of two items, no name.
    check("VIR FA-2026-0099", 12_000, "-", &["several"]);
}

#[test]
fn one_number_of_two_suppliers_is_told_apart_by_name() {
    let open = || {
        vec![item(1, "Durand Bois", "2026-117", -900), item(2, "Vernis Marolles", "2026-117", -900)]
    };
    let check = |label: &str, expect: &str| {
        Case::open(vec![line(1, -900, label)], open()).check(&[expect], &[]);
    };
    check("VIR MAROLLES VERNIS 2026-117", "invoice 2026-117 | items 2 | sure");
    check("VIR 2026-117", "invoice 2026-117 | items 1 | ?");
}

#[test]
fn an_invoice_is_given_once() {
    let open = || vec![item(1, "Galerie Vasseur", "FA-2026-0007", 500)];
    let twins = vec![line(2, 500, "VIR FA-2026-0007"), line(1, 500, "VIR FA-2026-0007")];
    Case::open(twins, open()).check(&["-", "invoice FA-2026-0007 | items 1 | sure"], &["taken"]);
    let twins = vec![line(1, 500, "VASSEUR GALERIE"), line(2, 500, "VASSEUR GALERIE")];
    Case::open(twins, open()).check(&["amount FA-2026-0007 | items 1 | sure", "-"], &[]);
    // The number is stronger than the name, though its line is younger.
    let lines = vec![line(1, 500, "VASSEUR GALERIE"), line(2, 500, "VIR FA-2026-0007")];
    Case::open(lines, open()).check(&["-", "invoice FA-2026-0007 | items 1 | sure"], &[]);
    // Two instalments of one invoice: each payment takes one.
    let open = vec![item(1, "A", "FA-2026-0007", 500), item(2, "A", "FA-2026-0007", 500)];
    let lines = vec![line(1, 500, "FA-2026-0007"), line(2, 500, "FA-2026-0007")];
    let expect = ["invoice FA-2026-0007 | items 1 | sure", "invoice FA-2026-0007 | items 2 | sure"];
    Case::open(lines, open).check(&expect, &[]);
}

#[test]
fn a_name_with_the_only_amount_is_sure() {
    let check = |label: &str, amount: i64, expect: &str, notes: &[&str]| {
        let mut later = item(5, "Studio Malavigne", "FA-5", 700);
        later.day = day("2026-03-12");
        let open = vec![
            item(1, "École de danse du Sillon", "FA-1", 100),
            item(2, "Cabinet Âgé et Compagnie", "FA-2", 200),
            item(3, "SARL Penhoël", "FA-3", 300),
            item(4, "SARL Penhoël", "FA-4", 300),
            later,
            item(6, "Bois de l'Ouest", "FA-6", 800),
            item(7, "Bois du Nord", "FA-7", 800),
        ];
        Case::open(vec![line(1, amount, label)], open).check(&[expect], notes);
    };
    check("VIR ECOLE DE DANSE", 100, "amount FA-1 | items 1 | sure", &[]);
    check("VIR SEPA école sillon", 100, "amount FA-1 | items 1 | sure", &[]);
    check("VIR ECOLE PRIVEE", 100, "amount FA-1 | items 1 | ?", &[]);
    check("VIR ECOLE DE DANSE", -100, "-", &[]);
    check("AGE", 200, "amount FA-2 | items 2 | ?", &[]);
    check("PENHOEL", 300, "amount FA-3 | items 3 | ?", &[]);
    check("VIR STUDIO MALAVIGNE", 700, "amount FA-5 | items 5 | ?", &[]);
    check("VIR", 700, "amount FA-5 | items 5 | ?", &[]);
    check("VIR BOIS OUEST", 800, "amount FA-6 | items 6 | ?", &[]);
    check("VIR INCONNU", 800, "-", &["several"]);
}

#[test]
fn a_known_iban_names_the_counterparty() {
    let mut before = past(1, 50, "X", "411", "");
    before.party_iban = Some("DE1".to_owned());
    before.counters[0].counterparty = Some("Vasseur".to_owned());
    let lines = vec![from(line(1, 100, "VIR"), "", "DE1"), from(line(2, 200, "VIR"), "", "DE2")];
    let open = vec![item(1, "Vasseur", "FA-1", 100), item(2, "Kerlann", "FA-2", 200)];
    let case = Case { lines, open, past: vec![before] };
    case.check(&["amount FA-1 | items 1 | sure", "amount FA-2 | items 2 | ?"], &[]);
}

#[test]
fn two_halves_of_a_transfer_meet() {
    let check = |first: BankLine, second: BankLine, expect: [&str; 2]| {
        Case::open(vec![first, second], vec![]).check(&expect, &[]);
    };
    let out = |label: &str, text: &str| on(line(1, -500, label), 1, text);
    let into = |label: &str, text: &str| on(line(2, 500, label), 2, text);
    let both = ["transfer 2 | transfer | sure", "transfer 1 | transfer | sure"];
    let half = ["rule fr/own-transfer 1 | transfer | ?", "-"];
    let own = "FR7699901008120009870011288";
    check(out("VIREMENT INTERNE", "2026-03-10"), into("VIR RECU", "2026-03-12"), both);
    check(out("VIREMENT INTERNE", "2026-03-10"), into("VIR RECU", "2026-03-15"), both);
    check(out("VIREMENT INTERNE", "2026-03-10"), into("VIR RECU", "2026-03-16"), half);
    check(from(out("VIR", "2026-03-10"), "", own), into("VIR", "2026-03-10"), both);
    let doubt = ["transfer 2 | transfer | ?", "transfer 1 | transfer | ?"];
    check(out("VIR VERS LIVRET", "2026-03-10"), into("VIR", "2026-03-10"), doubt);
    check(out("VIR", "2026-03-10"), into("VIR", "2026-03-10"), ["-", "-"]);
    // Both in one account; and one says another account than where the other lies.
    let same = on(into("VIR RECU", "2026-03-10"), 1, "2026-03-10");
    check(out("VIREMENT INTERNE", "2026-03-10"), same, half);
    let third = on(into("VIR", "2026-03-10"), 3, "2026-03-10");
    check(from(out("VIR", "2026-03-10"), "", own), third, ["transfer | transfer | ?", "-"]);
}

#[test]
fn what_was_booked_twice_alike_is_a_habit() {
    let check = |amount: i64, past: Vec<PastBooking>, expect: &str| {
        Case::past(vec![line(1, amount, "CB LE LEVAIN BLEU 10/03")], past).check(&[expect], &[]);
    };
    let bread = |decision, amount| past(decision, amount, "CARTE LE LEVAIN BLEU", "6257", "");
    check(-100, vec![bread(1, -100)], "-");
    check(-100, vec![bread(1, -100), bread(2, -90)], "history 2 2026-01-03 | 6257 | ?");
    let thrice = || vec![bread(3, -110), bread(1, -100), bread(2, -90)];
    check(-220, thrice(), "history 3 2026-01-04 | 6257 | sure");
    check(-221, thrice(), "history 3 2026-01-04 | 6257 | ?");
    check(-45, thrice(), "history 3 2026-01-04 | 6257 | sure");
    check(-44, thrice(), "history 3 2026-01-04 | 6257 | ?");
    check(100, thrice(), "-");
    // The last decision contradicts the earlier ones; two later ones make a new habit.
    let other = |decision| past(decision, -100, "LE LEVAIN BLEU", "6064", "");
    check(-100, [thrice(), vec![other(4)]].concat(), "-");
    let new = [thrice(), vec![other(4), other(5)]].concat();
    check(-100, new, "history 2 2026-01-06 | 6064 | ?");
    // A tax code is repeated when it was always given.
    let taxed = |decision, code| past(decision, -100, "LE LEVAIN BLEU", "6257", code);
    let always = vec![taxed(1, "P10"), taxed(2, "P10"), taxed(3, "P10")];
    check(-100, always, "history 3 2026-01-04 | 6257 P10 | sure");
    let not_always = vec![taxed(1, "P10"), taxed(2, ""), taxed(3, "P10")];
    check(-100, not_always, "history 3 2026-01-04 | 6257 | ?");
    // Split or paid to a counterparty's documents: nothing to repeat.
    let mut split = thrice();
    split.iter_mut().for_each(|one| one.counters.push(one.counters[0].clone()));
    check(-100, split, "-");
    let mut documents = thrice();
    documents.iter_mut().for_each(|one| one.counters[0].counterparty = Some("BLEU".to_owned()));
    check(-100, documents, "-");
    let transfers = (1..=3).map(|decision| past(decision, -100, "LE LEVAIN BLEU", "580", ""));
    check(-100, transfers.collect(), "history 3 2026-01-04 | transfer | sure");
}

#[test]
fn an_iban_that_stood_for_several_things_needs_its_words() {
    let tax = |decision, label: &str, account: &str| {
        let mut one = past(decision, -100, label, account, "");
        one.party_iban = Some("FR1".to_owned());
        one
    };
    let check = |label: &str, past: &[PastBooking], expect: &str| {
        let lines = vec![from(line(1, -100, label), "", "FR1")];
        Case::past(lines, past.to_vec()).check(&[expect], &[]);
    };
    let mixed = [tax(1, "ALPHA", "6311"), tax(2, "BETA", "6312"), tax(3, "BETA", "6312")];
    check("BETA 03", &mixed, "history 2 2026-01-04 | 6312 | ?");
    check("ALPHA 03", &mixed, "-");
    check("GAMMA", &mixed, "-");
    check("GAMMA", &mixed[1..], "history 2 2026-01-04 | 6312 | ?");
}

#[test]
fn reasons_have_their_order() {
    let bread = |decision| past(decision, -100, "LEVAIN BLEU", "6257", "");
    let open = vec![item(1, "Scierie", "F-1001", -100)];
    let check = |label: &str, past: Vec<PastBooking>, expect: &str| {
        let case = Case { lines: vec![line(1, -100, label)], open: open.clone(), past };
        case.check(&[expect], &[]);
    };
    let thrice = || vec![bread(1), bread(2), bread(3)];
    check("LEVAIN BLEU", thrice(), "history 3 2026-01-04 | 6257 | sure");
    check("LEVAIN BLEU", thrice()[..2].to_vec(), "amount F-1001 | items 1 | ?");
    check("LEVAIN BLEU F-1001", thrice(), "invoice F-1001 | items 1 | sure");
    check("LEVAIN BLEU SCIERIE", thrice(), "amount F-1001 | items 1 | sure");
    check("PRLV EDF", vec![], "amount F-1001 | items 1 | ?");
}

#[test]
fn rules_propose_and_are_never_sure() {
    let check = |amount: i64, label: &str, sole_trader: bool, expect: &str, hint: Option<&str>| {
        let rules = Rules::read(&Assets::built_in(), "fr", sole_trader).unwrap();
        let answer = propose(&[line(1, amount, label)], &[], &[], &rules, &[]);
        assert_eq!(told(answer.proposals[0].as_ref()), expect, "{label}");
        let found = answer.proposals[0].as_ref().and_then(|one| one.tax_code_hint.as_deref());
        assert_eq!(found, hint, "{label}");
    };
    check(-100, "PRLV EDF PRO", false, "rule fr/electricity-gas 1 | 60612 | ?", Some("P20"));
    check(100, "PRLV EDF PRO", false, "-", None);
    check(-100, "PRLV EDFX", false, "-", None);
    check(-100, "Échéance prêt", false, "rule fr/loan-instalment 1 | 164 | ?", None);
    check(-100, "URSSAF", false, "rule fr/urssaf 1 | 431 | ?", None);
    check(-100, "URSSAF", true, "rule fr/urssaf 1 | 6466 | ?", None);
    check(-100, "VIR INTERNE", false, "rule fr/own-transfer 1 | transfer | ?", None);
    check(-100, "RETRAIT DAB", false, "rule fr/cash-withdrawal 1 | 580 | ?", None);
    check(0, "EDF", false, "-", None);
}

#[test]
fn a_part_payment_says_how_much_stays_open_and_too_much_is_only_noted() {
    let open = vec![item(1, "Kerlann", "FA-2026-0076", 1_080_000)];
    let answer = Case::open(vec![line(1, 650_000, "VIR FA-2026-0076")], open.clone()).answer();
    let found = answer.proposals[0].as_ref().unwrap();
    assert!(found.facts.contains(&Fact::LeavesOpen { rest_minor: 430_000 }), "{found:?}");
    let answer = Case::open(vec![line(1, 1_080_001, "VIR FA-2026-0076")], open).answer();
    let args = answer.notes[0].args();
    assert!(args.contains(&("rest", "10800.00".to_owned())), "{args:?}");
    assert!(args.contains(&("paid", "10800.01".to_owned())), "{args:?}");
}

#[test]
fn kept_reasons_are_read_again() {
    let check = |kept: &str, expect: Option<(&'static str, &[(&'static str, &str)])>| {
        let expect = expect.map(|(code, args)| {
            (code, args.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
        });
        assert_eq!(read_stored(kept), expect, "{kept}");
    };
    check("invoice FA 12, FA 13", Some(("invoice", &[("reference", "FA 12, FA 13")])));
    check("part FA-1", Some(("part", &[("reference", "FA-1")])));
    check("amount FA-1", Some(("amount", &[("reference", "FA-1")])));
    check("transfer 12", Some(("transfer", &[])));
    check("history 3 2026-05-04", Some(("history", &[("times", "3"), ("last_day", "2026-05-04")])));
    check("rule fr/rent 1", Some(("rule", &[("rule", "fr/rent"), ("version", "1")])));
    check("rule fr/rent", None);
    check("invoice", None);
    check("person", None);
    check("", None);
}
