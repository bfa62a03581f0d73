import { expect, test } from 'vitest';

import { admitAlarm, type Hold, type KeptHold } from './admit-alarm.ts';

const shelf: Hold = { kind: 'shelved', by: 'shelf/12', reason: '张三搁置到 10:00：检修', until: 36e6 };
const verify: Hold = { kind: 'verify', by: 'item/BRIDGE.I03', reason: '桥梁应变异常要先核实', until: null };
const kept = (hold: Hold, open = true): KeptHold => ({ id: 1, kind: hold.kind, by: hold.by, open });

test('an alarm that nothing holds goes through', () => {
  expect(admitAlarm({ level: 2, feedsWarning: false, kept: [] }, [])).toEqual({
    opened: [],
    ended: [],
    admitted: true,
    passed: [],
  });
});

test('what holds it is written down once, however often the alarm is told', () => {
  expect(admitAlarm({ level: 2, feedsWarning: false, kept: [] }, [shelf, verify])).toMatchObject({
    opened: [shelf, verify],
    admitted: false,
  });
  expect(
    admitAlarm({ level: 2, feedsWarning: false, kept: [kept(shelf), kept(verify)] }, [shelf, verify]),
  ).toMatchObject({ opened: [], ended: [], admitted: false });
});

test('it goes through only when the last hold has ended', () => {
  expect(
    admitAlarm({ level: 2, feedsWarning: false, kept: [kept(shelf), kept(verify)] }, [verify]),
  ).toMatchObject({
    ended: [kept(shelf)],
    admitted: false,
  });
  expect(
    admitAlarm({ level: 2, feedsWarning: false, kept: [kept(shelf, false), kept(verify)] }, []),
  ).toMatchObject({
    ended: [kept(verify)],
    admitted: true,
  });
});

test('an alarm that feeds a warning stays in it, whatever begins to hold later', () => {
  expect(admitAlarm({ level: 2, feedsWarning: true, kept: [] }, [shelf])).toEqual({
    opened: [],
    ended: [],
    admitted: true,
    passed: [],
  });
});

test('what is worse than a hold holds goes through, and it is known what it went past', () => {
  const blue: Hold = { ...shelf, upTo: 1 };
  const calm = { level: 1, feedsWarning: false, kept: [] };
  expect(admitAlarm(calm, [blue])).toMatchObject({ opened: [blue], admitted: false, passed: [] });
  expect(admitAlarm({ level: 2, feedsWarning: false, kept: [kept(blue)] }, [blue])).toMatchObject({
    ended: [kept(blue)],
    admitted: true,
    passed: [blue],
  });
});
