// The composite signs of the catalog (§2.18) as stories, over the names of the shipped standards.
import { readdirSync, readFileSync } from 'node:fs';
import type { CompositeSign } from '#model/standard';
import { describe, expect, test } from 'vitest';

import { evaluate, type Outcome, runTimers } from '../evaluate.ts';
import { SignStates } from '../sign-states.ts';
import { compileComposite } from './compile-composite.ts';
import type { CompositeFact } from './composite-facts.ts';
import { judgeComposite } from './judge-composite.ts';
import { type ReadyComposite, readyComposite } from './ready-composite.ts';

const FOLDER = new URL('../../../standards/', import.meta.url);
interface Listed {
  readonly scenario?: string;
  readonly signs?: readonly { readonly code: string; readonly item: string }[];
  readonly items?: readonly { readonly code: string }[];
  readonly composites?: readonly CompositeSign[];
  readonly elements?: readonly { readonly code: string }[];
}
const STANDARDS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Listed)
  .filter(({ signs }) => signs !== undefined);
const SIGNS = STANDARDS.flatMap(({ signs }) => signs ?? []);
const ITEM_OF = new Map(SIGNS.map(({ code, item }) => [code, item]));
const NAMES = {
  signs: new Set(ITEM_OF.keys()),
  items: new Set(STANDARDS.flatMap(({ items }) => items?.map(({ code }) => code) ?? [])),
  scenarios: new Set(STANDARDS.map(({ scenario }) => scenario ?? '')),
  elements: new Set(STANDARDS.flatMap(({ elements }) => elements?.map(({ code }) => code) ?? [])),
};

/** Catalog §2.18 as shipped, by the row of the catalog; X05 stands in two scenarios. */
const CATALOG: readonly CompositeSign[] = STANDARDS.flatMap(({ composites }) => composites ?? []);

const LEVEL = { normal: 0, blue: 1, yellow: 2, orange: 3, red: 4 } as const;

function fact(sign: string, level: keyof typeof LEVEL, object: string, distance = 0): CompositeFact {
  const scenario = sign.slice(0, sign.indexOf('.'));
  return { scenario, item: ITEM_OF.get(sign) ?? '', sign, level: LEVEL[level], distance, object };
}

function ready(code: string): ReadyComposite {
  const made = readyComposite(
    1,
    CATALOG.find((composite) => composite.code.endsWith(`.${code}`))!,
    NAMES,
  );
  if (made.kind === 'faults') throw new Error(made.faults.join('\n'));
  return made.composite;
}

function judge(code: string, facts: readonly CompositeFact[], object = 'here') {
  return judgeComposite(ready(code).conditions, { object, facts });
}

/** The answer of one condition, with what could not be judged. */
function ask(expression: string, facts: readonly CompositeFact[] = []) {
  const compiled = compileComposite(expression, NAMES);
  if (compiled.kind === 'faults') throw new Error(compiled.faults.join('\n'));
  const { level, faults } = judgeComposite({ blue: compiled.condition }, { object: 'here', facts });
  return { holds: level === 1, faults };
}

function faultsOf(expression: string): readonly string[] {
  const compiled = compileComposite(expression, NAMES);
  return compiled.kind === 'faults' ? compiled.faults : [];
}

const windOf = (value: number) => [{ element: 'FLOOD.WIND_AVG', value, object: 'here' }];

