import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type {
  ElementDefinition,
  HandbookEntry,
  LimitsFile,
  OwnRange,
  Sign,
  StandardFile,
} from '#model/standard';
import { limitsFile, lintLimits, lintStandard, standardFile } from './index.ts';

const FOLDER = new URL('../../../standards/', import.meta.url);
const NOT_A_SCENARIO = new Set(['limits.json', 'platforms.json', 'duties.json', 'dependencies.json']);
const SCENARIOS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json') && !NOT_A_SCENARIO.has(name))
  .map((name) => name.replace('.json', ''));

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));
}

const limits: LimitsFile = limitsFile.parse(readJson('limits'));
const flood: StandardFile = standardFile.parse(readJson('flood'));

/** The flood standard with one sign changed. */
function withSign(code: string, change: Partial<Sign>): StandardFile {
  return { ...flood, signs: flood.signs.map((sign) => (sign.code === code ? { ...sign, ...change } : sign)) };
}

/** The flood standard with the first handbook entry changed. */
function withEntry(change: Partial<HandbookEntry>): StandardFile {
  return {
    ...flood,
    handbook: flood.handbook.map((entry, i) => (i === 0 ? { ...entry, ...change } : entry)),
  };
}

function signOf(file: StandardFile, code: string): Sign {
  return file.signs.find((sign) => sign.code === code)!;
}

test.each(SCENARIOS)('the shipped standard %s has the right shape and no fault', (name) => {
  expect(lintStandard(standardFile.parse(readJson(name)), limits)).toEqual([]);
});

test('the shipped time limits have no fault', () => {
  expect(lintLimits(limits)).toEqual([]);
});

test('Shanghai’s rain signal levels are 35/50/80/100 mm in 1 h and 50/80/100/150 mm in 6 h, cleared after an hour below', () => {
  const levels = (code: string) =>
    (['blue', 'yellow', 'orange', 'red'] as const).map((level) => signOf(flood, code).levels[level]?.limit);
  expect(levels('FLOOD.S01A')).toEqual([35, 50, 80, 100]);
  expect(signOf(flood, 'FLOOD.S01A').measure).toEqual({
    kind: 'rolling',
    statistic: 'sum',
    windowSeconds: 3600,
  });
  expect(levels('FLOOD.S01B')).toEqual([50, 80, 100, 150]);
  expect(signOf(flood, 'FLOOD.S01B').measure).toEqual({
    kind: 'rolling',
    statistic: 'sum',
    windowSeconds: 21_600,
  });
  expect(signOf(flood, 'FLOOD.S01A').offDelaySeconds).toBe(3600);
});

test('an underpass is closed at 25 cm, and 40 cm is red at once', () => {
  const sign = signOf(flood, 'FLOOD.S06');
  expect(sign.levels.orange).toMatchObject({ limit: 25, onDelaySeconds: 120 });
  expect(sign.levels.red).toMatchObject({ limit: 40, onDelaySeconds: 0 });
});

test('a basis that is missing or blank is reported', () => {
  const { basis } = signOf(flood, 'FLOOD.S06');
  const blank = withSign('FLOOD.S06', { basis: { ...basis, document: ' ' } });
  const absent = JSON.parse(
    JSON.stringify(flood, (key, value: unknown) => (key === 'basis' ? undefined : value)),
  );
  expect(lintStandard(blank, limits)).toEqual([
    { path: 'signs[7].basis', message: '缺少制订依据。没有依据的内容不能发布，请写明标签和文件。' },
  ]);
  expect(standardFile.safeParse(absent).success).toBe(false);
  const rows = flood.elements.length + flood.parameters.length + flood.signs.length + flood.handbook.length;
  expect(lintStandard(absent as StandardFile, limits)).toHaveLength(rows);
});

test('levels that do not rise with severity are reported, in either direction', () => {
  const high = withSign('FLOOD.S06', {
    levels: { yellow: { limit: 15, onDelaySeconds: 120 }, orange: { limit: 15, onDelaySeconds: 120 } },
  });
  expect(lintStandard(high, limits)).toMatchObject([{ path: 'signs[7].levels.orange.limit' }]);

  const water = standardFile.parse(readJson('water'));
  const low = { ...water, signs: water.signs.map((sign) => ({ ...sign, direction: 'high' as const })) };
  expect(lintStandard(low, limits)).toContainEqual({
    path: 'signs[0].levels.yellow.limit',
    message: '体征“末梢压力低”的阈值须越严重越高：黄色 0.14 与蓝色 0.16 不符。',
  });
});

