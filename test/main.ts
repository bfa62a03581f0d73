import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { runFence } from './fence.ts';

/** `npm test`: the fence, then every test; closes with one line of counts. Arguments go to Vitest and leave the fence out. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
  readonly testResults: readonly { readonly assertionResults: readonly unknown[]; readonly status: string }[];
}

function runTests(args: readonly string[]): { passed: number; failed: number; skipped: number } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'puan-report-'));
  const file = path.join(folder, 'report.json');
  const done = spawnSync(
    'node_modules/.bin/vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    // A file that could not even be read counts as a failure of its own.
    const unread = report.testResults.filter(
      (one) => one.status === 'failed' && one.assertionResults.length === 0,
    );
    const failed = report.numFailedTests + unread.length;
    // Errors outside of any test make Vitest fail without a failed test.
    const outside = done.status !== 0 && failed === 0 ? 1 : 0;
    return { passed: report.numPassedTests, failed: failed + outside, skipped: report.numPendingTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const args = process.argv.slice(2);
const fence = args.length === 0 ? await runFence() : { passed: 0, failed: 0 };
const tests = runTests(args);
const passed = fence.passed + tests.passed;
const failed = fence.failed + tests.failed;
process.stdout.write(
  `${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}\n`,
);
process.exit(failed === 0 ? 0 : 1);