describe('the six rules of the catalog', () => {
  test('are shipped, each with the scenario whose people answer it', () => {
    expect(CATALOG.map(({ code }) => code).toSorted()).toEqual([
      'FLOOD.X01',
      'FLOOD.X04',
      'FLOOD.X06',
      'GAS.X02',
      'HAZCHEM.X05',
      'PIPELINE.X05',
      'POWER.X03',
    ]);
  });

  test('X01: an orange rainstorm with three flooded underpasses is red, with two it is not', () => {
    const rain = fact('FLOOD.S01A', 'orange', 'here');
    const [first, second, third] = ['a', 'b', 'c'].map((place) => fact('FLOOD.S06', 'yellow', place));
    expect(judge('X01', [rain, first!, second!, third!]).level).toBe(4);
    expect(judge('X01', [rain, first!, second!]).level).toBe(0);
    // Two signs of one underpass are one underpass.
    expect(judge('X01', [rain, first!, second!, fact('FLOOD.S06B', 'red', 'b')]).level).toBe(0);
    expect(judge('X01', [fact('FLOOD.S01A', 'yellow', 'here'), first!, second!, third!]).level).toBe(0);
    // The rain of another gauge is that gauge's.
    expect(judge('X01', [fact('FLOOD.S01A', 'orange', 'there'), first!, second!, third!]).level).toBe(0);
  });

  test('X01: an orange rainstorm with a failing pump station is red as well', () => {
    expect(judge('X01', [fact('MET.S02', 'red', 'met'), fact('FLOOD.S08B', 'yellow', 'pump')]).level).toBe(4);
  });

  test('X02: methane beside a warm cable joint is one level worse than methane alone', () => {
    const joint = fact('POWER.S05', 'blue', 'joint', 150);
    expect(judge('X02', [fact('GAS.S01', 'yellow', 'here'), joint]).level).toBe(3);
    expect(judge('X02', [fact('GAS.S01', 'orange', 'here'), joint]).level).toBe(4);
    expect(judge('X02', [fact('GAS.S01', 'blue', 'here'), joint]).level).toBe(0);
    expect(judge('X02', [fact('GAS.S01', 'orange', 'here')]).level).toBe(0);
  });

  test('X02: what is 250 m away, or methane at another place, does not count', () => {
    const far = fact('POWER.S05', 'red', 'joint', 250);
    expect(judge('X02', [fact('GAS.S01', 'orange', 'here'), far]).level).toBe(0);
    const elsewhere = [fact('GAS.S01', 'red', 'there', 100), fact('POWER.S05', 'red', 'joint', 50)];
    expect(judge('X02', elsewhere).level).toBe(0);
  });

  test('X03: five thousand households without power are red once pumps, lifts or a hospital are hit', () => {
    const outage = fact('POWER.S08', 'orange', 'here');
    expect(judge('X03', [outage]).level).toBe(0);
    for (const hit of ['FLOOD.S08A', 'WATER.S01', 'LIFT.S09', 'POWER.S08B'])
      expect(judge('X03', [outage, fact(hit, 'orange', 'hit')]).level).toBe(4);
  });

  test('X04: wind of ten Beaufort is orange where a tower crane, a bridge or a crowd stands in it', () => {
    const hit = (wind: number, one: CompositeFact) =>
      judgeComposite(ready('X04').conditions, { object: 'here', facts: [one], values: windOf(wind) }).level;
    expect(hit(24.5, fact('CONSTR.S07', 'blue', 'crane'))).toBe(3);
    expect(hit(30, fact('CROWD.S01', 'yellow', 'bund'))).toBe(3);
    expect(hit(30, fact('CROWD.S01', 'blue', 'bund'))).toBe(0);
    expect(hit(24.4, fact('CONSTR.S07', 'red', 'crane'))).toBe(0);
    // What is not known is no wind.
    expect(judge('X04', [fact('CONSTR.S07', 'red', 'crane')]).level).toBe(0);
  });

  test('X05: a confirmed leak is red with people within a kilometre, not with people beyond', () => {
    const leak = fact('HAZCHEM.S07', 'red', 'here');
    expect(judge('X05', [leak, fact('CROWD.S02', 'blue', 'square', 1000)]).level).toBe(4);
    expect(judge('X05', [leak, fact('CROWD.S02', 'red', 'square', 1001)]).level).toBe(0);
    expect(judge('X05', [leak, fact('CROWD.S02', 'red', 'square', Number.POSITIVE_INFINITY)]).level).toBe(0);
    expect(
      judge('X05', [fact('HAZCHEM.S07', 'orange', 'here'), fact('CROWD.S02', 'red', 'square', 10)]).level,
    ).toBe(0);
  });

  test('X06: five open warnings of three scenarios in a town call for a consultation', () => {
    const town = ['FLOOD.S06', 'FLOOD.S07A', 'GAS.S01', 'GAS.S03', 'LIFT.S09'].map((sign, i) =>
      fact(sign, 'blue', `o${i}`),
    );
    expect(judge('X06', town).level).toBe(3);
    expect(judge('X06', town.slice(1)).level).toBe(0);
    expect(judge('X06', [...town.slice(0, 4), fact('FLOOD.S05', 'blue', 'river')]).level).toBe(0);
  });

  test('tell what they look at, so that nothing else makes them be judged anew', () => {
    const { red } = ready('X02').conditions;
    expect([...red!.reads.ownSigns]).toEqual(['GAS.S01']);
    expect(red!.reads.wanted).toEqual([{ code: 'GAS.S01', level: 3 }]);
    expect([...red!.reads.codes]).toEqual(['POWER.I05', 'POWER.I06', 'CONSTR', 'GAS.I07']);
    expect(red!.reads).toMatchObject({ everything: false, farthestMeters: 200 });
    expect(ready('X06').conditions.orange!.reads).toMatchObject({ everything: true });
  });

  test('X04 is raised after five minutes and left half an hour after the wind has gone', () => {
    const { sign, conditions } = ready('X04');
    const states = new SignStates();
    states.add();
    const outcome: Outcome = { changes: [], touched: new Set() };
    const start = 1_700_000_000_000;
    const storm = [fact('BRIDGE.S06', 'yellow', 'bridge')];
    const at = (minute: number, facts: readonly CompositeFact[]) => {
      const { level } = judgeComposite(conditions, { facts, values: windOf(26) });
      evaluate(sign, states, 0, start + minute * 60_000, level, Number.POSITIVE_INFINITY, outcome);
    };
    at(0, storm);
    runTimers(sign, states, 0, start + 10 * 60_000, Number.POSITIVE_INFINITY, outcome);
    at(20, []);
    runTimers(sign, states, 0, start + 60 * 60_000, Number.POSITIVE_INFINITY, outcome);
    expect(
      outcome.changes.map(({ fromLevel, toLevel, at: when }) => [
        fromLevel,
        toLevel,
        (when - start) / 60_000,
      ]),
    ).toEqual([
      [0, 3, 5],
      [3, 0, 50],
    ]);
  });
});

