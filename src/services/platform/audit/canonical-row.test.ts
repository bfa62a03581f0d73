import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { canonicalRow, type ChainedRow } from './canonical-row.ts';
import { GENESIS, linkHash } from './chain.ts';

const ROW: ChainedRow = {
  id: 7,
  at: '1795136400000000',
  actor: '防汛值守甲',
  actingFor: null,
  address: '192.0.2.7',
  action: 'warning.acknowledge',
  subject: 'warning/12',
  before: null,
  after: '{"state": "acknowledged"}',
  place: 100,
  scenario: 1,
};

test('a row is hashed as one text that anybody can write again', () => {
  expect(canonicalRow(3, ROW)).toBe(
    '[3,7,"1795136400000000","防汛值守甲",null,"192.0.2.7","warning.acknowledge","warning/12",null,"{\\"state\\": \\"acknowledged\\"}",100,1]',
  );
});

test('a link is SHA-256 over the hash before it and that text', () => {
  const byHand = createHash('sha256').update(GENESIS).update(canonicalRow(1, ROW), 'utf8').digest('hex');
  expect(linkHash(GENESIS, 1, ROW).toString('hex')).toBe(byHand);
});

test('whatever column changes, the text changes; nothing can be moved from one column into the next', () => {
  const text = fc.option(fc.string({ unit: 'binary', maxLength: 8 }), { nil: null });
  const row = fc.record({
    id: fc.nat(),
    at: fc.nat().map(String),
    actor: fc.string({ maxLength: 8 }),
    actingFor: text,
    address: text,
    action: fc.string({ maxLength: 8 }),
    subject: fc.string({ maxLength: 8 }),
    before: text,
    after: text,
    place: fc.option(fc.nat(), { nil: null }),
    scenario: fc.option(fc.nat(17), { nil: null }),
  });
  fc.assert(
    fc.property(row, row, (one, other) => {
      const same = Object.entries(one).every(([name, value]) => other[name as keyof ChainedRow] === value);
      expect(canonicalRow(1, one) === canonicalRow(1, other)).toBe(same);
      expect(canonicalRow(1, one)).not.toBe(canonicalRow(2, one));
    }),
  );
});
