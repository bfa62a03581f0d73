// The shipped rules of cascades beside the shipped standard.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { standardFile } from '#contract/standard';
import { type DependencyFile, dependencyFile, lintDependencies } from '#contract/warning';
import { expect, test } from 'vitest';

const FOLDER = import.meta.dirname;
const NOT_SCENARIOS = new Set(['platforms.json', 'duties.json', 'limits.json', 'dependencies.json']);
const read = (name: string): unknown => JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'));

const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json') && !NOT_SCENARIOS.has(name))
  .map((name) => standardFile.parse(read(name)));
const known = {
  items: new Set(files.flatMap(({ items }) => items.map(({ code }) => code))),
  elements: new Set(files.flatMap(({ elements }) => elements.map(({ code }) => code))),
};
const shipped = dependencyFile.parse(read('dependencies.json'));

test('every item and element the rules name is in the standard, and no rule contradicts itself', () => {
  expect(lintDependencies(shipped, known)).toEqual([]);
});

test('no shipped rule holds back a red fact, and nobody trapped is in any list', () => {
  const held = shipped.rules.flatMap(({ suppresses }) => (suppresses ? [suppresses] : []));
  expect(held.filter(({ evenRed }) => evenRed)).toEqual([]);
  expect(held.flatMap(({ items }) => items)).not.toContain('LIFT.I01');
});

test('a rule that could never come true, holds by distance, or names what there is not, is told so', () => {
  const [first] = shipped.rules;
  if (!first) throw new Error('no rules');
  const wrong: DependencyFile = {
    version: '1',
    rules: [
      {
        ...first,
        withinMinutes: 1,
        expects: ['FLOOD.I99'],
        suppresses: { items: ['FLOOD.I06'], graceMinutes: 1 },
      },
    ],
  };
  expect(lintDependencies(wrong, known)).toEqual([
    'DEP.R01：业务标准里没有事项 FLOOD.I99',
    'DEP.R01：观察时限短于提前量，永远不会应验',
    'DEP.R01：按距离或街镇波及的不得抑制，只有登记的依赖关系才说明因果',
  ]);
});
