import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Storage } from '#storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { Client } from './client.ts';
import { PASSWORD, PuanProcess } from './puan-process.ts';
import { seededRandom } from './seeded-random.ts';

const POINTS = 40;
const KILLS = 20;
const SENDERS = 4;
/** Answered readings between two kills: each of them hits a Puan that is at work, however slow the machine. */
const AT_WORK = 60;

const puan = new PuanProcess({ empty: true });
let gateway: Client;
let operator: Client;

beforeAll(async () => {
  await puan.start();
  operator = await new Client(puan.url).as('admin', PASSWORD);
  for (let i = 0; i < POINTS; i += 1) {
    const code = `crash.${i}`;
    await operator.ask('POST', '/api/v1/objects', {
      code,
      name: `下立交 ${i}`,
      scenarios: ['FLOOD'],
      lat: 31.2,
      lon: 121.6,
    });
    await operator.ask('POST', '/api/v1/points', { code, object: code, element: 'FLOOD.UNDERPASS' });
  }
  const { token } = await operator.ask<{ token: string }>('POST', '/api/v1/tokens', {
    name: '断电',
    kind: 'gateway',
  });
  gateway = new Client(puan.url, token);
}, 120_000);
afterAll(() => puan.remove());

interface Sent {
  readonly point: string;
  readonly observedAt: number;
  readonly value: number;
}

/** Sends rounds of readings until told to stop; a round without an answer is sent again, as devices do. */
async function send(number: number, running: () => boolean, answered: Sent[]): Promise<void> {
  const mine = Array.from({ length: POINTS }, (_, i) => i).filter((i) => i % SENDERS === number);
  let last = 0;
  for (let round = 0; running(); round += 1) {
    last = Math.max(Date.now(), last + 1);
    // Depths swing between dry and red, so that warnings are raised, upgraded and stepped down all the time.
    const rows = mine.map((i) => ({ point: `crash.${i}`, observedAt: last, value: ((round + i) % 9) * 6 }));
    for (let done = false; !done;) {
      done = await gateway.send<{ accepted: number }>('POST', '/api/v1/readings', rows).then(
        ({ status, body }) => status === 200 && body.accepted === rows.length,
        () => false,
      );
      if (!done) await sleep(20);
    }
    answered.push(...rows);
  }
}

/** Pid of the postmaster, from its own file. */
function postmaster(): number {
  return Number(readFileSync(path.join(puan.dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

test('server and database are killed at 20 moments under load: nothing answered is lost, nothing is doubled', async () => {
  const random = seededRandom(20_240_919);
  const answered: Sent[] = [];
  let running = true;
  const senders = Promise.all(Array.from({ length: SENDERS }, (_, n) => send(n, () => running, answered)));
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = answered.length;
    while (answered.length < before + AT_WORK) await sleep(20);
    await sleep(random() * 450);
    if (kill % 2 === 0) {
      await puan.kill();
      await puan.start();
    } else {
      process.kill(postmaster(), 'SIGKILL');
    }
  }
  await sleep(500);
  running = false;
  await senders;
  const errors = puan.crashes === 0 ? '' : puan.errors.slice(-2000);
  expect({ crashes: puan.crashes, errors }).toEqual({ crashes: 0, errors: '' });
  // The last events still walk from alarm to warning to order.
  await settled();
  await puan.stop();
  await check(answered);
}, 240_000);

async function settled(): Promise<void> {
  for (let quiet = 0; quiet < 5; quiet += 1) {
    await sleep(200);
    const metrics = await fetch(`${puan.url}/metrics`).then((reply) => reply.text());
    if (!/puan_event_lag_seconds 0\n/u.test(metrics)) quiet = 0;
  }
}

async function check(answered: readonly Sent[]): Promise<void> {
  const { EmbeddedPostgres } = await import('#storage');
  const postgres = await EmbeddedPostgres.start({ dataDir: puan.dataDir, log: () => undefined });
  const storage = new Storage(postgres.address, () => undefined);
  const db = storage.system;
  const ask = async <T>(query: ReturnType<typeof sql<T>>): Promise<readonly T[]> =>
    (await query.execute(db)).rows;
  try {
    const stored = await ask(sql<{ code: string; at: number; value: number }>`
      select p.code, extract(epoch from r.observed_at)::float8 * 1000 as at, r.value
      from reading r join point p on p.id = r.point_id`);
    const kept = new Map(stored.map((row) => [`${row.code} ${Math.round(row.at)}`, row.value]));
    const missing = answered.filter((row) => kept.get(`${row.point} ${row.observedAt}`) !== row.value);
    expect({ answered: answered.length > 1000, missing }).toEqual({ answered: true, missing: [] });
    expect({ storedTwice: stored.length - kept.size }).toEqual({ storedTwice: 0 });

    const [doubled] = await ask(sql<{
      alarms: number;
      warnings: number;
      orders: number;
      orphans: number;
      silent: number;
    }>`
      select (select count(*) from (select point_id, sign_id, raised_at from alarm group by 1, 2, 3 having count(*) > 1) a) as alarms,
        (select count(*) from (select object_id, item_code from warning where state = 'open' group by 1, 2 having count(*) > 1) w) as warnings,
        (select count(*) from (select warning_id from work_order group by 1 having count(*) > 1) o) as orders,
        (select count(*) from warning w where not exists (select from work_order o where o.warning_id = w.id)) as orphans,
        (select count(*) from alarm a where not exists (select from warning_evidence e where e.alarm_id = a.id)) as silent`);
    expect(doubled).toEqual({ alarms: 0, warnings: 0, orders: 0, orphans: 0, silent: 0 });

    // What the warnings say is what the alarms say, and the alarms what the signs' state says.
    const [state] = await ask(sql<{ warnings: number; wrong_level: number; wrong_alarm: number }>`
      select (select count(*) from warning) as warnings,
        (select count(*) from warning w where w.state = 'open' and w.level <> (
          select max(a.level) from warning_evidence e join alarm a on a.id = e.alarm_id where e.warning_id = w.id)) as wrong_level,
        (select count(*) from sign_state s left join alarm a on a.id = s.alarm_id
          where s.level <> coalesce(case when a.normal_at is null then a.level end, 0)) as wrong_alarm`);
    expect(state).toMatchObject({ wrong_level: 0, wrong_alarm: 0 });
    expect(state?.warnings).toBeGreaterThan(0);
    const [counts] = await ask(
      sql<{ kept: number }>`select coalesce(sum(received), 0)::int as kept from reading_count`,
    );
    expect({ keptCount: counts?.kept }).toEqual({ keptCount: stored.length });
  } finally {
    await storage.close();
    await postgres.stop();
  }
}
