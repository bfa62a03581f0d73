// Readings that were packed long ago are listed, drawn, repeated and remembered as if they lay where they came.
import { measureOf } from '#signs';
import { type HistoryAsk, packReadings, readHistory } from '#storage';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { emptyColumns, sliceColumns } from '../../storage/readings/reading-columns.ts';
import { LowestAndHighest } from './lowest-and-highest.ts';
import { openReplaySession } from './replay-sessions.ts';
import { HOUR, MINUTE, SECOND, type Sent, Station } from './testing.ts';

const DAY = 24 * HOUR;

let station: Station;
beforeAll(async () => {
  station = await Station.open();
});
afterAll(() => station.close());

/** As a day later: everything that has come is packed, and the server goes on in another hour. */
async function pack(): Promise<void> {
  // What memory holds is written down first; what a restart has yet to absorb would stay hot.
  await station.restart();
  while (await packReadings(station.db.storage.system, station.now + DAY));
  await station.moveTo(station.now + HOUR);
}

async function historyOf(point: number, ask: Partial<HistoryAsk> = {}): Promise<readonly Sent[]> {
  const history = await readHistory(station.db.storage.system, {
    points: [point],
    from: 0,
    to: station.now + DAY,
    ...ask,
  });
  const { observedAt, value } = history.get(point) ?? emptyColumns(0);
  return Array.from(observedAt, (at, i) => [at, value[i] ?? 0]);
}

test('the weeks before are remembered over a restart when all of them are packed', async () => {
  const point = await station.point('weekly', 'POWER.PD', 9);
  const dead = await station.point('dead', 'FLOOD.RAIN_5M');
  const now = station.now;
  const hours: Sent[] = [];
  for (let day = 28; day > 0; day -= 1) {
    await station.moveTo(now - (day - 1) * DAY);
    const one = Array.from({ length: 24 }, (_, hour): Sent => {
      const at = station.now - (24 - hour) * HOUR;
      return [at, 100 + ((at / HOUR) % 24) * 2 + day];
    });
    await station.send(point, one);
    if (day === 2) await station.send(dead, rain(station.now));
    hours.push(...one);
  }
  const measureAt = () => {
    const { book } = station.desk.ingest;
    const found = book
      .bindingsOf(point)
      .map((b) => book.bindings[b])
      .find((one) => one?.sign.measure.kind === 'deviation');
    if (!found) throw new Error('no sign compares with the weeks before');
    return found;
  };
  const sign = measureAt().sign;
  const kept = measureOf(sign.measure);
  for (const [at, value] of hours) kept?.next(at, value);
  await pack();
  expect(await station.stored(point)).toEqual([]);
  const next = [now + HOUR, 500] as const;
  const expected = kept?.next(...next);
  expect(expected).not.toBeNaN();
  expect(measureAt().measure?.next(...next)).toBe(expected);
});

/** A day's quarter of rain, the last drop at `until`. */
const rain = (until: number): readonly Sent[] =>
  Array.from({ length: 72 }, (_, i): Sent => [until - (71 - i) * 5 * MINUTE, 0.2 + (i % 3) / 10]);

test('the sums of hours go on over a restart though most of them is packed, and a gauge dead for a day keeps its own', async () => {
  const live = await station.point('rain', 'FLOOD.RAIN_5M');
  const dead = station.desk.ingest.book.find('dead')?.id ?? 0;
  const falling = rain(station.now);
  await station.send(live, falling.slice(0, 60));
  await pack();
  await station.send(live, falling.slice(60));
  const sums = (point: number) => {
    const { book } = station.desk.ingest;
    const at = book.newestAt[point] ?? 0;
    return book.bindingsOf(point).flatMap((b) => {
      const { sign, measure } = book.bindings[b] ?? {};
      return sign?.measure.kind === 'rolling' ? [measure?.next(at, 0)] : [];
    });
  };
  const before = [sums(live), sums(dead)];
  expect(before.flat().map((sum) => Math.round((sum ?? 0) * 10) / 10)).toEqual(
    expect.arrayContaining([21.6, 3.6]),
  );
  await station.restart();
  expect([sums(live), sums(dead)]).toEqual(before);
});

