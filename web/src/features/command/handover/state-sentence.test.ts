import { fromBeijing } from '#base';
import type { Handover } from '#contract/command';
import { expect, test } from 'vitest';

import { stateSentence } from './state-sentence.ts';

const person = (id: number, name: string) => ({
  kind: 'account' as const,
  id,
  username: name,
  name,
  unit: null,
  title: null,
  phoneMasked: null,
});
const at = (hours: number): number => fromBeijing(2026, 11, 25, hours * 3_600_000);
const handover: Handover = {
  id: 1,
  platform: { code: 'PD', name: '区总平台' },
  roster: { id: 1, name: '值班表' },
  seat: '值班员',
  shift: { id: 1, from: at(7.5), to: at(19.5) },
  outgoing: person(1, '值班员甲'),
  incoming: person(2, '值班员乙'),
  state: 'draft',
  stateName: '待交班人签字',
  responsible: '值班员甲',
  hash: '',
  outgoingSigned: null,
  incomingSigned: null,
  allowedActions: [],
};

test('one sentence says who is waited for, until when, and who answers for the watch', () => {
  expect(stateSentence(handover, at(19))).toBe('等交班人 值班员甲 签字；签字前仍由 值班员甲 负责。');
  expect(stateSentence({ ...handover, state: 'outgoing-signed' }, at(19))).toBe(
    '交班人已签，等接班人 值班员乙 19:30 前签收；在此之前仍由 值班员甲 负责。',
  );
});

test('after the end of the shift the outgoing still answers, and it is said to be late', () => {
  expect(stateSentence({ ...handover, state: 'outgoing-signed' }, at(20))).toContain(
    '现已超过；仍由 值班员甲 负责',
  );
});

test('a next shift that nobody stands is named as what must be mended', () => {
  expect(stateSentence({ ...handover, state: 'outgoing-signed', incoming: null }, at(19))).toContain(
    '下一班没有排人',
  );
});

test('a complete hand-over names the incoming and since when', () => {
  const done: Handover = {
    ...handover,
    state: 'complete',
    incomingSigned: { name: '值班员乙', at: at(19.4), actingFor: null },
  };
  expect(stateSentence(done, at(20))).toBe('交接完成，值班员乙 自 19:24 起负责。');
});
