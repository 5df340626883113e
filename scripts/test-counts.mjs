// Prints the closing line of a test run from Jest's own numbers, and fails where a test failed,
// none ran, or one was skipped.
import { readFileSync } from "node:fs";

const [path] = process.argv.slice(2);
const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
  readFileSync(path, "utf8"),
);
if (numPendingTests > 0) {
  const skipped = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "pending");
  console.error("Skipped, although everything that they need is installed here:");
  for (const { fullName } of skipped) console.error(`  ${fullName}`);
}
if (numPassedTests === 0 || numFailedTests > 0 || numPendingTests > 0) process.exitCode = 1;
console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