test('a missing unit is reported, and a unit that is not the element’s', () => {
  const missing = lintStandard(withSign('FLOOD.S06', { unit: '' }), limits).map(({ path }) => path);
  expect(missing).toContain('signs[7].unit');
  expect(lintStandard(withSign('FLOOD.S06', { unit: 'm' }), limits)).toEqual([
    { path: 'signs[7].unit', message: '体征“下立交积水深”的单位“m”与监测要素的“cm”不同。请改成一致。' },
  ]);
});

test('a hold shorter than the dense sampling period is reported; no hold at all is not', () => {
  const levels = { orange: { limit: 25, onDelaySeconds: 30 }, red: { limit: 40, onDelaySeconds: 0 } };
  expect(lintStandard(withSign('FLOOD.S06', { levels }), limits)).toEqual([
    {
      path: 'signs[7].levels.orange.onDelaySeconds',
      message: '体征“下立交积水深”橙色持续时间 30 秒短于采样周期 60 秒，无法观测。请加长，或设为 0。',
    },
  ]);
});

test('an element or an item nobody knows is reported', () => {
  expect(lintStandard(withSign('FLOOD.S06', { element: 'FLOOD.NOTHING' }), limits)).toMatchObject([
    { path: 'signs[7].element' },
  ]);
  const paths = lintStandard(withSign('FLOOD.S06', { item: 'FLOOD.I99' }), limits).map(({ path }) => path);
  expect(paths).toContain('signs[7].item');
  expect(lintStandard(withEntry({ item: 'FLOOD.I99' }), limits)).toMatchObject([
    { path: 'signs[0].levels.red' },
    { path: 'signs[1].levels.red' },
    { path: 'handbook[0].item' },
  ]);
});

test('a level without a handbook entry is reported for each sign that can reach it', () => {
  const handbook = flood.handbook.filter(({ item, level }) => item !== 'FLOOD.I07' || level !== 'orange');
  expect(lintStandard({ ...flood, handbook }, limits).map(({ path }) => path)).toEqual([
    'signs[8].levels.orange',
    'signs[9].levels.orange',
  ]);
});

test('a handbook entry without steps is reported', () => {
  expect(lintStandard(withEntry({ steps: [] }), limits)).toEqual([
    { path: 'handbook[0].steps', message: '指挥手册“暴雨 红色”没有处置步骤。请至少写一步。' },
  ]);
});

test('a red order with more time than the orange one is reported', () => {
  expect(lintStandard(withEntry({ limits: { closeSeconds: 999_999 } }), limits)).toEqual([
    {
      path: 'handbook(FLOOD.I01).orange.closeSeconds',
      message: '结案时限须随等级降低而放宽：红色 999999 秒，橙色反而只有 172800 秒。',
    },
  ]);
  const [first, ...others] = limits.classes;
  const levels = { ...first!.levels, red: { ...first!.levels.red, acceptSeconds: 700 } };
  expect(lintLimits({ ...limits, classes: [{ ...first!, levels }, ...others] })).toMatchObject([
    { path: 'classes[0].levels.orange.acceptSeconds' },
  ]);
});

test('a code used twice is reported, whatever it names', () => {
  const twice = <T>(rows: readonly T[]): readonly T[] => [...rows, rows[0]!];
  const file = {
    ...flood,
    elements: twice(flood.elements),
    items: twice(flood.items),
    signs: twice(flood.signs),
    handbook: twice(flood.handbook),
  };
  expect(lintStandard(file, limits).map(({ path }) => path)).toEqual([
    `elements[${flood.elements.length}].code`,
    `items[${flood.items.length}].code`,
    `signs[${flood.signs.length}].code`,
    `handbook[${flood.handbook.length}]`,
  ]);
});

test('a code of another scenario is reported', () => {
  expect(lintStandard({ ...flood, scenario: 'GAS' }, limits)).toHaveLength(
    flood.elements.length + flood.items.length + flood.parameters.length + flood.signs.length,
  );
});

