import type { MailAccountCard } from "../../api/generated";

/** A mail account while it is typed. */
export interface TypedMail {
  host: string;
  port: string;
  tls: boolean;
  user: string;
  address: string;
  name: string;
}

/** The ports of the two ways to encrypt. */
const TLS_PORT = "465";
const STARTTLS_PORT = "587";
const LAST_PORT = 65_535;

export const EMPTY_MAIL: TypedMail = {
  host: "",
  port: TLS_PORT,
  tls: true,
  user: "",
  address: "",
  name: "",
};

export function typedMail(account: MailAccountCard): TypedMail {
  const { host, user, address } = account;
  const port = String(account.port);
  return { host, port, tls: account.implicit_tls, user, address, name: account.name ?? "" };
}

/** Another way to encrypt brings its port, unless one of the person's own stands there. */
export function withTls(typed: TypedMail, tls: boolean): TypedMail {
  const isUsual = [TLS_PORT, STARTTLS_PORT, ""].includes(typed.port.trim());
  return { ...typed, tls, port: isUsual ? (tls ? TLS_PORT : STARTTLS_PORT) : typed.port };
}

/** The port as a number, if it is one. */
export function portOf(text: string): number | null {
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  return port >= 1 && port <= LAST_PORT ? port : null;
}

/** Fields that can be wrong, in reading order. */
export const MAIL_FIELDS = ["host", "port", "user", "address"] as const;
export type MailField = (typeof MAIL_FIELDS)[number];

/** What is missing or cannot be read. */
export function wrongIn(typed: TypedMail): MailField[] {
  return MAIL_FIELDS.filter((field) =>
    field === "port" ? portOf(typed.port) === null : typed[field].trim() === "",
  );
}

/** The account to keep. Call it only when nothing is wrong. */
export function accountOf(typed: TypedMail): MailAccountCard {
  const name = typed.name.trim();
  return {
    host: typed.host.trim(),
    port: portOf(typed.port) ?? 0,
    implicit_tls: typed.tls,
    user: typed.user.trim(),
    address: typed.address.trim(),
    ...(name === "" ? {} : { name }),
  };
}
