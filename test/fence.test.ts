import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterEach, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const PLANTED = 'planted-violation';
const planted: string[] = [];

/** Plants a file for the length of a test; its name says what it is, should a run be cut short. */
function plant(folder: string, text: string): string {
  const file = path.join(folder, `${PLANTED}.ts`);
  mkdirSync(path.join(ROOT, folder), { recursive: true });
  writeFileSync(path.join(ROOT, file), text);
  planted.push(file);
  return file;
}

afterEach(() => {
  for (const file of planted.splice(0)) rmSync(path.join(ROOT, file), { force: true });
});

function cruise(file: string): string {
  const done = spawnSync('node_modules/.bin/depcruise', [file], { cwd: ROOT, encoding: 'utf8' });
  return done.stdout;
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
  expect(cruise(plant(folder, `${text}\n`))).toContain(rule);
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
  const file = plant(folder, text);
  const done = spawnSync('node_modules/.bin/oxlint', ['--type-aware', file], { cwd: ROOT, encoding: 'utf8' });
  expect(done.stdout).toContain(rule);
});
