import type { Sign } from '#model/standard';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type CompiledSign, compileSign } from './compile-sign.ts';
import { evaluate, type Outcome, runTimers } from './evaluate.ts';
import { SignStates } from './sign-states.ts';

const MINUTE = 60_000;
const basis = { tag: 'A', document: '测试', verified: false } as const;

function sign(changes: Partial<Sign> = {}): Sign {
  return {
    code: 'T.S01',
    item: 'T.I01',
    name: '下立交积水',
    element: 'T.DEPTH',
    measure: { kind: 'value' },
    direction: 'high',
    unit: 'cm',
    deadband: 2,
    offDelaySeconds: 15 * 60,
    basis,
    levels: {
      blue: { limit: 5, onDelaySeconds: 120 },
      yellow: { limit: 15, onDelaySeconds: 120 },
      orange: { limit: 25, onDelaySeconds: 120 },
      red: { limit: 40, onDelaySeconds: 0 },
    },
    ...changes,
  };
}

/** Without parameters a sign is always ready. */
function ready(of: Sign): CompiledSign {
  const compiled = compileSign(1, of);
  if (compiled.kind !== 'ready') throw new Error(`lacks ${compiled.missing.join()}`);
  return compiled.sign;
}

/** Plays [minute, value] readings and [minute] ticks; gives "minute:from>to" for every change. */
function play(
  of: Sign,
  steps: readonly (readonly [number, number?])[],
  freshMinutes = 15,
): readonly string[] {
  const compiled = ready(of);
  const states = new SignStates();
  const i = states.add();
  const outcome: Outcome = { changes: [], touched: new Set() };
  for (const [minute, value] of steps) {
    const at = 1_700_000_000_000 + minute * MINUTE;
    if (value === undefined) runTimers(compiled, states, i, at, freshMinutes * MINUTE, outcome);
    else evaluate(compiled, states, i, at, value, freshMinutes * MINUTE, outcome);
  }
  return outcome.changes.map((c) => `${(c.at - 1_700_000_000_000) / MINUTE}:${c.fromLevel}>${c.toLevel}`);
}

describe('a four-level threshold', () => {
  test('waits out the on-delay, then raises at the moment it ran out', () => {
    expect(
      play(sign(), [
        [0, 6],
        [1, 7],
        [2, 8],
      ]),
    ).toEqual(['2:0>1']);
    expect(
      play(sign(), [
        [0, 6],
        [1, 4],
        [2, 8],
        [3, 8],
      ]),
    ).toEqual([]);
  });

  test('upgrades at once, red without delay', () => {
    expect(
      play(sign(), [
        [0, 6],
        [2, 6],
        [3, 45],
      ]),
    ).toEqual(['2:0>1', '3:1>4']);
  });

  test('steps down one level per off-delay and only below the dead-band', () => {
    const fall = [
      [0, 45],
      [5, 1],
      [10, 1],
      [20, 1],
      [30, 1],
      [35, 1],
      [50, 1],
      [65, 1],
      [80, 1],
    ] as const;
    expect(play(sign(), fall)).toEqual(['0:0>4', '20:4>3', '35:3>2', '50:2>1', '65:1>0']);
    expect(
      play(sign(), [
        [0, 45],
        [5, 39],
        [30, 39],
        [60, 39],
      ]),
    ).toEqual(['0:0>4']);
  });

  test('a value back above the limit minus dead-band starts the off-delay anew', () => {
    expect(
      play(sign(), [
        [0, 45],
        [5, 30],
        [15, 41],
        [20, 30],
        [30, 30],
        [35, 30],
      ]),
    ).toEqual(['0:0>4', '35:4>3']);
  });

  test('a level the sign does not have is passed over on the way down', () => {
    const twoLevels = sign({
      levels: { blue: { limit: 5, onDelaySeconds: 0 }, red: { limit: 40, onDelaySeconds: 0 } },
    });
    expect(
      play(twoLevels, [
        [0, 50],
        [5, 10],
        [15, 10],
        [20, 10],
        [25, 1],
        [40, 1],
      ]),
    ).toEqual(['0:0>4', '20:4>1', '40:1>0']);
  });

  test('low signs hold strictly below the limit', () => {
    const low = sign({
      direction: 'low',
      deadband: 0.02,
      offDelaySeconds: 600,
      levels: { yellow: { limit: 0.2, onDelaySeconds: 0 } },
    });
    expect(
      play(low, [
        [0, 0.2],
        [1, 0.19],
        [5, 0.21],
        [10, 0.23],
        [20, 0.23],
      ]),
    ).toEqual(['1:0>2', '20:2>0']);
  });

  test('a tick raises on time when the next reading is still to come', () => {
    expect(play(sign(), [[0, 6], [3]])).toEqual(['2:0>1']);
  });

  test('silence is neither a recovery nor a breach', () => {
    expect(play(sign(), [[0, 45], [1, 1], [300]], 10)).toEqual(['0:0>4']);
    expect(
      play(
        sign(),
        [
          [0, 6],
          [100, 6],
        ],
        1,
      ),
    ).toEqual([]);
  });
});

test('the same readings give the same changes, with ticks between them or without', () => {
  const readings = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 60 })), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(readings, (gaps) => {
      let minute = 0;
      const plain: [number, number][] = gaps.map(([gap, value]) => [(minute += gap), value]);
      const ticked = plain.flatMap(([at, value], i): [number, number?][] => {
        const next = plain[i + 1]?.[0] ?? at;
        const ticks: [number][] = Array.from({ length: next - at }, (_, k) => [at + k + 0.5]);
        return [[at, value], ...ticks];
      });
      expect(play(sign(), ticked.slice(0, ticked.findLastIndex((step) => step.length === 2) + 1))).toEqual(
        play(sign(), plain),
      );
    }),
  );
});

test('levels never jump down by more than one step', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 80 }), (values) => {
      for (const text of play(
        sign(),
        values.map((value, i) => [i, value] as const),
      )) {
        const [from = 0, to = 0] = (text.split(':')[1] ?? '').split('>').map(Number);
        expect(to > from || to === from - 1).toBe(true);
      }
    }),
  );
});
