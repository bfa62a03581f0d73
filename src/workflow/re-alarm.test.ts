import { expect, test } from 'vitest';

import { reAlarmText } from './re-alarm.ts';

test('announced again it says whether nobody has seen it, or it does not get better', () => {
  expect(reAlarmText(false, 15, '积水 45 cm ≥ 40 cm')).toBe('15 分钟无人签收，仍未恢复：积水 45 cm ≥ 40 cm');
  expect(reAlarmText(true, 15, '积水 45 cm ≥ 40 cm')).toBe('已签收，15 分钟没有好转：积水 45 cm ≥ 40 cm');
});
