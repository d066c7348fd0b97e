const EURO = "EUR";

/** "€25.00", "Free" for nothing. */
export function formatFee(amount: number | string | null | undefined, locale?: string): string {
  const euros = Number(amount ?? 0);
  return euros === 0 ? "Free" : formatMoney(euros, EURO, locale);
}

/** Members lists name a currency by its three letters, or by the two of its country: EU is the euro. */
export function formatMoney(amount: number, currency: string, locale?: string): string {
  const code = currency === "EU" ? EURO : currency;
  if (!/^[A-Za-z]{3}$/.test(code)) return `${amount.toFixed(2)} ${code}`;
  return new Intl.NumberFormat(locale, { style: "currency", currency: code }).format(amount);
}
