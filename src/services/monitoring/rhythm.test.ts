import { afterEach, beforeEach, expect, test } from 'vitest';

import { HOUR, MINUTE, START, Station } from './testing.ts';

let station: Station;
beforeEach(async () => {
  station = await Station.open();
});
afterEach(() => station.close());

/** An hour's rain, stamped with a moment `stampedBefore` its arrival. */
async function hour(point: number, n: number, mm: number, stampedBefore = 0): Promise<void> {
  await station.moveTo(START + n * HOUR);
  await station.send(point, [[station.now - stampedBefore, mm]]);
}

// The storm of 13 September 2013 as an hourly gauge tells it; the element's period is five minutes.
test.each(['steadily', 'through a crash'] as const)(
  'a gauge that speaks by the hour raises yellow in its hour and is normal an hour below it, %s',
  async (how) => {
    const point = await station.point('R', 'FLOOD.RAIN_5M');
    const fall = [0, 0, 61.6, 0.8, 0, 0, 0];
    for (const [n, mm] of fall.entries()) {
      await hour(point, n, mm);
      if (how === 'through a crash' && n === 3) await station.crash();
    }
    const alarms = await station.alarms(point, START);
    // The one-hour sum: yellow at once, blue an hour after it fell below, normal an hour later.
    expect(alarms.filter(([, , normal]) => normal !== null)).toEqual([[2 * HOUR, 0, 5 * HOUR]]);
  },
);

test('hours stamped with their beginning, as HJ 212 hour data are, are judged and not called late for ever', async () => {
  const point = await station.point('R', 'FLOOD.RAIN_5M');
  for (const [n, mm] of [0, 0, 61.6].entries()) await hour(point, n, mm, HOUR);
  const [first] = await station.alarms(point, START);
  expect(first?.[0]).toBe(HOUR);
});

test('a gauge of five minutes that falls silent for an hour has neither recovered nor gone on', async () => {
  const point = await station.point('U', 'FLOOD.UNDERPASS');
  for (const minute of [0, 5, 10]) {
    await station.moveTo(START + minute * MINUTE);
    await station.send(point, [[station.now, minute === 0 ? 45 : 1]]);
  }
  await station.moveTo(START + 70 * MINUTE);
  await station.send(point, [[station.now, 1]]);
  expect(await station.alarms(point, START)).toEqual([[0, 3, null]]);
});
