import { setTimeout as sleep } from 'node:timers/promises';

import { PuanClient } from '../simulator/client.ts';
import { typhoonPulasan } from '../simulator/demo/typhoon-pulasan.ts';
import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';

/** The morning of 20 September 2024, when most underpasses are closed and the rain has not ended. */
const PEAK = Date.parse('2024-09-20T08:05:00+08:00');
const SPEED = 1000;
const LOOK_EVERY_MS = 250;
/** Of so many orders one is left for nobody, as it happens in a storm. */
const LEFT_OVER = 7;
const HANDS = ['flood', 'water', 'traffic', 'power', 'gas', 'constr', 'hazchem'];
const NOTE = '泵车已到，强排后水位回落，道路恢复通行';

interface Order {
  readonly id: number;
  readonly version: number;
  readonly state: string;
}

/** Tells the demo typhoon fast and holds it at its peak, with handlers who take and work their orders. */
export async function stormAtItsPeak(puan: {
  readonly url: string;
  readonly hj212Port: number;
}): Promise<void> {
  const { url, hj212Port } = puan;
  const watcher = await new Client(url).as('district', PASSWORD);
  const hands = await Promise.all(
    HANDS.map((scenario) => new Client(url).as(`${scenario}.handler`, PASSWORD)),
  );
  const stop = new AbortController();
  const client = new PuanClient({ url, patienceMs: 10_000, signal: stop.signal });
  await client.signIn('admin', PASSWORD);
  const hj212 = { host: '127.0.0.1', port: hj212Port };
  const log = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  const story = typhoonPulasan({ client, hj212, signal: stop.signal, log, speed: SPEED });
  const working = work(hands, stop.signal);
  const watching = untilPeak(watcher, stop.signal);
  // Whichever ends first, well or not, ends the others.
  await Promise.all([story, working, watching].map((one) => one.finally(() => stop.abort())));
}

async function untilPeak(watcher: Client, stop: AbortSignal): Promise<void> {
  while (!stop.aborted && (await clockOf(watcher)) < PEAK) await sleep(LOOK_EVERY_MS);
}

async function clockOf(watcher: Client): Promise<number> {
  const { items } = await watcher.ask<{ items: readonly { readonly clock: number | null }[] }>(
    'GET',
    '/api/v1/replay-sessions?limit=1',
  );
  return items[0]?.clock ?? 0;
}

/** What becomes of an order by its number: some are cleared, some are being worked, some only accepted. */
const COURSES: readonly (readonly string[])[] = [
  ['accept'],
  ['accept', 'arrive'],
  ['accept', 'arrive', 'dispose'],
  ['accept', 'arrive', 'dispose', 'clear'],
];

async function work(hands: readonly Client[], stop: AbortSignal): Promise<void> {
  const seen = new Set<number>();
  while (!stop.aborted) {
    for (const hand of hands) {
      const { items } = await hand.ask<{ items: readonly Order[] }>(
        'GET',
        '/api/v1/work-orders?mine=true&limit=100',
      );
      for (const { id, version } of items) {
        if (seen.has(id)) continue;
        seen.add(id);
        if (id % LEFT_OVER !== 0) await take(hand, { id, version }, COURSES[id % COURSES.length] ?? []);
      }
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function take(
  hand: Client,
  order: { readonly id: number; readonly version: number },
  course: readonly string[],
): Promise<void> {
  const path = `/api/v1/work-orders/${order.id}`;
  let { version } = order;
  for (const action of course) {
    // A recording: nobody went there, so that no results of a disposal are told.
    const content = action === 'clear' ? { note: NOTE, verdict: 'test' } : {};
    const reply = await hand.send<Order>('POST', `${path}/advance`, { action, version, ...content });
    // An upgrade in between is another version: the order is left as it stands.
    if (reply.status === 409) return;
    if (reply.status !== 200)
      throw new Error(`${path} ${action}: ${reply.status} ${JSON.stringify(reply.body)}`);
    version = reply.body.version;
  }
}
