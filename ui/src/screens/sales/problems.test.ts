import { expect, test } from "vitest";
import type { ProblemView } from "../../api/generated";
import { emptyInvoice, withLine, withNewLine } from "./draft";
import { firstOf, placed } from "./problems";

const problem = (term: string, line: number | null = null): ProblemView => ({
  code: term,
  term,
  line,
  text: `${term}.`,
  hint: "",
});

/** Three lines, the first of them blank: the engine does not see it. */
function typed() {
  const fresh = emptyInvoice("S20");
  const [two, second] = withNewLine(fresh, undefined);
  const [three, third] = withNewLine(withLine(two, second, { name: "Pose" }), second);
  return { typed: withLine(three, third, { name: "Livraison" }), second, third };
}

test("a term leads to its field, on the line that was typed", () => {
  const { typed: invoice, third } = typed();
  const [head, line, business, other] = placed(
    [problem("BT-44"), problem("BT-146", 1), problem("BT-30"), problem("BT-112")],
    invoice,
  );
  expect(head).toMatchObject({ field: "customer" });
  expect(line).toMatchObject({ field: "price", line: third });
  expect(business).toMatchObject({ field: "business" });
  expect(other).toMatchObject({ field: "none" });
});

test("an invoice without a line is mended in its first one", () => {
  const invoice = emptyInvoice("S20");
  const first = invoice.lines[0]?.id;
  expect(placed([problem("BG-25")], invoice)[0]).toMatchObject({ field: "name", line: first });
});

test("the first that fails is the first of the form", () => {
  const { typed: invoice, second, third } = typed();
  const found = placed(
    [problem("BT-112"), problem("BT-153", 1), problem("BT-129", 0), problem("BG-8")],
    invoice,
  );
  expect(firstOf(found, [], invoice)).toMatchObject({ field: "card" });
  expect(firstOf(found.slice(0, 3), [], invoice)).toMatchObject({ line: second });
  const unread = [{ line: third, field: "price", why: "unreadable" } as const];
  expect(firstOf(found.slice(0, 1), unread, invoice)).toMatchObject({ field: "price" });
  expect(firstOf([], [], invoice)).toBeUndefined();
});
