/** "€25.00", "Free" for nothing. */
export function formatFee(amount: number | string | null | undefined, locale?: string): string {
  const euros = Number(amount ?? 0);
  return euros === 0 ? "Free" : formatMoney(euros, "EUR", locale);
}

export function formatMoney(amount: number, currency: string, locale?: string): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount);
}
