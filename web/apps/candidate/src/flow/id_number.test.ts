import { describe, expect, it } from 'vitest';
import { IsPlausibleIdNumber } from './id_number';

describe('IsPlausibleIdNumber', () => {
  // 11010519491231002X and 440524188001010014 are the worked examples of GB 11643 (the second is born before 1900).
  it.each(['11010519491231002X', '11010519491231002x', ' 11010519491231002X '])('accepts %s', (number) => {
    expect(IsPlausibleIdNumber(number)).toBe(true);
  });

  it('refuses every other check digit', () => {
    const right = [...'0123456789X'].filter((digit) => IsPlausibleIdNumber(`11010519491231002${digit}`));
    expect(right).toEqual(['X']);
  });

  it.each(['', '1101051949123100', '11010519491331002X', '11010519490230002X', '01010519491231002X', 'A1010519491231002X'])(
    'refuses a wrong form or date: "%s"', (number) => expect(IsPlausibleIdNumber(number)).toBe(false));

  it('notices every swap of neighbouring different digits', () => {
    const number = '11010519491231002X';
    for (let i = 6; i < 16; i += 1) {
      if (number[i] === number[i + 1]) continue;
      const swapped = number.slice(0, i) + number[i + 1] + number[i] + number.slice(i + 2);
      expect(IsPlausibleIdNumber(swapped)).toBe(false);
    }
  });
});
