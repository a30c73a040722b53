const kLeast = 40, kAboveAndBelow = 40, kGap = 12, kWide = 12, kNarrow = 7;

/** A name of two words stands in two lines. */
export const twoLines = (name: string) => name.replace(' ', '\n');

/** About how wide a name is in the 12 pixels it is written with. */
const width = (name: string) => Math.max(...twoLines(name).split('\n').map((line) => [...line].reduce((sum, sign) => sum + (sign > '\u2e7f' ? kWide : kNarrow), 0)));

/** The largest circle around which every name still fits; the first one stands at the top. */
export function radarRadius(boxWidth: number, boxHeight: number, names: string[]): number {
  const room = names.map((name, index) => {
    const aside = Math.abs(Math.sin((2 * Math.PI * index) / names.length));
    return aside < 0.1 ? Infinity : (boxWidth / 2 - kGap - width(name)) / aside;
  });
  return Math.max(kLeast, Math.min(boxHeight / 2 - kAboveAndBelow, ...room));
}
