import type { PlatformSetting } from '#contract/platform';
import { expect, test } from 'vitest';

import { ladderOf } from './ladder.ts';

const DISTRICT = { code: 'PD', name: '区总平台', kind: 'district' } as const;
const TOWN = { code: '310115125', name: '张江镇', kind: 'town' } as const;
const SETTING: PlatformSetting = {
  key: 'session.idle-minutes',
  label: '无操作退出',
  unit: '分钟',
  help: '',
  type: 'number',
  value: 20,
  default: 30,
  min: 5,
  max: 30,
  tightenOnly: true,
  from: DISTRICT,
  chain: [{ platform: DISTRICT, value: 20, setBy: '系统管理员', setAt: 1_000 }],
  allowedActions: ['set'],
};

test('a town that has set nothing shows the district as the rung that holds', () => {
  const rungs = ladderOf(SETTING, [DISTRICT, TOWN]);
  expect(rungs.map(({ name, set, holds, here }) => ({ name, set, holds, here }))).toEqual([
    { name: undefined, set: true, holds: false, here: false },
    { name: '区总平台', set: true, holds: true, here: false },
    { name: '张江镇', set: false, holds: false, here: true },
  ]);
  expect(rungs[1]).toMatchObject({ value: 20, setBy: '系统管理员' });
});

test('without any override the default holds', () => {
  const rungs = ladderOf({ ...SETTING, from: null, value: 30, chain: [] }, [DISTRICT, TOWN]);
  expect(rungs.filter(({ holds }) => holds)).toEqual([{ here: false, set: true, value: 30, holds: true }]);
});
