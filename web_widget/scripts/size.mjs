// Fails when the widget, with everything it loads, is over its budget.
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 25 * 1024;
const FILE = new URL("../dist/widget.js", import.meta.url);

if (!existsSync(FILE)) {
  console.error("dist/widget.js is not there: run `npm run build` first");
  process.exit(1);
}
const source = readFileSync(FILE);
const loads = source.toString().match(/\bimport\s*\(|new Worker\(|importScripts\(/);
if (loads) {
  console.error(`the widget must be one file, yet it loads another: ${loads[0]}`);
  process.exit(1);
}
const gzipped = gzipSync(source, { level: 9 }).length;
const line = `widget.js: ${(gzipped / 1024).toFixed(2)} KB gzip of ${BUDGET_BYTES / 1024} KB`;
if (gzipped > BUDGET_BYTES) {
  console.error(`${line}: over the budget`);
  process.exit(1);
}
console.log(line);
