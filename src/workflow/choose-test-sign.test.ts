import { readdirSync, readFileSync } from 'node:fs';

import type { ElementDefinition, HandbookEntry, Sign, WarningItemDefinition } from '#model/standard';
import { expect, test } from 'vitest';

import { chooseTestSign, type TestableSign, type TestPlan } from './choose-test-sign.ts';

interface Standard {
  readonly scenario: string;
  readonly elements: readonly ElementDefinition[];
  readonly items: readonly WarningItemDefinition[];
  readonly signs: readonly Sign[];
  readonly handbook: readonly HandbookEntry[];
}

function signsOf({ elements, items, signs, handbook }: Standard): readonly TestableSign[] {
  return signs.flatMap((sign): readonly TestableSign[] => {
    const element = elements.find(({ code }) => code === sign.element);
    if (!element?.range) return [];
    return [
      {
        sign,
        verification: items.find(({ code }) => code === sign.item)?.verification ?? 'automatic',
        handbook: handbook.filter(({ item }) => item === sign.item).map(({ level }) => level),
        periodSeconds: element.periodSeconds,
        range: element.range,
      },
    ];
  });
}

const standards = readdirSync('standards')
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(`standards/${name}`, 'utf8')) as Partial<Standard>)
  .filter((one): one is Standard => one.signs !== undefined);

const planOf = (standard: Standard): TestPlan => {
  const plan = chooseTestSign(signsOf(standard));
  if (!plan) throw new Error(`no sign of ${standard.scenario} can be tested`);
  return plan;
};

test.each(standards.map((standard) => [standard.scenario, standard] as const))(
  'the standard of %s has a sign its chain can be tested with, without anybody who verifies',
  (_, standard) => {
    const plan = planOf(standard);
    const item = standard.items.find(({ code }) => code === plan.sign.item);
    expect(item?.verification).toBe('automatic');
    expect(plan.breachReadings + plan.normalReadings).toBeLessThan(100);
    const element = standard.elements.find(({ code }) => code === plan.sign.element);
    for (const value of [plan.breach, plan.normal]) {
      expect(value).toBeGreaterThanOrEqual(element?.range?.[0] ?? Number.NaN);
      expect(value).toBeLessThanOrEqual(element?.range?.[1] ?? Number.NaN);
    }
    expect(plan.breach).not.toBe(plan.normal);
  },
);

test('the same standard gives the same sign, in whatever order its signs stand', () => {
  const [standard] = standards;
  if (!standard) throw new Error('no standard');
  const signs = signsOf(standard);
  expect(chooseTestSign(signs.toReversed())?.sign.code).toBe(chooseTestSign(signs)?.sign.code);
});

test('signs that look at windows, or whose limits are set for each object, are not tested with', () => {
  const [one] = standards.map(signsOf).flat();
  if (!one) throw new Error('no sign');
  const rate = { ...one.sign, measure: { kind: 'rate', windowSeconds: 60 } } as const;
  expect(chooseTestSign([{ ...one, sign: rate }])).toBeUndefined();
  const limit = { parameter: 'X' };
  const set = {
    ...one.sign,
    measure: { kind: 'value' } as const,
    levels: { red: { limit, onDelaySeconds: 0 } },
  };
  expect(chooseTestSign([{ ...one, sign: set }])).toBeUndefined();
});
