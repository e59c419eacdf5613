/** Colours derived from the operator's accent, so that every text on them can be read. */

type Rgb = readonly [number, number, number];

const READABLE = 4.5;
const COMFORTABLE = 5.5;
const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

export interface Accents {
  /** The accent itself, behind texts. */
  accent: string;
  /** A text on the accent. */
  onAccent: string;
  /** The accent as a text on a light and on a dark surface. */
  textOnLight: string;
  textOnDark: string;
}

/**
 * Derives the accents.
 *
 * Args:
 *   hex: `#rgb` or `#rrggbb`.
 *   surfaces: the lightest and the darkest surface that accent-coloured texts stand on.
 */
export function accents(hex: string, surfaces: { light: string; dark: string }): Accents {
  const base = parse(hex);
  const isWhiteReadable = contrast(base, WHITE) >= READABLE;
  return {
    accent: format(base),
    onAccent: isWhiteReadable ? "#fff" : "#000",
    textOnLight: format(towards(base, BLACK, parse(surfaces.light))),
    textOnDark: format(towards(base, WHITE, parse(surfaces.dark))),
  };
}

/** The contrast of two colours as WCAG defines it, from 1 to 21. */
export function contrastOf(one: string, other: string): number {
  return contrast(parse(one), parse(other));
}

function towards(base: Rgb, end: Rgb, surface: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(base, end, share);
    if (contrast(mixed, surface) >= COMFORTABLE) return mixed;
  }
  return end;
}

function mix(base: Rgb, end: Rgb, share: number): Rgb {
  const at = (index: 0 | 1 | 2) => Math.round(base[index] * (1 - share) + end[index] * share);
  return [at(0), at(1), at(2)];
}

function contrast(one: Rgb, other: Rgb): number {
  const [bright, dim] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [
    number,
    number,
  ];
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function parse(hex: string): Rgb {
  const digits = hex.slice(1);
  const long = digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits;
  const value = Number.parseInt(long, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function format(colour: Rgb): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
