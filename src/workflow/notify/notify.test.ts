import { fromBeijing } from '#base';
import type { ChannelKind } from '#model/command';
import { expect, test } from 'vitest';

import { afterAttempt } from './after-attempt.ts';
import { gather, gatherMinute } from './gather.ts';
import { quietUntil } from './quiet.ts';
import { type Candidate, chooseRecipients, type RecipientFacts } from './recipients.ts';
import { type RouteChannel, routeMessage } from './route-message.ts';

const HOUR = 3_600_000;
const somebody = (key: string, more: Partial<Candidate> = {}): Candidate => ({
  key,
  role: 'handler',
  unit: '防汛办',
  platform: 'FLOOD',
  distance: 0,
  onDuty: false,
  deputies: [],
  ...more,
});
const facts = (more: Partial<RecipientFacts>): RecipientFacts => ({
  unit: '防汛办',
  handler: null,
  candidates: [],
  duty: [],
  contact: null,
  ...more,
});
const HANDLER = { kind: 'role', role: 'handler' } as const;
const UNIT = { kind: 'unit', unit: '防汛办' } as const;

test('who is on duty is told first, then who holds the role in the unit, then whoever holds it nearest', () => {
  const candidates = [
    somebody('account:1'),
    somebody('account:2', { onDuty: true }),
    somebody('account:3', { unit: '别的单位', onDuty: true }),
  ];
  expect(chooseRecipients(HANDLER, facts({ candidates }))).toEqual({ people: ['account:2'], ground: 'duty' });
  expect(chooseRecipients(HANDLER, facts({ candidates: candidates.slice(0, 1) }))).toEqual({
    people: ['account:1'],
    ground: 'holders',
  });
  const far = [
    somebody('account:4', { unit: '区', distance: 900 }),
    somebody('account:5', { unit: '镇', distance: 9 }),
  ];
  expect(chooseRecipients(UNIT, facts({ candidates: far }))).toEqual({
    people: ['account:5'],
    ground: 'holders',
  });
});

test('whoever has accepted the order is told alone, with who stands in for them', () => {
  const candidates = [
    somebody('account:1', { deputies: ['account:9'] }),
    somebody('account:2', { onDuty: true }),
  ];
  expect(chooseRecipients(HANDLER, facts({ candidates, handler: 'account:1' })).people).toEqual([
    'account:1',
    'account:9',
  ]);
  expect(chooseRecipients(UNIT, facts({ candidates, handler: 'account:7' })).people).toEqual(['account:7']);
});

test('the deputy is whoever stands in, else the others who hold the role', () => {
  const deputy = { kind: 'deputy', role: 'handler' } as const;
  const both = [somebody('account:1', { onDuty: true, deputies: ['account:9'] }), somebody('account:2')];
  expect(chooseRecipients(deputy, facts({ candidates: both }))).toEqual({
    people: ['account:9'],
    ground: 'deputies',
  });
  const alone = [somebody('account:1', { onDuty: true }), somebody('account:2')];
  expect(chooseRecipients(deputy, facts({ candidates: alone }))).toEqual({
    people: ['account:2'],
    ground: 'holders',
  });
});

test('a desk is who stands in its rosters, else who keeps it', () => {
  const desk = { kind: 'platform-duty', platform: 'PD' } as const;
  const candidates = [somebody('account:5', { platform: 'PD', role: 'city-operations' })];
  const duty = [{ platform: 'PD', key: 'contact:3' }];
  expect(chooseRecipients(desk, facts({ candidates, duty })).people).toEqual(['contact:3']);
  expect(chooseRecipients(desk, facts({ candidates })).people).toEqual(['account:5']);
});

test('where nobody is found the platform’s contact is told, and where there is none either it is a gap', () => {
  expect(chooseRecipients(HANDLER, facts({ contact: 'post:4' }))).toEqual({
    people: ['post:4'],
    ground: 'contact',
  });
  expect(chooseRecipients(HANDLER, facts({}))).toEqual({ people: [], ground: 'nobody' });
});

const channel = (id: number, kind: ChannelKind, more: Partial<RouteChannel> = {}): RouteChannel => ({
  id,
  kind,
  scenario: null,
  place: 1,
  placeTo: 999,
  down: false,
  ...more,
});
const route = (
  channels: readonly RouteChannel[],
  more: { readonly tried?: readonly string[]; readonly reaches?: (kind: ChannelKind) => boolean } = {},
) => {
  const where = { place: 100, scenario: 1 };
  const found = routeMessage('push', channels, { where, tried: [], reaches: () => true, ...more });
  return found.kind === 'by' ? found.channel.id : found.reason;
};