describe('the language', () => {
  const facts = [
    fact('CROWD.S01', 'yellow', 'square', 400),
    fact('CROWD.S02', 'red', 'square', 400),
    fact('FLOOD.S06', 'orange', 'here'),
  ];

  test('one’s own sign is normal until it stands at a level; another object’s is not one’s own', () => {
    expect(ask('sign["FLOOD.S06"] == ORANGE', facts).holds).toBe(true);
    expect(ask('sign["FLOOD.S07A"] == NORMAL', facts).holds).toBe(true);
    expect(ask('sign["CROWD.S02"] == 0', facts).holds).toBe(true);
  });

  test('levelOf is the worst of a sign, an item or a scenario, wherever it stands', () => {
    expect(
      ask('levelOf("CROWD") == RED && levelOf("CROWD.I01") == YELLOW && levelOf("GAS") == 0', facts).holds,
    ).toBe(true);
  });

  test('facts are chosen one by one, by level, by object and by scenario', () => {
    expect(ask('linked().filter(f, f.level >= YELLOW && f.distance < 500).size() == 3', facts).holds).toBe(
      true,
    );
    expect(ask('linked("CROWD").exists(f, f.sign == "CROWD.S02" && f.level == RED)', facts).holds).toBe(true);
    expect(ask('near("CROWD", 399.5).size() == 0 && near("CROWD", 400).objects() == 1', facts).holds).toBe(
      true,
    );
    expect(ask('linked().atLeast(ORANGE).scenarios() == 2', facts).holds).toBe(true);
    expect(ask('linked().all(f, f.object.startsWith("s") || f.scenario in ["FLOOD"])', facts).holds).toBe(
      true,
    );
  });

  test('the newest values of an element, against whole numbers and others; nothing is known of one that says nothing', () => {
    const values = [3, 25].map((value, i) => ({ element: 'FLOOD.UNDERPASS', value, object: `o${i}` }));
    const holds = (when: string) => {
      const compiled = compileComposite(when, NAMES);
      if (compiled.kind === 'faults') throw new Error(compiled.faults.join('\n'));
      return judgeComposite({ blue: compiled.condition }, { facts: [], values }).level === 1;
    };
    expect(holds('highest("FLOOD.UNDERPASS") >= 25 && lowest("FLOOD.UNDERPASS") < 3.5')).toBe(true);
    expect(holds('highest("FLOOD.UNDERPASS") >= 25.5')).toBe(false);
    expect(holds('lowest("FLOOD.PONDING") < 9999 || highest("FLOOD.PONDING") >= -9999')).toBe(false);
  });

  test('a level that is none counts as normal', () => {
    const odd = [2.5, -1, 9, Number.NaN].map((level, i) => ({ ...facts[0]!, level, object: `o${i}` }));
    expect(ask('levelOf("CROWD") == NORMAL && linked().size() == 4', odd)).toEqual({
      holds: true,
      faults: [],
    });
  });

  test.each([
    ['linked()[7].level >= RED', '“linked()[7]”超出了条数，本次按不成立处理。请修改条件。'],
    ['10 / linked("GAS").size() > 1', '“10 / linked("GAS").size()”除以了零，本次按不成立处理。请修改条件。'],
    ['10 % linked("GAS").size() > 1', '“10 % linked("GAS").size()”除以了零，本次按不成立处理。请修改条件。'],
    [
      '9223372036854775807 + linked().size() > 0',
      '“9223372036854775807 + linked().size()”的数太大，本次按不成立处理。请修改条件。',
    ],
  ])('%s does not hold, and says why', (expression, sentence) => {
    expect(ask(expression, facts)).toEqual({ holds: false, faults: [sentence] });
  });

  test('a level that cannot be judged does not hide a milder one', () => {
    const red = compileComposite('1 / linked("GAS").size() == 1', NAMES);
    const blue = compileComposite('levelOf("CROWD") >= BLUE', NAMES);
    if (red.kind === 'faults' || blue.kind === 'faults') throw new Error('both compile');
    const verdict = judgeComposite({ red: red.condition, blue: blue.condition }, { facts });
    expect(verdict.level).toBe(1);
    expect(verdict.faults).toHaveLength(1);
  });

  test('the same facts give the same answer, and one judging leaves nothing to the next', () => {
    const compiled = compileComposite('levelOf("CROWD") >= RED', NAMES);
    if (compiled.kind === 'faults') throw new Error('it compiles');
    const levels = [facts, [], facts].map(
      (now) => judgeComposite({ red: compiled.condition }, { facts: now }).level,
    );
    expect(levels).toEqual([4, 0, 4]);
  });
});

