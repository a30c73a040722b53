/** Weights are percent with at most two decimals; their sum must be 100. */
export function weightSum(weights: number[]): number {
  return Math.round(weights.reduce((sum, weight) => sum + (Number.isFinite(weight) ? weight : 0), 0) * 100) / 100;
}

/** Shares 100 evenly; the first ones take what is left over. */
export function evenWeights(count: number): number[] {
  if (count <= 0) return [];
  const base = Math.floor(100 / count);
  return Array.from({ length: count }, (_, index) => base + (index < 100 - base * count ? 1 : 0));
}
