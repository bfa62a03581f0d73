import { expect, test } from 'vitest';

import { type AlarmFacts, type AlarmState, alarmStateOf } from './alarm-state.ts';

test.each<[string, AlarmFacts, AlarmState]>([
  ['nobody has seen it', { state: 'open', acknowledged: false, held: null }, 'unacknowledged'],
  ['seen and standing', { state: 'open', acknowledged: true, held: null }, 'acknowledged'],
  ['gone before anybody saw it', { state: 'normal', acknowledged: false, held: null }, 'rtn-unacknowledged'],
  ['seen and gone', { state: 'normal', acknowledged: true, held: null }, 'normal'],
  ['closed by its order', { state: 'closed', acknowledged: false, held: null }, 'normal'],
  ['shelved, seen or not', { state: 'open', acknowledged: true, held: 'shelved' }, 'shelved'],
  [
    'its power is lost',
    { state: 'open', acknowledged: false, held: 'suppressed-by-design' },
    'suppressed-by-design',
  ],
  ['being calibrated', { state: 'open', acknowledged: false, held: 'out-of-service' }, 'out-of-service'],
])('a warning %s', (_, facts, state) => {
  expect(alarmStateOf(facts)).toBe(state);
});
