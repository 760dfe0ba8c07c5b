//! The closed lists of words that a chart gives to its accounts.

use super::closed_words::closed_words;

closed_words! {
    /// What an account holds, which decides the report it stands in: 1–5 (of the French chart) are
    /// the balance sheet, 6 and 7 the income statement, 8 neither.
    ///
    /// An account that may stand on either side has the kind of its usual side; reports place it by
    /// the side of its balance (`charts/fr-statements.toml`). Depreciation keeps the kind of what
    /// it lowers.
    pub enum Kind {
        /// Owned or owed to us.
        Asset = "asset",
        /// Owed by us, provisions among it.
        Liability = "liability",
        /// Capital, reserves, results, grants and regulated provisions.
        Equity = "equity",
        /// Lowers the result.
        Expense = "expense",
        /// Raises the result.
        Income = "income",
        /// Commitments and closing accounts: in no report.
        Off = "off",
    }
}

closed_words! {
    /// The side on which a balance is expected.
    pub enum Side {
        /// Debit (positive amounts).
        Debit = "D",
        /// Credit (negative amounts).
        Credit = "C",
        /// Either.
        Either = "DC",
    }
}

closed_words! {
    /// Whether the lines of an account must equal tax items, and of which legs.
    pub enum VatRole {
        /// Tax due to the State: legs `output` and `reverse_due`.
        Due = "due",
        /// Tax to deduct: leg `input`.
        Deductible = "deductible",
        /// Tax that waits for a payment: legs `waiting_output` and `waiting_input`.
        Waiting = "waiting",
        /// Its lines answer to no tax item.
        None = "none",
    }
}

