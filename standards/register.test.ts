// The element register of the domain catalogue beside the shipped standard: nothing that should be watched is forgotten.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { standardFile } from '#contract/standard';
import type { ElementDefinition } from '#model/standard';
import { expect, test } from 'vitest';

const CATALOG = path.resolve('../shared/reference/domain-catalog.md');
const NOT_SCENARIOS = new Set(['platforms.json', 'duties.json', 'limits.json', 'dependencies.json']);

interface Registered {
  readonly code: string;
  readonly unit: string;
  readonly period: number;
  readonly range: readonly [number, number] | null;
}

/**
 * Where the standard differs from the register, and why: rain comes by the hour too, dust as a mean of fifteen minutes
 * (decision 0004).
 */
const DIFFER = new Set(['FLOOD.RAIN_5M', 'CONSTR.PM']);

function register(): readonly Registered[] {
  const [, csv = ''] = /```csv\n(?<lines>[\s\S]*?)```/u.exec(readFileSync(CATALOG, 'utf8')) ?? [];
  const [, ...lines] = csv.trim().split('\n');
  return lines.map((line) => {
    const [code = '', , , unit = '', , , period, min, max] = line.split(',');
    const range = min === '' || max === '' ? null : ([Number(min), Number(max)] as const);
    return { code, unit, period: Number(period), range };
  });
}

function shipped(): ReadonlyMap<string, ElementDefinition> {
  const files = readdirSync('standards').filter((name) => name.endsWith('.json') && !NOT_SCENARIOS.has(name));
  const elements = files.flatMap(
    (name) => standardFile.parse(JSON.parse(readFileSync(path.join('standards', name), 'utf8'))).elements,
  );
  return new Map(elements.map((element) => [element.code, element]));
}

test.skipIf(!existsSync(CATALOG))(
  'every element of the register is in the standard with its unit, period and range',
  () => {
    const rows = register();
    expect(rows).toHaveLength(186);
    const elements = shipped();
    const found = rows.map(({ code }) => {
      const element = elements.get(code);
      return element && { code, unit: element.unit, period: element.periodSeconds, range: element.range };
    });
    const wanted = rows.filter(({ code }) => !DIFFER.has(code));
    expect(found.filter((one) => one === undefined || !DIFFER.has(one.code))).toEqual(wanted);
  },
);
