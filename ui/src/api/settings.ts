/** The settings whose value is one word of a closed list, as `change_setting` of the engine has
 *  them; no call gives these lists. Their words for people are `value-NAME-WORD` in the area
 *  `settings`. */
export const CLOSED = {
  legal_form: ["EI", "EURL", "SARL", "SAS", "SASU", "SA", "SNC", "SCI", "association", "other"],
  vat_regime: ["normal_monthly", "normal_quarterly", "simplified", "franchise"],
  vat_on: ["payments", "invoices"],
  activity: ["services", "goods", "mixed"],
  territory: ["FR-MET", "FR-20", "FR-971", "FR-972", "FR-973", "FR-974", "FR-976"],
  income_tax: ["IS", "BIC", "BNC", "micro"],
} as const;

export type ClosedSetting = keyof typeof CLOSED;
export type ClosedWord<N extends ClosedSetting> = (typeof CLOSED)[N][number];
