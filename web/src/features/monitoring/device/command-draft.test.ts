import { expect, test } from 'vitest';

import { checkDraft, emptyDraft } from './command-draft.ts';

test('a span is of Beijing, whatever zone the browser is in', () => {
  const draft = { ...emptyDraft('back-fill'), from: '2026-08-01T08:00', to: '2026-08-01T09:00' };
  expect(checkDraft(draft)).toEqual({
    body: { kind: 'back-fill', from: Date.UTC(2026, 7, 1), to: Date.UTC(2026, 7, 1, 1), period: 'minute' },
  });
});

test.each([
  ['no beginning', { from: '', to: '2026-08-01T09:00' }],
  ['an end before the beginning', { from: '2026-08-01T09:00', to: '2026-08-01T08:00' }],
])('%s is told', (_, span) => {
  expect(checkDraft({ ...emptyDraft('back-fill'), ...span })).toEqual({
    fault: '请写起止时间，结束要晚于开始。',
  });
});

test.each(['29', '3601', '1.5', ''])('an interval of %j s is none that a device takes', (seconds) => {
  expect(checkDraft({ ...emptyDraft('set-interval'), seconds })).toHaveProperty('fault');
});

test('an interval within the limits is sent', () => {
  expect(checkDraft({ ...emptyDraft('set-interval'), seconds: '30' })).toEqual({
    body: { kind: 'set-interval', seconds: 30 },
  });
});

test('a call of a device needs a method and parameters in JSON', () => {
  expect(checkDraft({ ...emptyDraft('rpc'), method: ' ' })).toHaveProperty('fault');
  expect(checkDraft({ ...emptyDraft('rpc'), method: 'open', params: '{open' })).toHaveProperty('fault');
  expect(checkDraft({ ...emptyDraft('rpc'), method: 'open', params: '{"gate":1}' })).toEqual({
    body: { kind: 'rpc', method: 'open', params: '{"gate":1}' },
  });
});

test('a metric is written as a number', () => {
  expect(checkDraft({ ...emptyDraft('write-metric'), metric: 'speed', value: '' })).toHaveProperty('fault');
  expect(checkDraft({ ...emptyDraft('write-metric'), metric: 'speed', value: '1.5' })).toEqual({
    body: { kind: 'write-metric', metric: 'speed', value: 1.5 },
  });
});