closed_words! {
    /// What the program needs an account for. A chart names exactly one account for each, so that
    /// no account number stands in code.
    pub enum Role {
        /// Capital of a company or of an owner.
        Capital = "capital",
        /// What the owner of a sole business puts in and takes out.
        Owner = "owner",
        /// Profits of years past, not distributed.
        RetainedProfit = "retained_profit",
        /// Losses of years past.
        RetainedLoss = "retained_loss",
        /// The year's result when it is a profit.
        ResultProfit = "result_profit",
        /// The year's result when it is a loss.
        ResultLoss = "result_loss",
        /// Loans from banks.
        BankLoan = "bank_loan",
        /// Suppliers.
        Suppliers = "suppliers",
        /// Suppliers of fixed assets.
        AssetSuppliers = "asset_suppliers",
        /// Bills not yet received at the end of a year.
        SupplierAccruals = "supplier_accruals",
        /// Deposits paid to suppliers.
        SupplierAdvances = "supplier_advances",
        /// Customers.
        Customers = "customers",
        /// Customers whose payment is in doubt.
        DoubtfulCustomers = "doubtful_customers",
        /// Invoices still to be issued at the end of a year.
        CustomerAccruals = "customer_accruals",
        /// Deposits received from customers.
        CustomerAdvances = "customer_advances",
        /// Wages due.
        StaffPay = "staff_pay",
        /// Social security collected by URSSAF.
        SocialSecurity = "social_security",
        /// Income tax withheld from wages.
        IncomeTaxWithheld = "income_tax_withheld",
        /// Tax on profits, due or paid in advance.
        IncomeTax = "income_tax",
        /// VAT that a return found payable.
        VatPayable = "vat_payable",
        /// Input VAT that waits for our payment.
        WaitingInput = "waiting_input",
        /// VAT credit carried to the next return.
        VatCredit = "vat_credit",
        /// Output VAT that waits for the customer's payment.
        WaitingOutput = "waiting_output",
        /// VAT instalments of the simplified regime.
        VatInstalments = "vat_instalments",
        /// VAT refund claimed.
        VatRefund = "vat_refund",
        /// VAT of bills not yet received.
        VatOnBillsToReceive = "vat_on_bills_to_receive",
        /// VAT of invoices not yet issued.
        VatOnInvoicesToIssue = "vat_on_invoices_to_issue",
        /// In cash books, VAT due before its invoice is paid, until that payment.
        VatCashPending = "vat_cash_pending",
        /// Current accounts of partners.
        Partners = "partners",
        /// Others who owe us.
        OtherDebtors = "other_debtors",
        /// Others whom we owe.
        OtherCreditors = "other_creditors",
        /// Expenses that an employee paid for us.
        ExpenseClaims = "expense_claims",
        /// What is not understood yet; empty at closing.
        Suspense = "suspense",
        /// Expenses of a later year.
        PrepaidExpenses = "prepaid_expenses",
        /// Income of a later year.
        DeferredIncome = "deferred_income",
        /// Cheques received and not yet at the bank.
        ChequesToCash = "cheques_to_cash",
        /// Card takings that the bank has not credited yet.
        CardsToCash = "cards_to_cash",
        /// The account whose two-digit children are the bank accounts of the book.
        Bank = "bank",
        /// Online payment providers.
        PaymentProvider = "payment_provider",
        /// The till.
        CashInHand = "cash_in_hand",
        /// Money between two accounts of the business; its balance is zero.
        Transfer = "transfer",
        /// Raw materials bought.
        PurchasesMaterials = "purchases_materials",
        /// Services bought to be sold on.
        PurchasesServices = "purchases_services",
        /// Supplies that are not stocked.
        PurchasesSupplies = "purchases_supplies",
        /// Goods bought to be sold as they are.
        PurchasesGoods = "purchases_goods",
        /// Fees of banks.
        BankFees = "bank_fees",
        /// The part of a reverse-charged tax that may not be deducted.
        ReverseChargeNotDeductible = "reverse_charge_not_deductible",
        /// Social contributions of the owner of a sole business.
        OwnerContributions = "owner_contributions",
        /// Customers who will never pay.
        BadDebts = "bad_debts",
        /// Exchange lost on invoices and bills.
        TradeExchangeLoss = "trade_exchange_loss",
        /// Cents lost in rounding and settling.
        RoundingLoss = "rounding_loss",
        /// Interest paid.
        InterestPaid = "interest_paid",
        /// Cash discounts given to customers.
        DiscountsGranted = "discounts_granted",
        /// The year's charge of tax on profits.
        IncomeTaxCharge = "income_tax_charge",
        /// Sales of own products.
        SalesProducts = "sales_products",
        /// Building works sold.
        SalesWorks = "sales_works",
        /// Services sold.
        SalesServices = "sales_services",
        /// Goods sold as they were bought.
        SalesGoods = "sales_goods",
        /// Rebates given on own products.
        RebatesProducts = "rebates_products",
        /// Rebates given on works.
        RebatesWorks = "rebates_works",
        /// Rebates given on services.
        RebatesServices = "rebates_services",
        /// Rebates given on goods.
        RebatesGoods = "rebates_goods",
        /// Exchange won on invoices and bills.
        TradeExchangeGain = "trade_exchange_gain",
        /// Price of fixed assets sold.
        DisposalProceeds = "disposal_proceeds",
        /// Cents won in rounding and settling.
        RoundingGain = "rounding_gain",
        /// Cash discounts had from suppliers.
        DiscountsObtained = "discounts_obtained",
        /// Interest received.
        InterestReceived = "interest_received",
    }
}

closed_words! {
    /// Who gets an account when a book is made; accounts without a word are opened on first use.
    pub enum DefaultFor {
        /// Every business.
        All = "all",
        /// One that sells goods.
        Goods = "goods",
        /// One that does building works.
        Works = "works",
        /// A company.
        Company = "company",
        /// A sole business.
        SoleTrader = "sole_trader",
        /// One with staff.
        Employer = "employer",
        /// One that charges VAT.
        Vat = "vat",
        /// One under the simplified VAT regime.
        VatSimplified = "vat_simplified",
        /// One with a finance lease.
        Lease = "lease",
        /// One with a vehicle.
        Vehicle = "vehicle",
    }
}

closed_words! {
    /// Where an account comes from.
    pub enum Origin {
        /// The official list (règlement ANC 2014-03, version of 1 January 2026).
        Pcg = "PCG",
        /// A breakdown that the official text asks for without listing it.
        PcgDerived = "PCG-derived",
        /// Custom of accountants; the project's choice.
        Practice = "practice",
    }
}

closed_words! {
    /// How well a fact of a data file is known.
    pub enum Grade {
        /// Official text read, or two independent sources that agree.
        High = "high",
        /// A secondary source or professional knowledge.
        Medium = "medium",
        /// To be confirmed before use; screens warn.
        Low = "low",
    }
}
