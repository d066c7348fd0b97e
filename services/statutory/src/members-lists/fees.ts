const SHARE_UP_TO_LIMIT = 0.125;
const SHARE_ABOVE_LIMIT = 0.05;
const LIMIT_EUR = 30;
const MINIMUM_EUR = 2;

/**
 * What a local owes AEGEE-Europe for one member at one Agora, in EUR: half of the yearly share, as there are two Agorae.
 * The rate is units of the local's currency for one EUR.
 */
export function calculateFeeToAegee(fee: number, conversionRate: number): number {
  const feeEur = fee / conversionRate;
  const below = Math.min(feeEur, LIMIT_EUR) * SHARE_UP_TO_LIMIT;
  const above = Math.max(feeEur - LIMIT_EUR, 0) * SHARE_ABOVE_LIMIT;
  return Math.max(below + above, MINIMUM_EUR);
}
