// What keeps composite signs from being published, in sentences for a business administrator.
import path from 'node:path';

import { compositeShape } from '#contract/standard';
import type { CompositeSign, StandardFile } from '#model/standard';
import { beforeAll, expect, test } from 'vitest';

import { lintWhole } from './lint-whole.ts';
import { readStandard, type StandardRead } from '../read-standard.ts';

let standard: StandardRead;
let leak: CompositeSign;
beforeAll(async () => {
  standard = await readStandard(path.resolve('standards'));
  leak = fileOf('HAZCHEM').composites![0]!;
});

function fileOf(scenario: string): StandardFile {
  return standard.files.find((file) => file.scenario === scenario)!;
}

/** Faults of a scenario's file with these composite signs instead of its own, beside the others as shipped. */
function faults(scenario: string, composites: readonly CompositeSign[], change: Partial<StandardFile> = {}) {
  const file = { ...fileOf(scenario), composites, ...change };
  const others = standard.files.filter((other) => other.scenario !== scenario);
  return lintWhole(file, standard.limits, others).map(({ path: at, message }) => `${at} ${message}`);
}

const lint = (change: Partial<CompositeSign>) => faults('HAZCHEM', [{ ...leak, ...change }]);
const whenRed = (when: string) => lint({ levels: { red: { when, onDelaySeconds: 0 } } });

test('the shipped ones have no fault', () => {
  expect(lint({})).toEqual([]);
});

test('an unknown item, element, sign or measured element is named, with what to do', () => {
  expect(lint({ item: 'HAZCHEM.I99' })).toEqual([
    'composites[0].item 复合体征“HAZCHEM.X05”引用的预警事项“HAZCHEM.I99”不存在。请改正编码，或先增加这个事项。',
    'composites[0].levels.red 复合体征“HAZCHEM.X05”可达红色，但指挥手册没有“HAZCHEM.I99”红色的条目。请补写。',
  ]);
  expect(lint({ element: 'CROWD.COUNT' })).toEqual([
    'composites[0].element 复合体征“HAZCHEM.X05”设在监测要素“CROWD.COUNT”上，而本场景没有它。请改正编码，或先增加这个要素。',
  ]);
  expect(whenRed('levelOf("HAZCHEM.S77") >= RED')).toEqual([
    'composites[0].levels.red.when 复合体征“HAZCHEM.X05”红色的条件有误：“HAZCHEM.S77”不是现行标准里的场景、预警事项或体征。请改正编码。',
  ]);
  expect(whenRed('highest("HAZCHEM.DEPTH") >= 2')[0]).toContain('监测要素“HAZCHEM.DEPTH”不在现行标准里');
});

test('a condition that is neither true nor false, and a level nothing reaches, are refused', () => {
  expect(whenRed('levelOf("HAZCHEM.S07")')[0]).toContain('条件的结果须是成立或不成立');
  // HAZCHEM.S09 has no red.
  expect(whenRed('sign["HAZCHEM.S09"] >= RED')).toEqual([
    'composites[0].levels.red.when 复合体征“HAZCHEM.X05”红色的条件有误：“HAZCHEM.S09”最高只到橙色，要它更高的条件永远不会成立。请改低等级，或换一个体征。',
  ]);
  expect(whenRed('levelOf("HAZCHEM.I09") > ORANGE')[0]).toContain('永远不会成立');
  expect(whenRed('levelOf("HAZCHEM.I09") > YELLOW')).toEqual([]);
});

test('signs that wait for each other are refused, over two scenarios as well', () => {
  const alone = { ...leak, levels: { red: { when: 'levelOf("HAZCHEM.X05") >= RED', onDelaySeconds: 0 } } };
  expect(faults('HAZCHEM', [alone])).toEqual([
    'composites[0] 复合体征互相引用成环：HAZCHEM.X05 → HAZCHEM.X05。请去掉其中一处引用。',
  ]);
  const [pipe] = fileOf('PIPELINE').composites!;
  const there = { ...pipe!, levels: { red: { when: 'levelOf("HAZCHEM.I10") >= RED', onDelaySeconds: 0 } } };
  const here = { ...leak, levels: { red: { when: 'levelOf("PIPELINE.X05") >= RED', onDelaySeconds: 0 } } };
  const others = standard.files
    .filter(({ scenario }) => scenario !== 'HAZCHEM')
    .map((file) => (file.scenario === 'PIPELINE' ? { ...file, composites: [there] } : file));
  const found = lintWhole({ ...fileOf('HAZCHEM'), composites: [here] }, standard.limits, others);
  expect(found.map(({ message }) => message)).toEqual([
    '复合体征互相引用成环：HAZCHEM.X05 → PIPELINE.X05 → HAZCHEM.X05。请去掉其中一处引用。',
  ]);
});

test('no level, no basis, a reach that contradicts itself, a code twice or of another scenario', () => {
  expect(lint({ levels: {} })).toEqual([
    'composites[0].levels 复合体征“HAZCHEM.X05”没有任何等级。请至少给一个等级的条件。',
  ]);
  expect(lint({ basis: { ...leak.basis, document: ' ' } })[0]).toContain('composites[0].basis 缺少制订依据');
  expect(lint({ within: { radiusMeters: 500 } })[0]).toContain('条件要看 1000 米，而这条体征只看 500 米以内');
  expect(lint({ within: { sameObject: true, linked: true } })[0]).toContain('已限定同一对象');
  expect(faults('HAZCHEM', [leak, leak])).toEqual([
    'composites[1].code 复合体征“HAZCHEM.X05”重复。请改编码或删去一条。',
  ]);
  expect(lint({ code: 'GAS.X05' })[0]).toContain('编码“GAS.X05”不属于场景 HAZCHEM');
});

test('the shape refuses foreign keys, other codes and conditions beyond 2000 characters', () => {
  const refused = [
    { ...leak, code: 'FLOOD.S01' },
    { ...leak, script: 'x' },
    { ...leak, within: { radiusMeters: -1 } },
    { ...leak, levels: { red: { when: 'x'.repeat(2001), onDelaySeconds: 0 } } },
    { ...leak, levels: { purple: { when: 'true', onDelaySeconds: 0 } } },
  ];
  for (const composite of refused) expect(compositeShape.safeParse(composite).success).toBe(false);
});

test('a fire weather index of an element that is unknown, or measured in what it cannot be made of, is refused', () => {
  const forest = fileOf('FOREST');
  const others = standard.files.filter((other) => other !== forest);
  const wrong = (measure: object) => {
    const signs = forest.signs.map((sign) =>
      sign.code === 'FOREST.S06' ? { ...sign, measure: { ...sign.measure, ...measure } } : sign,
    );
    return lintWhole({ ...forest, signs }, standard.limits, others).map(({ message }) => message);
  };
  expect(wrong({})).toEqual([]);
  expect(wrong({ rain: 'MET.HAIL' })).toEqual([
    '体征“FOREST.S06”的小时雨量取自监测要素“MET.HAIL”，而它不在现行标准里。请改正编码。',
  ]);
  expect(wrong({ wind: 'FOREST.WINDF' })).toEqual([
    '体征“FOREST.S06”的风速须以 m/s 或 km/h 计，而监测要素“FOREST.WINDF”以 级 计。请换一个要素。',
  ]);
});
