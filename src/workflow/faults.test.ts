import { FAULT_ACTIONS, FAULT_KIND_RULES, FAULT_STATES, type FaultState } from '#model/operations';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  advanceFault,
  allowedFaultActions,
  FAULT_TRANSITIONS,
  type FaultActor,
  RefusalWatch,
  settleFaults,
  silentDevices,
} from './index.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const TECHNICIAN: FaultActor = { kind: 'person', id: 7, handles: true, closes: true };
const OWNER: FaultActor = { kind: 'person', id: 8, handles: false, closes: true };
const READER: FaultActor = { kind: 'person', id: 9, handles: false, closes: false };
const RULE: FaultActor = { kind: 'rule' };

const fault = (state: FaultState) => ({
  kind: 'device-silent' as const,
  state,
  owner: { account: null, unit: null },
  dueAt: 100,
});

test('a life without trouble: given to somebody, begun, recovered, closed', () => {
  const given = advanceFault(
    fault('open'),
    { action: 'assign', at: 1, owner: { account: 7, unit: null } },
    OWNER,
  );
  expect(given).toMatchObject({ kind: 'advanced', state: 'assigned', owner: { account: 7 } });
  const begun = advanceFault(fault('assigned'), { action: 'start', at: 2 }, TECHNICIAN);
  expect(begun).toMatchObject({ state: 'in-progress', owner: { account: 7 }, dueAt: 100 });
  const done = advanceFault(fault('in-progress'), { action: 'resolve', at: 3, note: '换了电池' }, TECHNICIAN);
  expect(done).toMatchObject({ state: 'resolved' });
  expect(advanceFault(fault('resolved'), { action: 'close', at: 4 }, OWNER)).toMatchObject({
    state: 'closed',
  });
});

test('a rule resolves and reopens, and does nothing else; readers do nothing', () => {
  for (const state of FAULT_STATES) {
    const rule = allowedFaultActions(fault(state), RULE).map(({ action }) => action);
    const unresolved = state !== 'resolved' && state !== 'closed';
    expect([state, rule]).toEqual([state, unresolved ? ['resolve'] : state === 'resolved' ? ['reopen'] : []]);
    expect(allowedFaultActions(fault(state), READER)).toEqual([]);
  }
});

test('what comes back has its whole time again; what is closed is closed for good', () => {
  const again = advanceFault(fault('resolved'), { action: 'reopen', at: HOUR, note: '又断了' }, RULE);
  expect(again).toMatchObject({ state: 'reopened', dueAt: HOUR + FAULT_KIND_RULES['device-silent'].limitMs });
  expect(FAULT_TRANSITIONS.closed).toEqual({ waitsFor: null, actions: {} });
});

test.each([
  ['assign', {}, ['owner']],
  ['assign', { owner: { account: null, unit: null } }, ['owner']],
  ['resolve', { note: '  ' }, ['note']],
  ['note', {}, ['note']],
] as const)('%s with %j lacks %j', (action, given, missing) => {
  expect(advanceFault(fault('open'), { action, at: 1, ...given }, TECHNICIAN)).toEqual({
    kind: 'refused',
    code: 'requirement-missing',
    missing,
  });
});

test('whatever is tried, it ends in a state of the table or in a refusal that names what may be done', () => {
  const states = fc.constantFrom(...FAULT_STATES);
  const actors = fc.constantFrom(TECHNICIAN, OWNER, READER, RULE);
  fc.assert(
    fc.property(states, fc.constantFrom(...FAULT_ACTIONS), actors, (state, action, actor) => {
      const step = { action, at: 1, note: '说明', owner: { account: 7, unit: null } };
      const decided = advanceFault(fault(state), step, actor);
      const allowed = allowedFaultActions(fault(state), actor).map((one) => one.action);
      expect(decided.kind === 'advanced').toBe(allowed.includes(action));
    }),
  );
});

test('rounds of a rule keep one fault a subject, and a second look at the same changes nothing', () => {
  const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 8 }), (rounds) => {
      let standing: {
        id: number;
        subject: { kind: 'device'; key: string };
        state: FaultState;
        byRule: boolean;
      }[] = [];
      for (const wrong of rounds.flatMap((one) => [one, one])) {
        const before = JSON.stringify(standing);
        const round = {
          wrong: wrong.map((key) => ({ subject: { kind: 'device' as const, key }, summary: key })),
          isWell: () => true,
        };
        const { opened, returned, recovered } = settleFaults(standing, round);
        const repeated = opened.length + returned.length + recovered.length === 0;
        standing = [
          ...standing.map((one) => {
            if (returned.some((r) => r.fault.id === one.id)) return { ...one, state: 'reopened' as const };
            return recovered.includes(one) ? { ...one, state: 'resolved' as const } : one;
          }),
          ...opened.map(({ subject }, i) => ({
            id: standing.length + i,
            subject: { kind: 'device' as const, key: subject.key },
            state: 'open' as const,
            byRule: true,
          })),
        ];
        expect(repeated).toBe(JSON.stringify(standing) === before);
        const wrongNow = standing
          .filter(({ state }) => state !== 'resolved')
          .map(({ subject }) => subject.key);
        expect(wrongNow.toSorted()).toEqual(wrong.toSorted());
      }
    }),
  );
});

test('a rule takes nothing back that a person reported, nor what it cannot judge', () => {
  const subject = { kind: 'device' as const, key: 'a' };
  const standing = [{ id: 1, subject, state: 'open' as const, byRule: false }];
  expect(settleFaults(standing, { wrong: [], isWell: () => true }).recovered).toEqual([]);
  const found = [{ id: 1, subject, state: 'open' as const, byRule: true }];
  expect(settleFaults(found, { wrong: [], isWell: () => false }).recovered).toEqual([]);
});

const heard = (key: string, minutesAgo: number, periodMs = 5 * MINUTE) => ({
  key,
  line: 'hj212',
  heardAt: 1000 * MINUTE - minutesAgo * MINUTE,
  periodMs,
});
const listening = { since: 0, now: 1000 * MINUTE };

test('silence is three of one’s own periods, and at least five minutes', () => {
  const devices = [
    heard('five-minutes', 16),
    heard('hourly', 16, HOUR),
    heard('second', 4, 1000),
    heard('fine', 1),
  ];
  expect(silentDevices(devices, listening).devices.map(({ key }) => key)).toEqual(['five-minutes']);
});

test('two hundred silent devices of a line are one finding, a handful of them are theirs', () => {
  const line = Array.from({ length: 200 }, (_, n) => heard(`d${n}`, n < 190 ? 60 : 1));
  expect(silentDevices(line, listening)).toMatchObject({ lines: [{ line: 'hj212', of: 200 }], devices: [] });
  const few = Array.from({ length: 200 }, (_, n) => heard(`d${n}`, n < 4 ? 60 : 1));
  expect(silentDevices(few, listening)).toMatchObject({ lines: [], devices: [{}, {}, {}, {}] });
});

test('frames refused since long ago say nothing of today', () => {
  const watch = new RefusalWatch();
  expect(watch.look([{ key: 'a', accepted: 10, refused: 5000 }]).wrong).toEqual([]);
  expect(watch.look([{ key: 'a', accepted: 20, refused: 5001 }]).wrong).toEqual([]);
  expect(watch.look([{ key: 'a', accepted: 30, refused: 5040 }]).wrong).toEqual([
    { key: 'a', refused: 40, frames: 60 },
  ]);
});
