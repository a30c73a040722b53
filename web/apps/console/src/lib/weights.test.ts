import { describe, expect, it } from 'vitest';
import { evenWeights, weightSum } from './weights';

describe('weights', () => {
  it('sum without binary noise', () => {
    expect(weightSum([33.3, 33.3, 33.4])).toBe(100);
    expect(weightSum([0.1, 0.2])).toBe(0.3);
    expect(weightSum([50, Number.NaN])).toBe(50);
  });

  it('share 100 evenly for any count', () => {
    for (let count = 1; count <= 12; count += 1) {
      const weights = evenWeights(count);
      expect(weights).toHaveLength(count);
      expect(weightSum(weights)).toBe(100);
      expect(Math.max(...weights) - Math.min(...weights)).toBeLessThanOrEqual(1);
    }
    expect(evenWeights(0)).toEqual([]);
  });
});
