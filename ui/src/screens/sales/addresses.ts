/** Addresses as they are typed one after another. */
export function addresses(text: string): string[] {
  return text
    .split(/[,;\s]+/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
}
