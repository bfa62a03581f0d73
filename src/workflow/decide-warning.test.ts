import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type AlarmNews, takeNews, type WarningDraft } from './decide-warning.ts';

const news = (alarm: number, toLevel: number, at = 0): AlarmNews => ({
  alarm,
  toLevel,
  at,
  reason: `${alarm}→${toLevel}`,
});

/** Plays news one after the other as a room would: a warning that is normal makes place for the next. */
function play(...list: readonly AlarmNews[]): readonly WarningDraft[] {
  const all: WarningDraft[] = [];
  let open: WarningDraft | undefined;
  for (const one of list) {
    const draft = takeNews(open, one);
    if (draft && draft !== open) all.push(draft);
    open = draft && draft.level > 0 ? draft : undefined;
  }
  return all;
}
const story = (draft: WarningDraft | undefined) =>
  draft?.changes.map(({ change, fromLevel, toLevel, at }) => `${at}:${change} ${fromLevel}>${toLevel}`);

describe('one warning out of the alarms of one item', () => {
  test('the first alarm raises it at the alarm’s level', () => {
    expect(play(news(1, 2, 5))).toMatchObject([
      { level: 2, peakLevel: 2, openedAt: 5, changedAt: 5, normalAt: null, reason: '1→2' },
    ]);
  });

  test('an alarm that is normal again opens none', () => {
    expect(takeNews(undefined, news(1, 0))).toBeUndefined();
  });

  test('the worst of its signs counts: a second sign upgrades at once, its end steps down to the first', () => {
    const [draft] = play(news(1, 1, 1), news(2, 4, 2), news(1, 3, 3), news(2, 0, 4), news(1, 0, 5));
    expect(story(draft)).toEqual(['1:raised 0>1', '2:upgraded 1>4', '4:stepped-down 4>3', '5:normal 3>0']);
    expect(draft).toMatchObject({ level: 0, peakLevel: 4, normalAt: 5, openedAt: 1 });
  });

  test('news that changes nothing leaves no line, and keeps the sentence of the last change', () => {
    const [draft] = play(news(1, 3, 1), news(2, 2, 2), news(2, 3, 3), news(1, 3, 4));
    expect(story(draft)).toEqual(['1:raised 0>3']);
    expect(draft).toMatchObject({ reason: '1→3', changedAt: 1 });
    expect([...(draft?.evidence ?? [])]).toEqual([
      [1, 3],
      [2, 3],
    ]);
  });

  test('after it was normal the next alarm opens another one', () => {
    expect(play(news(1, 2, 1), news(1, 0, 2), news(2, 1, 3)).map(story)).toEqual([
      ['1:raised 0>2', '2:normal 2>0'],
      ['3:raised 0>1'],
    ]);
  });
});

const anyNews = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 4 })), {
  maxLength: 60,
});

test('whatever comes, the level is the highest of the evidence and only the last warning may be open', () => {
  fc.assert(
    fc.property(anyNews, (list) => {
      const all = play(...list.map(([alarm, level], at) => news(alarm, level, at)));
      all.forEach((draft, i) => {
        expect(draft.level).toBe(Math.max(0, ...draft.evidence.values()));
        expect(draft.level === 0).toBe(draft.normalAt !== null);
        expect(draft.level === 0 || i === all.length - 1).toBe(true);
      });
    }),
  );
});

test('whatever comes, the kept history replays to the state: each line begins where the one before ended', () => {
  fc.assert(
    fc.property(anyNews, (list) => {
      for (const draft of play(...list.map(([alarm, level], at) => news(alarm, level, at)))) {
        let level = 0;
        let peak = 0;
        for (const { change, fromLevel, toLevel, at } of draft.changes) {
          expect(fromLevel).toBe(level);
          expect(toLevel).not.toBe(fromLevel);
          const expected =
            fromLevel === 0
              ? 'raised'
              : toLevel === 0
                ? 'normal'
                : toLevel > fromLevel
                  ? 'upgraded'
                  : 'stepped-down';
          expect(change).toBe(expected);
          level = toLevel;
          peak = Math.max(peak, toLevel);
          expect(at).toBeGreaterThanOrEqual(draft.openedAt);
        }
        expect([draft.level, draft.peakLevel, draft.changedAt]).toEqual([
          level,
          peak,
          draft.changes.at(-1)?.at,
        ]);
      }
    }),
  );
});
