import type { DeskWarning } from '#contract/command';
import type { Level } from '#model/warning';
import { expect, test } from 'vitest';

import { newLevel, redRings } from './ringing.ts';

const NONE = { red: 0, orange: 0, yellow: 0, blue: 0 };
const REAL = { practice: false };

function warning(id: number, level: Level, more: Partial<DeskWarning> = {}): DeskWarning {
  return {
    id,
    level,
    object: { id, name: '下立交', town: null },
    item: '积水',
    scenario: 'FLOOD',
    state: 'open',
    reason: '',
    openedAt: id,
    changedAt: id,
    acknowledgedAt: null,
    acknowledgedBy: null,
    replaySession: null,
    simulated: false,
    hold: null,
    ...more,
  };
}
const desk = (...newest: readonly DeskWarning[]) => ({ newest: [...newest], unread: NONE, unreadReal: NONE });

test('a flood that comes with one answer is one sound, that of its worst', () => {
  const flood = Array.from({ length: 40 }, (_, i) => warning(i + 2, i === 7 ? 'red' : 'yellow'));
  expect(newLevel(desk(warning(1, 'blue')), desk(warning(1, 'blue'), ...flood), REAL)).toBe('red');
});

test('a rise is heard, a step down, an acknowledgement and the first look are not', () => {
  expect(newLevel(desk(warning(1, 'blue')), desk(warning(1, 'orange')), REAL)).toBe('orange');
  expect(newLevel(desk(warning(1, 'orange')), desk(warning(1, 'blue')), REAL)).toBeUndefined();
  expect(newLevel(desk(), desk(warning(1, 'red', { acknowledgedAt: 5 })), REAL)).toBeUndefined();
  expect(newLevel(undefined, desk(warning(1, 'red')), REAL)).toBeUndefined();
});

test('what moves up from below the list is old', () => {
  const before = desk(warning(9, 'blue'), warning(8, 'blue'));
  expect(newLevel(before, desk(warning(9, 'blue'), warning(3, 'red')), REAL)).toBeUndefined();
});

test('replays and simulated objects are silent unless somebody practises', () => {
  const replayed = desk(warning(1, 'red', { replaySession: 4 }), warning(2, 'orange', { simulated: true }));
  expect(newLevel(desk(), replayed, REAL)).toBeUndefined();
  expect(newLevel(desk(), replayed, { practice: true })).toBe('red');
  const unread = { ...desk(), unread: { ...NONE, red: 1 } };
  expect(redRings(unread, REAL)).toBe(false);
  expect(redRings(unread, { practice: true })).toBe(true);
});

test('what is held back on purpose is not heard', () => {
  const hold = { state: 'shelved', who: '张三', until: 0, reason: '探头进水' } as const;
  expect(newLevel(desk(), desk(warning(1, 'orange', { hold })), REAL)).toBeUndefined();
});