describe('refused before it is published, in a sentence', () => {
  test.each([
    ['', '条件没有写完'],
    ['levelOf("FLOOD.S06") >=', '条件没有写完'],
    ['levelOf("FLOOD.S06") >= ORANGE)', '第 31 个字符“)”处写法不对'],
    ['levelOf(“FLOOD.S06”) >= ORANGE', '请用英文半角字符'],
    ['levelOf("FLOOD.S06) >= ORANGE', '引号没有闭合'],
    ['levelOf("FLOOD.S99") >= ORANGE', '“FLOOD.S99”不是现行标准里的'],
    ['linked("VOLCANO").size() > 0', '“VOLCANO”不是现行标准里的'],
    ['sign["FLOOD.I06"] >= ORANGE', '体征“FLOOD.I06”不在现行标准里'],
    ['levelOf("FLOOD.S06") >= PURPLE', '不认识“PURPLE”'],
    ['highest("FLOOD.DEPTH") >= 25', '监测要素“FLOOD.DEPTH”不在现行标准里'],
    ['highest("FLOOD.S06") >= 25', '监测要素“FLOOD.S06”不在现行标准里'],
    ['highest("FLOOD.UNDERPASS")', '条件的结果须是成立或不成立'],
    ['lowest(linked()[0].sign) < 3', '监测要素须直接写明'],
    ['levelOf("FLOOD.S06")', '条件的结果须是成立或不成立'],
    ['linked("FLOOD")', '条件的结果须是成立或不成立'],
    ['levelOf("FLOOD.S06") >= "RED"', '两边的类型不同'],
    ['levelOf("FLOOD.S06") && true', '写法或类型不对'],
    ['linked().exists(f, f.colour == "red")', '没有“colour”这一项'],
    ['linked().atLeast("RED").size() > 0', '的用法不对'],
    ['near("CROWD").size() > 0', '的用法不对'],
    ['near("CROWD", 500 + 500).size() > 0', 'near 的距离须直接写成米数'],
    ['levelOf("FLOOD" + ".S06") >= RED', '里的编码须直接写明'],
    ['sign.size() > 0', 'sign 后面须写明体征编码'],
    ['linked().exists(f, sign[f.sign] > 0)', 'sign 后面须写明体征编码'],
    ['linked().exists(sign, sign.level > 0)', '“sign”已有别的意思'],
    ['linked().exists(f)', '须写成 exists(f, 条件)'],
    ['{"a": true}["a"]', '条件里不能写 { }'],
  ])('%s', (expression, sentence) => {
    expect(faultsOf(expression).join()).toContain(sentence);
  });

  test('a condition that looks farther than its facts reach', () => {
    const compiled = compileComposite('near("CROWD", 1000).size() > 0', NAMES, 500);
    expect(compiled).toEqual({
      kind: 'faults',
      faults: ['条件要看 1000 米，而这条体征只看 500 米以内。请改小距离，或放大半径。'],
    });
  });

  test('every unknown name is told at once', () => {
    expect(faultsOf('levelOf("FLOOD.S99") >= RED || levelOf("GAS.S99") >= PINK')).toHaveLength(3);
  });
});

