import { expect, test } from 'vitest';

import { changedFields, rebase } from './draft.ts';

const BASE = { name: '祖冲之路下立交', owner: '区建交委', address: '' };

test('a field that only the other person has set is taken over, though my form did not know it', () => {
  const theirs = { ...BASE, 'parameter FLOOD.W_STAGE': '3.3' };
  const result = rebase(BASE, { ...BASE, owner: '甲公司' }, theirs);
  expect(result.draft).toEqual({ ...theirs, owner: '甲公司' });
  expect(result.taken).toEqual(['parameter FLOOD.W_STAGE']);
});

test('only what was changed is sent', () => {
  expect(changedFields(BASE, { ...BASE, address: '祖冲之路 100 号' })).toEqual(['address']);
  expect(changedFields(BASE, BASE)).toEqual([]);
});

test('a field that only the other person changed is taken over, mine stays', () => {
  const mine = { ...BASE, address: '祖冲之路 100 号' };
  const theirs = { ...BASE, owner: '市政养护公司' };
  expect(rebase(BASE, mine, theirs)).toEqual({
    draft: { ...BASE, address: '祖冲之路 100 号', owner: '市政养护公司' },
    taken: ['owner'],
    clashes: [],
  });
});

test('a field that both changed is shown with both values and mine is not lost', () => {
  const result = rebase(BASE, { ...BASE, owner: '甲公司' }, { ...BASE, owner: '乙公司' });
  expect(result.draft['owner']).toBe('甲公司');
  expect(result.clashes).toEqual([{ field: 'owner', mine: '甲公司', theirs: '乙公司' }]);
});

test('two people who write the same do not clash', () => {
  const same = { ...BASE, owner: '甲公司' };
  expect(rebase(BASE, same, same)).toEqual({ draft: same, taken: [], clashes: [] });
});