test('a back-fill of what was packed long ago is stored once, what was missing in between is added', async () => {
  const point = await station.point('back-fill', 'FLOOD.UNDERPASS');
  const t = station.now;
  const minutes = Array.from({ length: 3000 }, (_, i): Sent => [t - (3000 - i) * MINUTE, i % 7]);
  const gap = minutes.filter((_, i) => i < 1490 || i >= 1500);
  await station.send(point, gap);
  await pack();
  expect(await station.stored(point)).toEqual([]);
  const before = station.desk.ingest.counts.stored;
  await station.send(point, minutes);
  expect(station.desk.ingest.counts.stored - before).toBe(10);
  await station.send(point, minutes.toReversed());
  expect(await historyOf(point)).toEqual(minutes);
  await pack();
  await station.send(point, minutes);
  expect(await station.stored(point)).toEqual([]);
  expect(await historyOf(point)).toEqual(minutes);
});

test('a live reading that comes late is kept though a replay has told of its moment', async () => {
  const point = await station.point('played', 'FLOOD.UNDERPASS');
  await station.device('player', ['played']);
  const moment = station.now - 30 * MINUTE;
  const session = await openReplaySession(
    station.request(),
    { ...station.ground, desk: station.desk },
    {
      name: '演练',
      devices: ['player'],
    },
  );
  await station.send(point, [[moment, 30]], session.id);
  await station.send(point, [[station.now, 1]]);
  await station.send(point, [[moment, 2]]);
  expect(await historyOf(point)).toEqual([
    [moment, 2],
    [station.now, 1],
  ]);
});

test('pages and charts are the same before and after packing, and while some of it is packed', async () => {
  const point = await station.point('listed', 'FLOOD.UNDERPASS');
  const from = station.now - 4000 * SECOND;
  const shown = async () => {
    const pages: unknown[] = [];
    for (let after: string | null = ''; after !== null;) {
      const page = await station.readings('listed', { limit: 700, ...(after === '' ? {} : { after }) });
      pages.push(page.items.length, ...page.items);
      after = page.next;
    }
    const drawn = await station.readings('listed', { width: 40 });
    const piece = await station.readings('listed', {
      from: from + 100 * SECOND,
      to: from + 1500 * SECOND,
      width: 10,
    });
    return { pages, drawn: drawn.items, piece: piece.items };
  };
  const rows = Array.from({ length: 4000 }, (_, i): Sent => [
    from + i * SECOND,
    Math.round(Math.sin(i / 90) * 400) / 10,
  ]);
  await station.send(point, rows.slice(0, 2500));
  await pack();
  await station.send(point, rows.slice(2500));
  const half = await shown();
  expect(half.pages.filter((one) => typeof one === 'number')).toEqual([700, 700, 700, 700, 700, 500]);
  expect(half.drawn.length).toBeGreaterThan(70);
  await pack();
  expect(await shown()).toEqual(half);
});

test('a chart drawn from pieces is the chart of the whole: each slot’s lowest and highest, the earlier of equals', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 50 }),
      (moments, width, piece) => {
        const at = moments.toSorted((a, b) => a - b);
        const columns = emptyColumns(at.length);
        columns.observedAt.set(at);
        columns.value.set(moments.map((one) => one % 9));
        const [first, last] = [at[0] ?? 0, at.at(-1) ?? 0];
        const drawn = new LowestAndHighest(first, last, width);
        for (let i = 0; i < at.length; i += piece)
          drawn.add(sliceColumns(columns, i, Math.min(i + piece, at.length)));
        const step = (last - first) / width;
        const rows = at.map((one, i) => ({ at: one, value: columns.value[i] ?? 0 }));
        const slots = Map.groupBy(rows, (row) => (step > 0 ? Math.floor((row.at - first) / step) : 0));
        const expected = [...slots.values()].flatMap((slot) => {
          const low = slot.reduce((a, b) => (b.value < a.value ? b : a));
          const high = slot.reduce((a, b) => (b.value > a.value ? b : a));
          return low === high ? [low] : [low, high].toSorted((a, b) => a.at - b.at);
        });
        expect(drawn.done().map(({ at: moment, value }) => ({ at: moment, value }))).toEqual(expected);
      },
    ),
  );
});
