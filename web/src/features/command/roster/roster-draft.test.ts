import type { Roster } from '#contract/command';
import { expect, test } from 'vitest';

import { clockText, emptySeat, freeKey, rosterBody, rosterFault, startRoster } from './roster-draft.ts';
import { ROSTER_FORM_TEXT } from './text.ts';

const PERSON = { unit: null, title: null, phoneMasked: null };
const ROSTER: Roster = {
  id: 3,
  name: '防汛值班',
  platform: { code: 'FLOOD', name: '防汛防台' },
  calendar: 'cn',
  pattern: { workday: [{ name: '日班', from: '08:30', to: '20:30' }], holiday: null },
  handoverRequired: true,
  seats: [
    {
      id: 7,
      name: '值班长',
      turn: 'day',
      rota: [
        { ...PERSON, kind: 'account', id: 1, username: 'flood.admin', name: '甲' },
        { ...PERSON, kind: 'contact', id: 9, username: null, name: '乙' },
      ],
      holidayRota: null,
    },
  ],
  plannedTo: null,
  retiredAt: null,
  version: 1,
  allowedActions: [],
};

test('a roster that is opened and saved is sent as it was, its seats by their numbers', () => {
  expect(rosterBody(startRoster(ROSTER, undefined))).toEqual({
    name: '防汛值班',
    pattern: { workday: [{ name: '日班', from: '08:30', to: '20:30' }], holiday: null },
    handoverRequired: true,
    seats: [
      {
        id: 7,
        name: '值班长',
        turn: 'day',
        rota: [{ username: 'flood.admin' }, { contact: 9 }],
        holidayRota: null,
      },
    ],
  });
});

test('a new roster begins with a day and a night shift and one seat, and asks for what is missing', () => {
  const draft = startRoster(undefined, 'FLOOD');
  expect(rosterFault(draft)).toBe(ROSTER_FORM_TEXT.noName);
  const named = { ...draft, name: '防汛值班' };
  expect(rosterFault(named)).toBe(ROSTER_FORM_TEXT.noSeat);
  const whole = { ...named, seats: [{ ...emptySeat(0), name: '值班员' }] };
  expect(rosterFault(whole)).toBeUndefined();
  expect(rosterFault({ ...whole, platform: undefined })).toBe(ROSTER_FORM_TEXT.noPlatform);
  const [day] = whole.workday;
  expect(rosterFault({ ...whole, workday: day ? [{ ...day, from: '8:30' }] : [] })).toBe(
    ROSTER_FORM_TEXT.noShift,
  );
});

test('a row that is added gets a key that no other row has', () => {
  expect(freeKey([])).toBe(0);
  expect(freeKey([{ key: 4 }, { key: 1 }])).toBe(5);
});

test('a colon of a Chinese input method is a colon', () => {
  expect(clockText('20：30 ')).toBe('20:30');
});
