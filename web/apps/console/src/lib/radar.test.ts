import { expect, it } from 'vitest';
import { radarRadius } from './radar';

const kNames = ['Service orientation', 'Integrity', 'Communication', 'Expertise', 'Emotional stability'];

it('a long name at the side makes the circle smaller, never too small to read', () => {
  expect(radarRadius(600, 260, kNames)).toBe(90);
  const narrow = radarRadius(270, 260, kNames);
  expect(narrow).toBeLessThan(90);
  // "Communication" is the third of five, at 144 degrees, and 91 wide.
  expect(narrow * Math.sin((144 * Math.PI) / 180) + 91).toBeLessThanOrEqual(270 / 2);
  expect(radarRadius(120, 260, kNames)).toBe(40);
});

it('Chinese names leave more room', () => {
  expect(radarRadius(240, 260, ['服务意识', '诚信合规', '沟通表达'])).toBeGreaterThan(60);
});
