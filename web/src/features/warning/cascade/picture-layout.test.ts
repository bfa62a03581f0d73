import type { ReachedObject } from '#contract/warning';
import { expect, test } from 'vitest';

import { layOut } from './picture-layout.ts';

const reached = (id: number, depth: number, via: number): ReachedObject => ({
  object: { id, name: `对象 ${id}` },
  rule: { code: 'DEP.R90', name: '登记的依赖关系' },
  via,
  edge: 'power',
  depth,
  why: '',
  leadMinutes: 0,
  expectedAt: 0,
  untilAt: 0,
  outcome: 'pending',
  settledAt: null,
  warning: null,
});
const source = { id: 1, name: '变电站' };

test('the source stands left, what it reaches in columns by steps, each joined to what it hangs on', () => {
  const { boxes, lines, left } = layOut({
    source,
    reaches: [reached(2, 1, 1), reached(3, 1, 1), reached(4, 2, 3)],
  });
  expect(boxes.map(({ id, x }) => [id, x])).toEqual([
    [1, 0],
    [2, 232],
    [3, 232],
    [4, 464],
  ]);
  expect(lines.map(({ from, to }) => [from.id, to.id])).toEqual([
    [1, 2],
    [1, 3],
    [3, 4],
  ]);
  expect(left).toBe(0);
});

test('a column too long to read is cut and counted; a way through what is not in sight begins at the source', () => {
  const many = Array.from({ length: 20 }, (_, i) => reached(i + 2, 1, 1));
  const { boxes, left, lines } = layOut({ source, reaches: [...many, reached(99, 2, 21)] });
  expect(boxes).toHaveLength(1 + 8 + 1);
  expect(left).toBe(12);
  expect(lines.at(-1)).toMatchObject({ from: { id: 1 }, to: { id: 99 } });
});
