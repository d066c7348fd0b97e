/** Exponent b of cost = a · size^b, by least squares on logarithms: 0 is constant, 1 linear, 2 quadratic. */
export function findSlope(sizes: readonly number[], costs: readonly number[]): number {
  const points = sizes.map(
    (size, index) => [Math.log(size), Math.log(costs[index] ?? Number.NaN)] as const,
  );
  const meanX = average(points.map(([x]) => x));
  const meanY = average(points.map(([, y]) => y));
  const covariance = average(points.map(([x, y]) => (x - meanX) * (y - meanY)));
  return covariance / average(points.map(([x]) => (x - meanX) ** 2));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
