import type { LogLine } from '#contract/command';
import { expect, test } from 'vitest';

import { foldRuns } from './fold.ts';

const lineOf = (id: number, part: Partial<LogLine> = {}): LogLine => ({
  id,
  platform: { code: 'PD', name: '区总平台' },
  at: id,
  kind: 'system',
  text: '预警发生',
  count: 1,
  by: null,
  warning: null,
  workOrder: null,
  contact: null,
  outcome: null,
  forHandover: false,
  struck: null,
  replay: false,
  simulated: false,
  allowedActions: [],
  ...part,
});

const short = (lines: readonly LogLine[]) =>
  foldRuns(lines).map((entry) => (entry.kind === 'line' ? entry.line.id : [entry.id, entry.lines.length]));

test('a long run of system lines is one entry named by its oldest line, a short one is not folded', () => {
  const lines = [9, 8, 7, 6, 5].map((id) => lineOf(id));
  expect(short([...lines, lineOf(4, { kind: 'note' }), lineOf(3), lineOf(2)])).toEqual([[5, 5], 4, 3, 2]);
  expect(short([lineOf(10), ...lines])).toEqual([[5, 6]]);
});

test('a line for the hand-over is never folded away', () => {
  expect(short([5, 4, 3, 2, 1].map((id) => lineOf(id, { forHandover: id === 3 })))).toEqual([5, 4, 3, 2, 1]);
});
