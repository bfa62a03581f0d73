import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { StandardChange } from '#contract/standard';
import { standardFile } from '#contract/standard';
import type { StandardFile } from '#model/standard';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { compareStandards } from './index.ts';

const FOLDER = path.resolve('standards');
const FILES: readonly StandardFile[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => {
    const read = standardFile.safeParse(JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')));
    return read.success ? [read.data] : [];
  });
const flood = FILES.find(({ scenario }) => scenario === 'FLOOD')!;

const texts = (after: StandardFile): readonly string[] =>
  compareStandards(flood, after).map(({ text }) => text);

/** A file as somebody might have edited it: rows left out, names and limits changed, steps cut and put in. */
const edited: fc.Arbitrary<StandardFile> = fc
  .tuple(
    fc.subarray([...flood.elements], { minLength: 1 }),
    fc.subarray([...flood.items]),
    fc.subarray([...flood.parameters]),
    fc.subarray([...flood.signs]),
    fc.subarray([...flood.handbook]),
    fc.record({
      name: fc.string(),
      step: fc.nat(8),
      limit: fc.double({ noNaN: true }),
      every: fc.integer({ min: 1, max: 5 }),
    }),
  )
  .map(([elements, items, parameters, signs, handbook, { name, step, limit, every }]) => ({
    ...flood,
    elements: elements.map((one, i) => (i % every === 0 ? { ...one, name, periodSeconds: step } : one)),
    items,
    parameters,
    signs: signs.map((one, i) =>
      i % every === 0 ? { ...one, levels: { ...one.levels, orange: { limit, onDelaySeconds: step } } } : one,
    ),
    handbook: handbook.map((one, i) =>
      i % every === 0
        ? {
            ...one,
            steps: one.steps.toSpliced(step, 1, { code: 'x', text: name, evidence: 'none', required: true }),
          }
        : one,
    ),
  }));

const MIRRORED = { added: 'removed', removed: 'added', changed: 'changed' } as const;
const facts = ({ kind, code, change, field, before, after }: StandardChange) =>
  JSON.stringify([kind, code, change, field, before, after]);
const mirrored = (one: StandardChange) =>
  facts({ ...one, change: MIRRORED[one.change], before: one.after, after: one.before });

test('a standard compared with itself says nothing, whatever the order of its rows and keys', () => {
  expect(FILES).toHaveLength(17);
  for (const file of FILES) {
    expect(compareStandards(file, file)).toEqual([]);
    const turned = { ...file, elements: file.elements.toReversed(), signs: file.signs.toReversed() };
    expect(compareStandards(file, turned)).toEqual([]);
    const rekeyed = file.signs.map((sign) => Object.fromEntries(Object.entries(sign).toReversed()));
    expect(compareStandards(file, { ...file, signs: rekeyed as unknown as StandardFile['signs'] })).toEqual(
      [],
    );
  }
});

test('what is added one way is removed the other, and every change is told in both', () => {
  fc.assert(
    fc.property(edited, edited, (one, other) => {
      const there = compareStandards(one, other);
      const back = compareStandards(other, one);
      expect(there.map(mirrored).toSorted()).toEqual(back.map(facts).toSorted());
    }),
    { numRuns: 60 },
  );
});

test('a limit that was moved is told with its level, its unit, and what it was', () => {
  const signs = flood.signs.map((sign) =>
    sign.code === 'FLOOD.S06' && sign.levels.orange
      ? { ...sign, levels: { ...sign.levels, orange: { ...sign.levels.orange, limit: 20 } } }
      : sign,
  );
  const was = flood.signs.find(({ code }) => code === 'FLOOD.S06')!;
  expect(compareStandards(flood, { ...flood, signs })).toEqual([
    {
      kind: 'sign',
      code: 'FLOOD.S06',
      name: was.name,
      change: 'changed',
      field: 'levels.orange.limit',
      text: `${was.name} 橙色限值 25 cm → 20 cm`,
      before: '25 cm',
      after: '20 cm',
    },
  ]);
});

test('a level that is taken away, a limit that follows from a parameter, and a row that is new are told in words', () => {
  const { red: _red, ...milder } = flood.signs[0]!.levels;
  const parameter = flood.parameters[0]!;
  const [first, second, ...others] = flood.signs;
  const changed = {
    ...second!,
    levels: {
      ...second!.levels,
      red: { ...second!.levels.red!, limit: { parameter: parameter.code, times: 1.2, plus: -0.5 } },
    },
  };
  const fresh = { ...first!, code: 'FLOOD.S99', name: '新体征' };
  const told = texts({ ...flood, signs: [{ ...first!, levels: milder }, changed, ...others, fresh] });
  expect(told).toContainEqual(expect.stringMatching(/ 删去红色限值（原为 .+）$/u));
  expect(told).toContainEqual(
    expect.stringMatching(new RegExp(`红色限值 .+ → “${parameter.name}” × 1.2 − 0.5`, 'u')),
  );
  expect(told).toContain('增加预警体征“新体征”（FLOOD.S99）');
});

test('a step put in between is told as one added step, not as a change of all that follow', () => {
  const [entry, ...others] = flood.handbook;
  const fresh = { code: 'x', text: '新步骤', evidence: 'photo', required: true } as const;
  const told = texts({
    ...flood,
    handbook: [{ ...entry!, steps: entry!.steps.toSpliced(2, 0, fresh) }, ...others],
  });
  expect(told).toEqual(['暴雨 红色指挥手册 增加处置步骤第 3 步：新步骤（必做，拍照）']);
  const other = entry!.steps.with(2, fresh);
  expect(texts({ ...flood, handbook: [{ ...entry!, steps: other }, ...others] })).toEqual([
    `暴雨 红色指挥手册 处置步骤第 3 步 ${entry!.steps[2]!.text}（选做，文字） → 新步骤（必做，拍照）`,
  ]);
});

test('a code that stands twice in an unfinished draft hides no row', () => {
  const [first] = flood.items;
  const twice = { ...flood, items: [...flood.items, { ...first!, name: '又一条' }] };
  expect(texts(twice)).toEqual([`增加预警事项“又一条”（${first!.code}）`]);
});

test('a composite sign is compared like the others: its condition as CEL, whom it sees and its delays in words', () => {
  const [x01, ...rest] = flood.composites ?? [];
  const red = { when: 'linked().warnings() >= 2', onDelaySeconds: 60 };
  const changed = { ...x01!, within: { linked: true, radiusMeters: 500 }, levels: { red } };
  expect(texts({ ...flood, composites: [changed, ...rest.slice(1)] })).toEqual([
    '暴雨叠加下立交积水或泵站失效 看哪些对象 关联对象、同一街镇 → 关联对象、500 米以内',
    `暴雨叠加下立交积水或泵站失效 红色条件 ${x01!.levels.red!.when} → linked().warnings() >= 2`,
    '暴雨叠加下立交积水或泵站失效 红色持续时间 0 秒 → 1 分钟',
    '删去预警体征“十级大风叠加塔吊、桥梁或大客流”（FLOOD.X04）',
  ]);
});
