//! The element names that a statement is read from.

/// A local name of ISO 20022 that means something here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// `Document`.
    Document,
    /// `BkToCstmrStmt`, `BkToCstmrAcctRpt`, `BkToCstmrDbtCdtNtfctn`.
    Message,
    /// `GrpHdr`.
    Header,
    /// `Stmt`.
    Statement,
    /// `Rpt`.
    Report,
    /// `Ntfctn`.
    Notification,
    /// `CreDtTm`.
    Created,
    /// `FrToDt`.
    Period,
    /// `FrDtTm`, `FrDt`.
    From,
    /// `ToDtTm`, `ToDt`.
    To,
    /// `Acct`.
    Account,
    /// `Id`.
    Id,
    /// `IBAN`.
    Iban,
    /// `Othr`.
    Elsewhere,
    /// `Ccy`.
    Currency,
    /// `Nm`.
    Name,
    /// `Svcr`.
    Servicer,
    /// `FinInstnId`.
    Institution,
    /// `Bal`.
    Balance,
    /// `Tp`.
    Type,
    /// `CdOrPrtry`.
    CodeOrOwn,
    /// `Cd`.
    Code,
    /// `Prtry`.
    Own,
    /// `Amt`.
    Amount,
    /// `CdtDbtInd`.
    Side,
    /// `Dt`.
    Day,
    /// `DtTm`.
    Instant,
    /// `Ntry`.
    Entry,
    /// `NtryRef`.
    EntryRef,
    /// `Sts`.
    Status,
    /// `RvslInd`.
    Reversal,
    /// `BookgDt`.
    Booked,
    /// `ValDt`.
    Value,
    /// `AcctSvcrRef`.
    BankRef,
    /// `BkTxCd`.
    BankCode,
    /// `Domn`.
    Domain,
    /// `Fmly`.
    Family,
    /// `SubFmlyCd`.
    SubFamily,
    /// `NtryDtls`.
    Details,
    /// `TxDtls`.
    Detail,
    /// `Refs`.
    Refs,
    /// `EndToEndId`.
    EndToEnd,
    /// `ChqNb`.
    Cheque,
    /// `AmtDtls`.
    Amounts,
    /// `InstdAmt`.
    Instructed,
    /// `TxAmt`.
    Transaction,
    /// `RltdPties`.
    Parties,
    /// `Dbtr`.
    Debtor,
    /// `Cdtr`.
    Creditor,
    /// `DbtrAcct`.
    DebtorAccount,
    /// `CdtrAcct`.
    CreditorAccount,
    /// `Pty`.
    Party,
    /// `RmtInf`.
    Remittance,
    /// `Ustrd`.
    Words,
    /// `Strd`.
    Structured,
    /// `CdtrRefInf`.
    CreditorRef,
    /// `Ref`.
    Ref,
    /// `AddtlNtryInf`.
    EntryInfo,
    /// `AddtlTxInf`.
    DetailInfo,
    /// `Chrgs`.
    Charges,
    /// `Rcrd`.
    Record,
    /// `ChrgInclInd`.
    Included,
    /// Any other.
    Other,
}

impl Tag {
    /// The tag of a local name.
    pub fn named(name: &str) -> Tag {
        match name {
            "Document" => Tag::Document,
            "BkToCstmrStmt" | "BkToCstmrAcctRpt" | "BkToCstmrDbtCdtNtfctn" => Tag::Message,
            "GrpHdr" => Tag::Header,
            "Stmt" => Tag::Statement,
            "Rpt" => Tag::Report,
            "Ntfctn" => Tag::Notification,
            "CreDtTm" => Tag::Created,
            "FrToDt" => Tag::Period,
            "FrDtTm" | "FrDt" => Tag::From,
            "ToDtTm" | "ToDt" => Tag::To,
            "Acct" => Tag::Account,
            "Id" => Tag::Id,
            "IBAN" => Tag::Iban,
            "Othr" => Tag::Elsewhere,
            "Ccy" => Tag::Currency,
            "Nm" => Tag::Name,
            "Svcr" => Tag::Servicer,
            "FinInstnId" => Tag::Institution,
            "Bal" => Tag::Balance,
            "Tp" => Tag::Type,
            "CdOrPrtry" => Tag::CodeOrOwn,
            "Cd" => Tag::Code,
            "Prtry" => Tag::Own,
            "Amt" => Tag::Amount,
            "CdtDbtInd" => Tag::Side,
            "Dt" => Tag::Day,
            "DtTm" => Tag::Instant,
            "Ntry" => Tag::Entry,
            "NtryRef" => Tag::EntryRef,
            "Sts" => Tag::Status,
            "RvslInd" => Tag::Reversal,
            "BookgDt" => Tag::Booked,
            "ValDt" => Tag::Value,
            "AcctSvcrRef" => Tag::BankRef,
            "BkTxCd" => Tag::BankCode,
            "Domn" => Tag::Domain,
            "Fmly" => Tag::Family,
            "SubFmlyCd" => Tag::SubFamily,
            "NtryDtls" => Tag::Details,
            "TxDtls" => Tag::Detail,
            "Refs" => Tag::Refs,
            "EndToEndId" => Tag::EndToEnd,
            "ChqNb" => Tag::Cheque,
            "AmtDtls" => Tag::Amounts,
            "InstdAmt" => Tag::Instructed,
            "TxAmt" => Tag::Transaction,
            "RltdPties" => Tag::Parties,
            "Dbtr" => Tag::Debtor,
            "Cdtr" => Tag::Creditor,
            "DbtrAcct" => Tag::DebtorAccount,
            "CdtrAcct" => Tag::CreditorAccount,
            "Pty" => Tag::Party,
            "RmtInf" => Tag::Remittance,
            "Ustrd" => Tag::Words,
            "Strd" => Tag::Structured,
            "CdtrRefInf" => Tag::CreditorRef,
            "Ref" => Tag::Ref,
            "AddtlNtryInf" => Tag::EntryInfo,
            "AddtlTxInf" => Tag::DetailInfo,
            "Chrgs" => Tag::Charges,
            "Rcrd" => Tag::Record,
            "ChrgInclInd" => Tag::Included,
            _ => Tag::Other,
        }
    }
}