test('a range for own limits that is upside down, misses the standard’s limit, or asks for another parameter is reported', () => {
  const orange = { limit: 25, onDelaySeconds: 120 };
  const faultOf = (own: OwnRange): string | undefined =>
    lintStandard(withSign('FLOOD.S06', { levels: { orange: { ...orange, own } } }), limits)[0]?.message;
  expect(faultOf({ from: 15, to: 30 })).toBeUndefined();
  expect(faultOf({ from: 30, to: 15 })).toBe('体征“下立交积水深”橙色的对象可设范围，下端须不大于上端。');
  expect(faultOf({ from: 15, to: 20 })).toBe(
    '体征“下立交积水深”橙色的对象可设范围须包含标准自己的限值。请放宽范围。',
  );
  expect(faultOf({ from: { parameter: 'FLOOD.W_STAGE' }, to: 30 })).toMatch(/只能用限值已用到的对象参数/u);
});

test('an escalation ladder that does not climb is reported', () => {
  const { escalation } = limits;
  const ladder = escalation.ladder.toReversed();
  expect(lintLimits({ ...limits, escalation: { ...escalation, ladder } })).toHaveLength(ladder.length - 1);
});

test('readings that have to agree: never more than there are, one by one, and on one side', () => {
  const linted = (change: Partial<Sign>) => lintStandard(withSign('FLOOD.S06', change), limits);
  expect(linted({ agreement: { atLeast: 3, of: 5 } })).toEqual([]);
  expect(linted({ agreement: { atLeast: 5, of: 3 } })).toMatchObject([
    { path: 'signs[7].agreement.atLeast' },
  ]);
  const silent = { measure: { kind: 'silence' }, unit: 's', agreement: { atLeast: 2, of: 3 } } as const;
  expect(linted(silent)).toMatchObject([{ path: 'signs[7].agreement' }]);
  const band = { direction: 'band', levels: { red: { limit: 40, lower: 1, onDelaySeconds: 0 } } } as const;
  expect(linted({ ...band, agreement: { atLeast: 2, of: 3 } })).toMatchObject([
    { path: 'signs[7].agreement' },
  ]);
});

test('a sign of rarity is told what is wrong with its limits, its learning, its way back and its element', () => {
  const limit = { limit: 4, onDelaySeconds: 0 };
  const rare: Partial<Sign> = {
    measure: { kind: 'rarity', learnSeconds: 7 * 86_400 },
    unit: '1',
    direction: 'high',
    deadband: 0,
    offDelaySeconds: 3600,
    levels: { yellow: limit },
  };
  const faultsOf = (code: string, change: Partial<Sign>): readonly string[] =>
    lintStandard(withSign(code, { ...rare, ...change }), limits)
      .filter(({ path }) => path.startsWith('signs['))
      .map(({ message }) => message);
  expect(faultsOf('FLOOD.S05', {})).toEqual([]);
  expect(faultsOf('FLOOD.S05', { levels: { yellow: { ...limit, limit: 2 } } })).toEqual([
    expect.stringContaining('3 至 8 之间'),
  ]);
  expect(faultsOf('FLOOD.S05', { measure: { kind: 'rarity', learnSeconds: 3600 } })).toEqual([
    expect.stringContaining('学习期 3600 秒太短'),
  ]);
  expect(faultsOf('FLOOD.S05', { offDelaySeconds: 0 })).toEqual([
    expect.stringContaining('恢复延时不能为 0'),
  ]);
});

test('an element that asks whether readings fit their point’s past is told what is wrong with its limit, its learning and itself', () => {
  const faultsOf = (code: string, change: Partial<ElementDefinition>): readonly string[] =>
    lintStandard(
      { ...flood, elements: flood.elements.map((one) => (one.code === code ? { ...one, ...change } : one)) },
      limits,
    ).map(({ message }) => message);
  const week = { rarity: 4, learnSeconds: 7 * 86_400 };
  expect(faultsOf('FLOOD.UNDERPASS', { improbable: week })).toEqual([]);
  expect(faultsOf('FLOOD.UNDERPASS', { improbable: { rarity: 1, learnSeconds: 60 } })).toEqual([
    expect.stringContaining('须在 3 至 8 之间'),
    expect.stringContaining('学习期 60 秒太短'),
  ]);
  expect(faultsOf('FLOOD.UNDERPASS', { improbable: week, periodSeconds: 0 })).toContainEqual(
    expect.stringContaining('没有可以学习的常态'),
  );
});
