// A condition that has to hold for two hours, and a process that goes away meanwhile, at whatever moment and for minutes: the alarm is
// raised at the minute at which it would have been.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { HOUR, MINUTE, SECOND, START, Station } from './testing.ts';

const HOLD = 2 * HOUR;
/** What a gauge says every five minutes is good for fifteen (FLOOD.UNDERPASS). */
const LONGEST_AWAY = 10 * MINUTE;
const SIGN = 'FLOOD.S06';

let station: Station;
let stories = 0;
beforeAll(async () => {
  station = await Station.open();
  const { system } = station.db.storage;
  const levels = { blue: { limit: 5, onDelaySeconds: HOLD / SECOND } };
  await sql`alter table sign disable trigger user`.execute(system);
  await sql`update sign set body = body || ${JSON.stringify({ levels })}::jsonb where code = ${SIGN}`.execute(
    system,
  );
  await station.restart();
});
afterAll(() => station.close());

interface Break {
  /** After the depth has risen. */
  readonly at: number;
  readonly way: 'restart' | 'crash';
  readonly away: number;
}

/** Two hours at 6 or 7 cm with a reading a minute, as far as somebody listens; gives the alarms, moments in ms after the rise. */
async function hold(breaks: readonly Break[]) {
  stories += 1;
  const rise = START + stories * 3 * HOUR;
  await station.moveTo(rise);
  const point = await station.point(`U${stories}`, 'FLOOD.UNDERPASS');
  const left = [...breaks];
  for (let at = rise; at <= rise + HOLD + 2 * MINUTE; at += MINUTE) {
    for (let next = left[0]; next && rise + next.at < at; next = left[0]) {
      left.shift();
      await station.moveTo(Math.max(station.now, rise + next.at));
      await station[next.way](next.away);
    }
    if (station.now > at) continue;
    await station.moveTo(at);
    // Nothing is told before its time.
    const early = at < rise + HOLD ? await station.alarms(point, rise) : [];
    expect(early).toEqual([]);
    await station.send(point, [[at, 6 + ((at / MINUTE) % 2)]]);
  }
  // Where it is back only now, the clock tells it before the gauge does.
  await station.pass(station.now + SECOND);
  const alarms = await station.alarms(point, rise);
  await station.send(point, [[station.now, 0]]);
  return alarms;
}

const RAISED = [[HOLD, 1, null]];

test('nobody goes away: it is raised after two hours, to the second', async () => {
  expect(await hold([])).toEqual(RAISED);
});

test.each(
  [0, MINUTE, 59 * MINUTE, 119 * MINUTE, HOLD - SECOND, HOLD - 1].flatMap((at) =>
    (['restart', 'crash'] as const).map((way) => ({ at, way, said: `${at / SECOND} s` })),
  ),
)('a $way $said into the two hours changes nothing', async ({ at, way }) => {
  expect(await hold([{ at, way, away: 0 }])).toEqual(RAISED);
});

test('whenever it goes away, however often, for as long as the gauge is believed, the minute is the same', async () => {
  const broken = fc.record({
    at: fc.integer({ min: 0, max: HOLD }),
    way: fc.constantFrom('restart' as const, 'crash' as const),
    away: fc.integer({ min: 0, max: LONGEST_AWAY }),
  });
  // Two absences in a row would leave the gauge unheard for longer.
  const story = fc.uniqueArray(broken, {
    maxLength: 3,
    comparator: (a, b) => Math.abs(a.at - b.at) < 2 * LONGEST_AWAY,
  });
  await fc.assert(
    fc.asyncProperty(story, async (breaks) => {
      expect(await hold(breaks.toSorted((a, b) => a.at - b.at))).toEqual(RAISED);
    }),
    { numRuns: 8, endOnFailure: true },
  );
  // On a machine that does much else besides.
}, 240_000);
