import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterAll, afterEach, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const PLANTED = 'planted-violation.ts';

// Planted in a copy: the tree itself is read by tests that run beside this one.
const copy = mkdtempSync(path.join(os.tmpdir(), 'puan-fence-'));
for (const name of [
  'src',
  'simulator',
  'web/src',
  'package.json',
  'tsconfig.json',
  '.oxlintrc.json',
  '.dependency-cruiser.cjs',
]) {
  cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
}
symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const planted: string[] = [];
afterEach(() => {
  for (const file of planted.splice(0)) rmSync(path.join(copy, file), { force: true });
});

function plant(folder: string, text: string): string {
  const file = path.join(folder, PLANTED);
  writeFileSync(path.join(copy, file), text);
  planted.push(file);
  return file;
}

function run(tool: string, ...args: readonly string[]): string {
  return spawnSync(`node_modules/.bin/${tool}`, args, { cwd: copy, encoding: 'utf8' }).stdout;
}

test.each([
  [
    'a model that reaches for the database',
    'src/model/warning',
    `import '#storage';`,
    'floor-1-looks-down-only',
  ],
  ['a decider that reads a file', 'src/signs', `import 'node:fs';`, 'pure-floors-touch-nothing'],
  [
    'a gateway that calls a service',
    'src/gateways/hj212',
    `import '#services/monitoring';`,
    'floor-4-looks-down-only',
  ],
  [
    'a service room that calls another',
    'src/services/warning',
    `import '#services/response';`,
    'service-rooms-meet-through-events',
  ],
  [
    'a way in past the front door',
    'src/services/warning',
    `import '../../signs/evaluate.ts';`,
    'front-door-only',
  ],
  [
    'a page that reaches into the server',
    'web/src/ui',
    `import '#services/warning';`,
    'the-browser-is-a-client',
  ],
  [
    'a simulated device that writes to the tables',
    'simulator',
    `import '#storage';`,
    'simulated-devices-come-by-the-doors',
  ],
])('the fence stops %s', (_what, folder, text, rule) => {
  expect(run('depcruise', plant(folder, `${text}\n`))).toContain(rule);
});

test.each([
  ['any', 'src/model/warning', 'export const loose: any = 1;\n', 'no-explicit-any'],
  [
    'a promise nobody waits for',
    'src/bus',
    'async function later(): Promise<void> {}\nlater();\n',
    'no-floating-promises',
  ],
  [
    'a clock on a pure floor',
    'src/signs',
    'export const now = (): number => Date.now();\n',
    'no-restricted-globals',
  ],
])('the lint stops %s', (_what, folder, text, rule) => {
  expect(run('oxlint', '--type-aware', plant(folder, text))).toContain(rule);
});