test('channels stand in for one another in the field’s order; one that is down is passed over while another works', () => {
  const all = [channel(1, 'sms'), channel(2, 'wecom'), channel(3, 'dingtalk')];
  expect(route(all)).toBe(2);
  expect(route(all, { tried: ['wecom'] })).toBe(3);
  expect(route([channel(1, 'sms'), channel(2, 'wecom', { down: true })])).toBe(1);
  expect(route([channel(2, 'wecom', { down: true })])).toBe(2);
  expect(route(all, { reaches: (kind) => kind === 'sms' })).toBe(1);
  expect(route(all, { reaches: () => false })).toBe('no-address');
  expect(route([])).toBe('no-channel');
});

test('of a kind the nearest channel carries: the scenario’s before the territory’s, a smaller territory before a wider', () => {
  const district = channel(1, 'wecom');
  const town = channel(2, 'wecom', { place: 100, placeTo: 199 });
  const elsewhere = channel(3, 'wecom', { place: 200, placeTo: 299 });
  const scenario = channel(4, 'wecom', { scenario: 1, place: 5000, placeTo: 5001 });
  const other = channel(5, 'wecom', { scenario: 5 });
  expect(route([district, town, elsewhere, other])).toBe(2);
  expect(route([district, town, scenario])).toBe(4);
  expect(route([elsewhere, other])).toBe('no-channel');
});

test('nobody is told one by one of more than three of a kind in a minute, and the worst go first', () => {
  const tellings = [1, 4, 2, 3, 1, 1].map((rank, matter) => ({ group: 'a', rank, matter }));
  const { single, together } = gather(tellings, () => 0);
  expect(single.map(({ rank }) => rank)).toEqual([4, 3, 2]);
  expect(together.map((all) => all.map(({ rank }) => rank))).toEqual([[1, 1, 1]]);
  expect(gather(tellings, () => 3).together[0]).toHaveLength(6);
  expect(gather(tellings, () => 2).single.map(({ rank }) => rank)).toEqual([4]);
  expect(gatherMinute(61_000)).toEqual({ minute: 1, until: 120_000 });
});

test('quiet hours put off what is not red, over midnight too, and never what goes to who is on duty', () => {
  const night = { from: '22:00', to: '07:00' };
  const at = fromBeijing(2026, 11, 20, 3 * HOUR);
  const ask = (quiet: typeof night | null, more: object = {}) =>
    quietUntil(quiet, { at, isRed: false, onDuty: false, ...more });
  expect(ask(night)).toBe(fromBeijing(2026, 11, 20, 7 * HOUR));
  expect(ask(night, { at: fromBeijing(2026, 11, 20, 23 * HOUR) })).toBe(fromBeijing(2026, 11, 21, 7 * HOUR));
  expect(ask(night, { at: fromBeijing(2026, 11, 20, 7 * HOUR) })).toBeUndefined();
  expect(ask(night, { isRed: true })).toBeUndefined();
  expect(ask(night, { onDuty: true })).toBeUndefined();
  expect(ask(null)).toBeUndefined();
  expect(ask({ from: '07:00', to: '07:00' })).toBeUndefined();
});

test('an attempt is made again after a while, not where it is refused for good; red goes on to the next channel sooner', () => {
  const refused = { kind: 'refused', forGood: false, code: 'timeout', text: '没有回答' } as const;
  const after = (attempts: number, more: object = {}, isRed = false) =>
    afterAttempt({ ...refused, ...more }, { at: 0, attempts, isRed });
  expect([1, 2, 3].map((n) => after(n))).toMatchObject([{ at: 5000 }, { at: 20_000 }, { at: 60_000 }]);
  expect(after(4)).toEqual({ kind: 'failed', reason: '没有回答（timeout）' });
  expect(after(1, { forGood: true })).toMatchObject({ kind: 'failed' });
  expect([after(1, {}, true).kind, after(2, {}, true).kind]).toEqual(['again', 'failed']);
  expect(
    afterAttempt({ kind: 'limited', retryAfterMs: 30_000 }, { at: 1, attempts: 1, isRed: false }),
  ).toEqual({
    kind: 'limited',
    at: 30_001,
  });
});
