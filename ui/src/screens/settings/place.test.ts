import { expect, test } from "vitest";
import { backupPlace, restoredName } from "./place";

test("a backup lies beside its book, named by the minute", () => {
  const now = new Date(2026, 10, 3, 9, 5, 7);
  expect(backupPlace("/a/b c.comptoir", now)).toBe("/a/b c 2026-11-03 09.05.07.comptoir-backup");
});

test("a restored copy has its book's name again", () => {
  const daily = "atelier.comptoir-backups/2026-11-03 12-ab12cd34.comptoir-backup";
  expect(restoredName(`/a/${daily}`)).toBe("atelier 2026-11-03");
  expect(restoredName("C:\\a\\" + daily.replace("/", "\\"))).toBe("atelier 2026-11-03");
  expect(restoredName("/a/atelier 2026-11-03 09.05.07.comptoir-backup")).toBe(
    "atelier 2026-11-03 09.05.07",
  );
  expect(restoredName("/a/atelier.comptoir")).toBe("atelier");
});
