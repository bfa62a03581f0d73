import { AppError } from '#base';
import type { Watchdog } from '#contract/operations';
import { audit, type RequestContext, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import type { RuleRound } from '../settle-round.ts';

/** A watchdog that has not reported for this long is gone. */
const GONE_MS = 5 * 60_000;

/** What a watchdog says of itself. */
export interface WatchdogReport {
  readonly name: string;
  readonly everySeconds: number;
  /** Network address it came from. */
  readonly address: string;
}

/** A watchdog reports: it is heard now. */
export async function hearWatchdog(context: SystemContext, report: WatchdogReport): Promise<void> {
  const now = new Date(context.now());
  await context.transaction(async (tx) => {
    const seen = {
      last_seen_at: now,
      every_seconds: report.everySeconds,
      address: report.address,
      retired_at: null,
    };
    await tx
      .insertInto('watchdog')
      .values({ name: report.name, first_seen_at: now, ...seen })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(seen))
      .execute();
  });
}

/** Every watchdog that has ever reported, the one heard last first. */
export async function listWatchdogs(context: RequestContext): Promise<{ items: Watchdog[] }> {
  context.authorize('fault.read');
  return context.transaction(async (tx) => ({
    items: [...(await load(tx, context.now(), sql`order by last_seen_at desc limit 100`))],
  }));
}

/** Takes a watchdog out of service; when it reports again it is back. Throws `record.not-found`. */
export async function retireWatchdog(context: RequestContext, name: string): Promise<Watchdog> {
  context.authorize('fault.handle');
  return context.transaction(async (tx) => {
    await tx
      .updateTable('watchdog')
      .set({ retired_at: new Date(context.now()) })
      .where('name', '=', name)
      .execute();
    const [found] = await load(tx, context.now(), sql`where name = ${name}`);
    if (!found) throw new AppError('record.not-found', { what: '看门狗', id: name });
    await audit(context, tx, { action: 'watchdog.retire', subject: `watchdog/${name}` });
    return found;
  });
}

async function load(tx: Tx, now: number, suffix: RawBuilder<unknown>): Promise<readonly Watchdog[]> {
  const { rows } = await sql<Omit<Watchdog, 'gone'>>`
    select name, first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt", every_seconds as "everySeconds", address,
      retired_at as "retiredAt" from watchdog ${suffix}`.execute(tx);
  return rows.map((row) => ({ ...row, gone: row.retiredAt === null && now - row.lastSeenAt > GONE_MS }));
}

/** Watchdogs that have reported once and do no longer; while this process was not there itself nobody could. */
export async function watchWatchdogs(
  tx: Tx,
  { now, since, district }: { readonly now: number; readonly since: number; readonly district: number },
): Promise<RuleRound> {
  const isLate = now - since > GONE_MS;
  const gone = (await load(tx, now, sql`where retired_at is null order by name`)).filter((one) => one.gone);
  return {
    kind: 'watchdog-gone',
    foundBy: 'rule',
    wrong: (isLate ? gone : []).map(({ name, lastSeenAt }) => ({
      subject: { kind: 'process', key: `看门狗/${name}` },
      name: `看门狗 ${name}`,
      summary: `看门狗“${name}”已 ${Math.round((now - lastSeenAt) / 60_000)} 分钟没有报到：本系统失灵时不会有人被叫`,
      place: district,
      scenarios: [],
      simulated: false,
    })),
    isWell: () => isLate || gone.length === 0,
    recovery: '看门狗重新报到，或已停用',
  };
}
