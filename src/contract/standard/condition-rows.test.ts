import { readdirSync, readFileSync } from 'node:fs';
import type { StandardFile } from '#model/standard';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { type ConditionRow, conditionWords, readConditionRows, writeCondition } from './condition-rows.ts';

const FOLDER = new URL('../../../standards/', import.meta.url);
const SHIPPED = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Partial<StandardFile>)
  .flatMap(({ composites = [] }) => composites)
  .flatMap(({ levels }) => Object.values(levels).map(({ when }) => when));

const same = (text: string) => text.replaceAll(/\s+/g, ' ');

test('every shipped condition is a form, and comes out of it as it went in', () => {
  expect(SHIPPED.length).toBeGreaterThan(7);
  for (const when of SHIPPED) {
    const rows = readConditionRows(when);
    expect(rows).toBeDefined();
    expect(same(writeCondition(rows ?? []))).toBe(same(when));
  }
});

const code = fc.constantFrom('FLOOD.S06', 'GAS.I01', 'CROWD', 'MET.WIND_AVG');
const level = fc.constantFrom('blue', 'yellow', 'orange', 'red');
const count = fc.integer({ min: 1, max: 999 });
const anyRow: fc.Arbitrary<ConditionRow> = fc.oneof(
  fc.record({ kind: fc.constant('own'), code, level }),
  fc.record({ kind: fc.constant('any'), code, level }),
  fc.record({ kind: fc.constant('objects'), code, level, count }),
  fc.record({ kind: fc.constant('near'), code, level, meters: count }),
  fc.record({
    kind: fc.constant('value'),
    code,
    past: fc.constantFrom('high', 'low'),
    limit: fc.integer({ min: -9999, max: 9999 }).map((n) => n / 100),
  }),
  fc.record({ kind: fc.constant('total'), what: fc.constantFrom('warnings', 'scenarios', 'objects'), count }),
);

test('whatever a form says is read back as the same form', () => {
  const groups = fc.array(fc.array(anyRow, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(groups, (form) => {
      expect(readConditionRows(writeCondition(form))).toEqual(form);
    }),
  );
});

test.each([
  'levelOf("GAS") >= RED || levelOf("GAS") >= BLUE && sign["GAS.S01"] >= RED',
  'levelOf("GAS") == RED',
  'RED <= levelOf("GAS")',
  'highest("MET.T") < 3',
  'linked().exists(f, f.level >= RED)',
  '(levelOf("GAS") >= RED && levelOf("MET") >= RED) || levelOf("POWER") >= RED',
  '',
])('what a form cannot show stays CEL: %s', (when) => {
  expect(readConditionRows(when)).toBeUndefined();
  expect(conditionWords(when, (name) => ({ name }))).toBeUndefined();
});

test('in words, with names and units', () => {
  const names: Readonly<Record<string, { name: string; unit?: string }>> = {
    'GAS.S01': { name: '甲烷浓度' },
    CROWD: { name: '大客流' },
    'MET.T': { name: '气温', unit: '℃' },
  };
  const nameOf = (of: string) => names[of] ?? { name: of };
  expect(
    conditionWords(
      'sign["GAS.S01"] >= ORANGE\n&& (near("CROWD", 1000).size() > 0 || highest("MET.T") >= 35)',
      nameOf,
    ),
  ).toBe('（本对象“甲烷浓度”达橙色）且（1000 米内“大客流”达蓝色，或“气温”最高不低于 35 ℃）');
  expect(conditionWords('linked().warnings() >= 5', nameOf)).toBe('可见范围内在级的预警不少于 5 件');
});
