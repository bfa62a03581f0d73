import { expect, test } from 'vitest';

import { Progress } from './progress.ts';

function shown(isTTY: boolean, quiet = false): string {
  let text = '';
  let now = 0;
  const progress = new Progress({ isTTY, write: (more: string) => (text += more) }, quiet, () => now);
  for (; now < 40_000; now += 1000) progress.show(now / 40_000, '已发 1');
  progress.end();
  return text;
}

test('a terminal gets a bar that redraws itself and leaves no trace', () => {
  expect(shown(true)).toContain('█');
  expect(shown(true)).not.toContain('\n');
  expect(shown(true).endsWith('\r\u001B[2K')).toBe(true);
});

test('a log file gets a line now and then, and nothing when machine-readable output was asked for', () => {
  expect(shown(false).split('\n').length).toBe(4);
  expect(shown(false, true)).toBe('');
});
