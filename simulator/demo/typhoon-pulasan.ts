import { setTimeout as sleep } from 'node:timers/promises';

import { type PuanClient, RefusedError } from '../client.ts';
import { Hj212Device } from '../hj212-device.ts';
import { registerMissing } from '../register.ts';
import { endSession, openSession } from '../replay-session.ts';
import { MINUTE_MS } from './curve.ts';
import { demoGauges, demoInventory, SITE_PW, SITE_ST } from './district.ts';
import { type Due, dueReadings } from './due-readings.ts';
import type { Gauge } from './gauge.ts';
import { BEGINS, ENDS, STORY_NAME } from './story.ts';

export interface Stage {
  readonly client: PuanClient;
  readonly hj212: { readonly host: string; readonly port: number };
  readonly signal: AbortSignal;
  readonly log: (sentence: string) => void;
  /** Recorded seconds per second. 165 tells the 66 hours in 24 minutes. */
  readonly speed?: number;
}

export const SPEED = 165;
/** Readings go out by fives of the story's minutes: the period of rain gauges and tide stations. */
const STEP_MS = 5 * MINUTE_MS;
const PAUSE_MS = 60_000;

/** Tells the story of Typhoon Pulasan over and over, with a minute's pause, until the signal comes. */
export async function typhoonPulasan(stage: Stage): Promise<void> {
  const gauges = demoGauges();
  while (!stage.signal.aborted) {
    await tellOnce(stage, gauges);
    await wait(PAUSE_MS, stage.signal);
  }
}

async function tellOnce(stage: Stage, gauges: readonly Gauge[]): Promise<void> {
  const { client, signal, log } = stage;
  const inventory = demoInventory(gauges);
  await registerMissing(client, inventory);
  const session = await openSession(
    client,
    STORY_NAME,
    inventory.devices.map(({ code }) => code),
  );
  const loggers = openLoggers(stage, gauges);
  try {
    await play(stage, gauges, loggers);
  } finally {
    for (const logger of loggers.values()) logger.close();
  }
  // Stopped from outside: the server is going too; the next start ends what is left running.
  if (signal.aborted) return;
  await endSession(client, session.id).catch((error: unknown) => {
    if (!(error instanceof RefusedError)) throw error;
    log(`演示会话 ${session.id} 没有结束：${error.message}`);
  });
}

async function play(
  { client, signal, log, speed = SPEED }: Stage,
  gauges: readonly Gauge[],
  loggers: ReadonlyMap<string, Hj212Device>,
): Promise<void> {
  let told = false;
  let next = performance.now();
  for (let at = BEGINS; at <= ENDS && !signal.aborted; at += STEP_MS) {
    const due = dueReadings(gauges, at - STEP_MS, at);
    const [{ refused, firstRefusal }] = await Promise.all([
      client.postReadings(due.rows),
      sendPackets(loggers, due),
    ]);
    if (refused > 0 && !told) {
      told = true;
      log(`演示数据有 ${refused} 条被拒收：${firstRefusal ?? ''}`);
    }
    // After a hold-up the story goes on from there; it does not hurry to catch up.
    next = Math.max(next + STEP_MS / speed, performance.now());
    await wait(next - performance.now(), signal);
  }
}

async function sendPackets(loggers: ReadonlyMap<string, Hj212Device>, { packets }: Due): Promise<void> {
  const byDevice = Map.groupBy(packets, ({ device }) => device);
  await Promise.all(
    [...byDevice].map(async ([device, own]) => {
      for (const { at, groups } of own) await loggers.get(device)?.upload(at, groups);
    }),
  );
}

function openLoggers({ hj212, signal }: Stage, gauges: readonly Gauge[]): Map<string, Hj212Device> {
  const codes = new Set(gauges.filter(({ factor }) => factor !== undefined).map(({ device }) => device));
  const loggers = new Map(
    [...codes].map((mn) => [mn, new Hj212Device({ ...hj212, mn, pw: SITE_PW, st: SITE_ST })]),
  );
  signal.addEventListener('abort', () => {
    for (const logger of loggers.values()) logger.close();
  });
  return loggers;
}

/** Waits, or returns early when the signal comes. */
async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.max(0, ms), undefined, { signal }).catch(() => undefined);
}
