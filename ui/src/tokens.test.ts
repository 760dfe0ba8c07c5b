import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Text, and marks that carry a meaning: each with the surfaces it stands on and the least contrast
 *  (WCAG 2.2, 1.4.3 and 1.4.11). */
const PAIRS: [names: string[], surfaces: string[], least: number][] = [
  [["ink", "ink2", "ink3"], ["canvas", "sheet", "sunk", "hover", "raised", "blue-soft"], 4.5],
  [["blue"], ["sheet", "sunk", "hover", "raised", "blue-soft"], 4.5],
  [["green"], ["sheet", "sunk", "hover", "green-soft"], 4.5],
  [["amber"], ["sheet", "sunk", "hover", "amber-soft"], 4.5],
  [["red"], ["sheet", "sunk", "hover", "red-soft"], 4.5],
  [["blue-on"], ["blue-fill"], 4.5],
  [["field", "amber-mark", "bar-in", "bar-out"], ["sheet"], 3],
];

function themes(): Map<string, Map<string, string>> {
  const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
  const found = new Map<string, Map<string, string>>();
  for (const block of css.matchAll(/scheme="(light|dark)"\] \{([^}]*)\}/g)) {
    const colours = [...(block[2] ?? "").matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)];
    found.set(block[1] ?? "", new Map(colours.map((one) => [one[1] ?? "", one[2] ?? ""])));
  }
  return found;
}

function luminance(colour: string): number {
  const part = (at: number) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [
    number,
    number,
  ];
  return (light + 0.05) / (dark + 0.05);
}

describe("contrast of the tokens", () => {
  for (const [theme, colours] of themes()) {
    for (const [names, surfaces, least] of PAIRS) {
      for (const name of names) {
        for (const surface of surfaces) {
          it(`${theme}: ${name} on ${surface}`, () => {
            const [mark, ground] = [colours.get(name), colours.get(surface)];
            expect(mark && ground).toBeTruthy();
            expect(contrast(mark ?? "", ground ?? "")).toBeGreaterThanOrEqual(least);
          });
        }
      }
    }
  }

  it("has both themes with the same names", () => {
    const [light, dark] = [themes().get("light"), themes().get("dark")];
    expect([...(light?.keys() ?? [])]).toEqual([...(dark?.keys() ?? [])]);
    expect(light?.size).toBeGreaterThan(20);
  });
});
