import { setTimeout as sleep } from 'node:timers/promises';

import { Hj212Device } from '../../simulator/hj212-device.ts';
import { type Ground, inTables, metric, openGround, registerLoggers } from './ground.ts';
import type { RegisteredDevice } from './logger.ts';
import type { Report } from './report.ts';

import { sql } from 'kysely';

const LOGGERS = 5;
const FACTORS = 2;
const MINUTE = 60_000;
const MINUTES = 1440;
/** Red water from noon on for half an hour. */
const FLOODED = { from: 720, to: 750 };
const IN_FLIGHT = 32;

/**
 * A whole day of one frame a minute, twice: first as the recording of a replay session, with the warnings of that day; then live,
 * as a logger does that sends its memory again.
 */
export async function day(report: Report): Promise<void> {
  const ground = await openGround();
  try {
    const devices = await registerLoggers(ground, LOGGERS, FACTORS);
    const midnight =
      Math.floor((Date.now() + 8 * 60 * MINUTE) / 86_400_000 - 1) * 86_400_000 - 8 * 60 * MINUTE;
    const session = await ground.admin.ask<{ id: number }>('POST', '/api/v1/replay-sessions', {
      name: '试炼：一整天',
      devices: devices.map(({ code }) => code),
    });
    const replayed = await twice(report, ground, '回放', () => playDay(ground, devices, midnight));
    const raised = await warnings(ground);
    report.fact('那天的水每处报了一次', raised === LOGGERS, raised);
    await replayed.again();
    await sleep(3000);
    report.fact('再来一遍没有第二次预警', (await warnings(ground)) === raised, await warnings(ground));
    await ground.admin.ask('DELETE', `/api/v1/replay-sessions/${session.id}`);

    const live = await twice(report, ground, '实时补发', () => playDay(ground, devices, midnight));
    await live.again();
    report.fact('迟到的读数不报预警', (await warnings(ground)) === raised, await warnings(ground));
    const { dataDir } = ground.puan;
    await ground.puan.stop();
    await inTables(dataDir, async (storage) => {
      const { rows } = await sql<{ replayed: boolean; n: number; kept: number }>`
        select source >= 16 as replayed, count(*) as n, count(distinct (point_id, observed_at)) as kept
        from reading group by 1 order by 1`.execute(storage.system);
      const wanted = LOGGERS * FACTORS * MINUTES;
      for (const { replayed: isReplay, n, kept } of rows)
        report.fact(
          `${isReplay ? '回放' : '实时'}的每条读数在库里恰好一次`,
          n === wanted && kept === wanted,
          n,
        );
    });
  } finally {
    await ground.puan.remove();
  }
}

/** Plays the day once, and gives how to play it again: nothing may be stored then. */
async function twice(
  report: Report,
  ground: Ground,
  what: string,
  play: () => Promise<void>,
): Promise<{ again(): Promise<void> }> {
  const wanted = LOGGERS * FACTORS * MINUTES;
  const before = await figures(ground);
  await play();
  const first = await figures(ground);
  report.fact(
    `${what}：第一遍全部存下并应答`,
    first.stored - before.stored === wanted,
    first.stored - before.stored,
  );
  return {
    again: async () => {
      await play();
      const second = await figures(ground);
      const [stored, repeated] = [second.stored - first.stored, second.duplicates - first.duplicates];
      report.fact(
        `${what}：第二遍全部应答，一条不多存，都计为重复`,
        stored === 0 && repeated === wanted,
        `多存 ${stored}，重复 ${repeated}`,
      );
    },
  };
}

async function figures(ground: Ground): Promise<{ readonly stored: number; readonly duplicates: number }> {
  return {
    stored: await metric(ground, 'puan_readings_stored_total'),
    duplicates: await metric(ground, 'puan_readings_duplicate_total'),
  };
}

/** Every logger sends its day, as fast as it is answered. Throws where a frame was given up. */
async function playDay(
  ground: Ground,
  devices: readonly RegisteredDevice[],
  midnight: number,
): Promise<void> {
  await Promise.all(
    devices.map(async ({ code, factors }) => {
      const logger = new Hj212Device({
        host: '127.0.0.1',
        port: ground.puan.ports.hj212,
        mn: code,
        pw: '123456',
        st: '32',
        window: IN_FLIGHT,
        answerWithinMs: 30_000,
      });
      for (let minute = 0; minute < MINUTES; minute += 1) {
        const value = minute >= FLOODED.from && minute < FLOODED.to ? 40 : 1 + (minute % 7) / 10;
        await logger.upload(
          midnight + minute * MINUTE,
          factors.map(({ factor }) => [
            [`${factor}-Rtd`, String(value)],
            [`${factor}-Flag`, 'N'],
          ]),
        );
      }
      await logger.drain();
      logger.close();
      if (logger.counts.refused > 0)
        throw new Error(`${code}: ${logger.counts.refused} frames were given up`);
    }),
  );
}

async function warnings({ district }: Ground): Promise<number> {
  const { items } = await district.ask<{ items: unknown[] }>('GET', '/api/v1/warnings?replay=true&limit=500');
  return items.length;
}
