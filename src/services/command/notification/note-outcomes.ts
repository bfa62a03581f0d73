import type { NotificationState } from '#model/command';
import { recordset, type Tx } from '#storage';
import { type AfterAttempt, DOWN_AFTER, PROBE_MS } from '#workflow';
import { sql } from 'kysely';

import type { Claimed } from './claim-messages.ts';
import { findStandIns } from './find-stand-ins.ts';
import { isGroupKind } from './load-route-channels.ts';

/** What came of a message that was taken. */
export interface Outcome {
  readonly message: Claimed;
  readonly after:
    | AfterAttempt
    | { readonly kind: 'withdrawn'; readonly reason: string }
    | { readonly kind: 'dry-run' }
    /** Nothing is registered by which this channel could reach the person: no fault of the channel. */
    | { readonly kind: 'unaddressed' }
    /** Its channel is down: another one, or it waits. */
    | { readonly kind: 'stuck' };
}

interface Change {
  readonly id: number;
  readonly state: NotificationState;
  /** Epoch ms. */
  readonly next: number | null;
  readonly reason: string | null;
  readonly provider: string | null;
  readonly free: boolean;
}

/** Of these another channel is looked for. */
const LOST: ReadonlySet<Outcome['after']['kind']> = new Set(['failed', 'stuck', 'unaddressed']);
const WAITING = { provider: null, free: false } as const;

/** Writes down what came of a round: the messages, those that stand in for what failed, and how the channels are. */
export async function noteOutcomes(tx: Tx, outcomes: readonly Outcome[], now: number): Promise<void> {
  await noteHealth(tx, outcomes, now);
  const lost = outcomes.filter(({ after }) => LOST.has(after.kind));
  const standIns = await findStandIns(
    tx,
    lost.map(({ message }) => message).filter(({ kind }) => !isGroupKind(kind)),
    now,
  );
  const changes = outcomes.map((one) => changeOf(one, standIns.get(one.message.id), now));
  await sql`update notification n set state = r.state, next_at = to_timestamp(r.next / 1000.0), reason = r.reason,
      provider_id = coalesce(r.provider, n.provider_id), attempts = n.attempts - case when r.free then 1 else 0 end,
      sent_at = case when r.state = 'sent' then ${new Date(now)} else n.sent_at end
    from ${recordset(
      changes,
      sql`r(id bigint, state text, next float8, reason text, provider text, free boolean)`,
    )}
    where n.id = r.id and (n.state in ('queued', 'limited') or r.state = 'sent' and n.state in ('withdrawn', 'expired'))`.execute(
    tx,
  );
}

const onward = (standIn: string | undefined): string => (standIn === undefined ? '' : `，改由${standIn}`);

function changeOf({ message, after }: Outcome, standIn: string | undefined, now: number): Change {
  const { id } = message;
  switch (after.kind) {
    case 'sent':
      return { id, state: 'sent', next: null, reason: null, provider: after.providerId, free: false };
    case 'limited':
      return { ...WAITING, id, state: 'limited', next: after.at, reason: '通道限速，稍后发出', free: true };
    case 'again':
      return { ...WAITING, id, state: 'queued', next: after.at, reason: after.reason };
    case 'failed':
      return { ...WAITING, id, state: 'failed', next: null, reason: after.reason + onward(standIn) };
    case 'unaddressed':
      return { ...WAITING, id, state: 'failed', next: null, reason: `没有登记号码或账号${onward(standIn)}` };
    case 'stuck':
      return standIn === undefined
        ? { ...WAITING, id, state: 'queued', next: now + PROBE_MS / 2, reason: '通道中断或停用，等它恢复' }
        : { ...WAITING, id, state: 'failed', next: null, reason: `通道中断或停用${onward(standIn)}` };
    case 'withdrawn':
      return { ...WAITING, id, state: 'withdrawn', next: null, reason: after.reason };
    case 'dry-run':
      return { ...WAITING, id, state: 'dry-run', next: null, reason: '通道处于演练发送' };
    default:
      return after satisfies never;
  }
}

/** One that is taken makes a channel well; so many refused in a row, whatever for, and it is down until one is taken. */
async function noteHealth(tx: Tx, outcomes: readonly Outcome[], now: number): Promise<void> {
  const tried = Map.groupBy(
    outcomes.filter(({ after }) => ['sent', 'again', 'failed'].includes(after.kind)),
    ({ message }) => message.channel_id,
  );
  if (tried.size === 0) return;
  const rows = [...tried].map(([channel, list]) => {
    const taken = list.some(({ after }) => after.kind === 'sent');
    const reasons = list.flatMap(({ after }) =>
      after.kind === 'again' || after.kind === 'failed' ? [after.reason] : [],
    );
    return { channel, taken, refused: reasons.length, reason: reasons.at(-1) ?? null };
  });
  const at = new Date(now);
  await sql`update channel c set failures = case when r.taken then 0 else c.failures + r.refused end,
      down_since = case when r.taken then null when c.failures + r.refused >= ${DOWN_AFTER} then coalesce(c.down_since, ${at}) else c.down_since end,
      probe_at = case when r.taken then null when c.failures + r.refused >= ${DOWN_AFTER} then ${new Date(now + PROBE_MS)}::timestamptz end,
      last_failure = coalesce(r.reason, c.last_failure),
      last_failure_at = case when r.reason is null then c.last_failure_at else ${at} end,
      last_sent_at = case when r.taken then ${at} else c.last_sent_at end
    from ${recordset(rows, sql`r(channel int, taken boolean, refused int, reason text)`)} where c.id = r.channel`.execute(
    tx,
  );
}
