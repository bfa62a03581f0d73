// An object's own limits under a sign: within what the standard grants, else only stricter.
import type { OwnLimits, Sign } from '#model/standard';
import { expect, test } from 'vitest';

import { ownBounds, ownLimitElementFaults, ownLimitFaults, withOwnLimits } from './own-limits.ts';

const basis = { tag: 'A', document: '设定', verified: false } as const;
const UNDERPASS: Sign = {
  code: 'FLOOD.S06',
  item: 'FLOOD.I06',
  name: '下立交积水深',
  element: 'FLOOD.UNDERPASS',
  measure: { kind: 'value' },
  direction: 'high',
  levels: {
    red: { limit: 40, onDelaySeconds: 0 },
    orange: { limit: 25, onDelaySeconds: 120, own: { from: 15, to: 30 } },
    yellow: { limit: 15, onDelaySeconds: 120 },
  },
  deadband: 2,
  offDelaySeconds: 900,
  unit: 'cm',
  basis,
};
const STAGE: Sign = {
  ...UNDERPASS,
  direction: 'low',
  levels: { orange: { limit: { parameter: 'FLOOD.W_STAGE', plus: -0.2 }, onDelaySeconds: 60 } },
};
const none = (): undefined => undefined;
const said = (sign: Sign, own: OwnLimits, parameterOf: (code: string) => number | undefined = none) =>
  ownLimitFaults(sign, own, parameterOf).map(({ message }) => message);

test('what the standard grants may be looser or stricter, but not past it', () => {
  expect(said(UNDERPASS, { levels: { orange: { limit: 30 } } })).toEqual([]);
  expect(said(UNDERPASS, { levels: { orange: { limit: 16 } } })).toEqual([]);
  expect(said(UNDERPASS, { levels: { orange: { limit: 31 } } })).toEqual([
    '橙色限值只能设在 15–30 之间，不能是 31。',
  ]);
});

test('where the standard grants nothing, only the stricter side is open', () => {
  expect(said(UNDERPASS, { levels: { red: { limit: 35 } } })).toEqual([]);
  expect(said(UNDERPASS, { levels: { red: { limit: 45 } } })).toEqual([
    '红色限值只能比标准的 40 严（更低），不能是 45。',
  ]);
  expect(
    said(UNDERPASS, { levels: { orange: { onDelaySeconds: 121 } }, deadband: 1, offDelaySeconds: 60 }),
  ).toEqual([
    '橙色的持续时间只能比标准的 120 秒短，不能是 121 秒。',
    '回差只能比标准的 2 大，不能是 1。',
    '恢复延时只能比标准的 900 秒长，不能是 60 秒。',
  ]);
});

test('levels keep their order at the object, and there is none the standard does not have', () => {
  expect(said(UNDERPASS, { levels: { orange: { limit: 15 } } })).toEqual([
    '体征“下立交积水深”的阈值须越严重越高：橙色 15 与黄色 15 不符。',
  ]);
  expect(said(UNDERPASS, { levels: { blue: { limit: 5 } } })).toEqual([
    '标准里“下立交积水深”没有蓝色，不能为对象另设。请删去这一级。',
  ]);
});

test('a limit of a parameter is compared at the object; without the parameter nothing can be', () => {
  const own = { levels: { orange: { limit: 3.2 } } };
  expect(said(STAGE, own)).toEqual([
    '标准的橙色限值要用对象参数计算，这个对象还没有填。请先在对象上补录参数。',
  ]);
  expect(said(STAGE, own, () => 3.3)).toEqual([]);
  expect(said(STAGE, own, () => 3.5)).toEqual(['橙色限值只能比标准的 3.3 严（更高），不能是 3.2。']);
  expect(ownBounds(STAGE, STAGE.levels.orange!, 'limit', () => 3.5)).toEqual({ from: 3.3, to: null });
});

test('a band may be narrowed from both ends, not turned inside out', () => {
  const band: Sign = {
    ...UNDERPASS,
    direction: 'band',
    levels: { yellow: { limit: 23.5, lower: 19.5, onDelaySeconds: 60 } },
  };
  expect(said(band, { levels: { yellow: { limit: 23, lower: 20 } } })).toEqual([]);
  expect(said(band, { levels: { yellow: { lower: 19 } } })).toEqual([
    '黄色下限只能比标准的 19.5 严（更高），不能是 19。',
  ]);
  expect(said(band, { levels: { yellow: { limit: 20, lower: 21 } } })).toEqual([
    '黄色的下限 21 须小于上限 20。',
  ]);
});

test('what the element cannot observe, and what is a state and no number, is refused', () => {
  const element = {
    code: 'FLOOD.UNDERPASS',
    name: '下立交积水深',
    unit: 'cm',
    periodSeconds: 300,
    densePeriodSeconds: 60,
    range: [0, 200] as const,
    sensing: 'iot' as const,
    key: true,
    basis,
  };
  const own = { levels: { orange: { onDelaySeconds: 30, limit: -3 } } };
  expect(ownLimitElementFaults(UNDERPASS, own, element).map(({ path }) => path)).toEqual([
    'levels.orange.onDelaySeconds',
    'levels.orange.limit',
  ]);
  const states = [{ value: 1, name: '确认' }];
  expect(ownLimitElementFaults(UNDERPASS, own, { ...element, states })).toMatchObject([
    { message: '“下立交积水深”看的是状态，不是数值，不能另设限值。' },
  ]);
});

test('what is not its own stays the standard’s', () => {
  const merged = withOwnLimits(UNDERPASS, { levels: { orange: { limit: 20 } }, deadband: 3 });
  expect(merged.levels.orange).toMatchObject({ limit: 20, onDelaySeconds: 120 });
  expect(merged).toMatchObject({ deadband: 3, offDelaySeconds: 900, levels: { red: { limit: 40 } } });
});
