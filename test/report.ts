/** What a test run prints: a line per file, then what failed and why, then what was skipped and why, then the count. */

import type { TestResult } from './reporter.ts';
import type { FileOutcome } from './test-process.ts';

/** Enough of a failed file's output to see what happened before. */
const OUTPUT_LINES = 60;

const out = (text: string) => process.stdout.write(`${text}\n`);

export function printFile({ file, results, milliseconds }: FileOutcome): void {
  const failed = count(results, 'failed');
  const verdict = failed === 0 ? 'ok    ' : 'FAILED';
  const tests = `${results.length} ${results.length === 1 ? 'test' : 'tests'}`;
  out(`${verdict} ${file}  ${tests}${failed === 0 ? '' : `, ${failed} failed`}  ${(milliseconds / 1000).toFixed(1)} s`);
}

/** Returns whether something ran and nothing failed. */
export function printReport(outcomes: FileOutcome[]): boolean {
  for (const outcome of outcomes) printFailures(outcome);
  printSkips(outcomes);
  const results = outcomes.flatMap((outcome) => outcome.results);
  const [passed, failed, skipped] = (['passed', 'failed', 'skipped'] as const).map((outcome) =>
    count(results, outcome),
  );
  if (passed === 0) out('\nNo test passed, so this run proves nothing.');
  out(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  return passed !== 0 && failed === 0;
}

function printFailures({ file, results, output }: FileOutcome): void {
  const failures = results.filter((result) => result.outcome === 'failed');
  for (const { name, detail } of failures) out(`\nFAILED ${file}: ${name}\n${indent(detail)}`);
  const lines = output.trimEnd().split('\n');
  if (failures.length > 0 && output.trim() !== '') {
    out(`\n  ${file} printed${lines.length > OUTPUT_LINES ? ` (last ${OUTPUT_LINES} lines)` : ''}:`);
    out(indent(lines.slice(-OUTPUT_LINES).join('\n')));
  }
}

/** Tests skipped for the same reason share a line. */
function printSkips(outcomes: FileOutcome[]): void {
  const skips = outcomes
    .flatMap(({ file, results }) => results.map((result) => ({ file, ...result })))
    .filter((result) => result.outcome === 'skipped');
  for (const [reason, tests = []] of Object.entries(Object.groupBy(skips, (skip) => skip.detail))) {
    const files = [...new Set(tests.map((test) => test.file))];
    out(`\nskipped ${tests.length}: ${reason} (${files.join(', ')})`);
  }
}

function count(results: TestResult[], outcome: TestResult['outcome']): number {
  return results.filter((result) => result.outcome === outcome).length;
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
