import { expect, test } from 'vitest';

import { called, type Finding, judge, WELL, type WatchState } from './judge.ts';

const LIMITS = { name: '机房', silentSeconds: 60, repeatMinutes: 10 };

/** Looks at these seconds; gives who is called when. `reached` false: nobody answers the call. */
function watch(looks: readonly (readonly [second: number, finding: Finding])[], reached = true) {
  const calls: string[] = [];
  let state: WatchState = WELL;
  for (const [second, finding] of looks) {
    const judged = judge(state, finding, second * 1000, LIMITS);
    state = judged.state;
    if (!judged.due) continue;
    calls.push(`${second} ${judged.due.what}`);
    if (reached) state = called(state, judged.due, second * 1000);
  }
  return calls;
}

test('somebody is called after a minute of silence, again every ten minutes, and told when it is over', () => {
  const silent = (second: number) => [second, '没有应答'] as const;
  expect(
    watch([
      silent(0),
      silent(59),
      silent(60),
      silent(70),
      silent(659),
      silent(660),
      [700, undefined],
      [710, undefined],
    ]),
  ).toEqual(['60 alarm', '660 again', '700 recovered']);
});

test('a short silence calls nobody, and the next one counts anew', () => {
  expect(
    watch([
      [0, '没有应答'],
      [50, undefined],
      [60, '没有应答'],
      [110, '没有应答'],
    ]),
  ).toEqual([]);
});

test('another reason is the same trouble: nobody is called twice because the words change', () => {
  expect(
    watch([
      [0, '没有就绪'],
      [60, '没有应答'],
      [90, '没有就绪'],
    ]),
  ).toEqual(['60 alarm']);
});

test('a call that reaches nobody is tried with every look, its recovery too', () => {
  expect(
    watch(
      [
        [0, '没有应答'],
        [60, '没有应答'],
        [70, '没有应答'],
        [80, undefined],
      ],
      false,
    ),
  ).toEqual(['60 alarm', '70 alarm']);
});