describe('hostile conditions', () => {
  test.each([
    ['patterns that run for hours', '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!".matches("(a+)+$")'],
    ['lists inside of lists', 'linked().all(a, linked().all(b, linked().all(c, linked().all(d, true))))'],
    ['asking for lists for each fact', 'linked().exists(f, near("CROWD", 10).size() > 0)'],
    ['doubling by names', 'cel.bind(a, linked() + linked(), cel.bind(b, a + a, b.size() > 0))'],
    ['building lists', 'linked().map(f, linked()).size() > 0'],
    ['prototypes by name', 'constructor == 1'],
    ['prototypes by field', 'linked().exists(f, f.constructor == 1)'],
    ['prototypes of prototypes', 'linked()[0].__proto__ == 1'],
    ['prototypes of the language', 'toString() == "x"'],
    ['prototypes as signs', 'sign["__proto__"] == 1'],
    ['prototypes of signs', 'sign.constructor == 1'],
    ['prototypes as methods', 'linked().hasOwnProperty("x")'],
    ['types', 'type(1) == int'],
    ['clocks', 'timestamp("2020-01-01T00:00:00Z") > timestamp("2019-01-01T00:00:00Z")'],
    ['bytes', 'b"abc".json() == 1'],
    ['untyped values', 'dyn(1) == dyn("a") || dyn(true)'],
    ['statements', 'while (true) {}'],
    ['a script', 'process.exit(1)'],
    ['too long', `true${' || true'.repeat(300)}`],
    ['too many parts', `true${'||true'.repeat(300)}`],
    ['too deep by brackets', `${'('.repeat(900)}true${')'.repeat(900)}`],
    ['too deep by negation', `${'!'.repeat(1800)}true`],
    ['too deep by choice', `${'true?('.repeat(200)}true${'):false'.repeat(200)}`],
    ['too long a list', `1 in [${'1,'.repeat(900)}1]`],
    ['nothing but spaces', ' '.repeat(1999)],
    ['a zero byte', '\0'],
    ['half a letter', '"\uD800" == "a" && PURPLE'],
    ['huge numbers', '1e999999 > 1.0 && 99999999999999999999999999999999 > 1 && nothing'],
  ])('%s is refused in Chinese', (_what, expression) => {
    const faults = faultsOf(expression);
    expect(faults.length).toBeGreaterThan(0);
    for (const sentence of faults) {
      expect(sentence).toMatch(/[。]$/);
      expect(sentence.length).toBeLessThan(300);
    }
  });

  test('the longest allowed work over ten thousand facts ends', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => fact('CROWD.S01', 'yellow', `o${i}`, i));
    const condition = Array.from(
      { length: 25 },
      (_, i) => `linked().exists(f, f.level > RED && f.distance > ${i}.0)`,
    );
    expect(ask(condition.join(' || '), many)).toEqual({ holds: false, faults: [] });
  });
});
