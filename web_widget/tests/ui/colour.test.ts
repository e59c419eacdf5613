import { describe, expect, test } from "vitest";
import { accents, contrastOf } from "../../src/ui/colour";

const SURFACES = { light: "#f5f7fa", dark: "#1d2836" };

describe("whatever the accent, texts can be read", () => {
  test.each(["#0b5fa5", "#ffd400", "#fff", "#000", "#7a7a7a", "#e2001a", "#00b894"])(
    "%s",
    (accent) => {
      const { onAccent, textOnLight, textOnDark } = accents(accent, SURFACES);
      expect(contrastOf(onAccent, accent)).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(textOnLight, SURFACES.light)).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(textOnDark, SURFACES.dark)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test("a colour that can be read already is left alone", () => {
    expect(accents("#0b5fa5", SURFACES).textOnLight).toBe("#0b5fa5");
  });

  test("contrast is what WCAG says it is", () => {
    expect(contrastOf("#000", "#fff")).toBeCloseTo(21);
    expect(contrastOf("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  });
});
