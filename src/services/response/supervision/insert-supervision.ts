import { AppError, toBeijing } from '#base';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { limitsInForce } from '../standard-in-force.ts';
import { standingAt } from './supervision-ladder.ts';
import type { SupervisionRow } from './supervision-view.ts';

/** The platform that has to answer. */
export interface AskedPlatform {
  readonly id: number;
  readonly place: number;
  readonly scenario: number | null;
}

/** Throws `record.not-found`. */
export async function askedPlatform(tx: Tx, code: string): Promise<AskedPlatform> {
  const { rows } = await sql<AskedPlatform>`
    select id, place, scenario from platform where code = ${code} and place is not null`.execute(tx);
  if (!rows[0]) throw new AppError('record.not-found', { what: '平台', id: code });
  return rows[0];
}

interface Draft {
  readonly platform: AskedPlatform;
  readonly asked: string;
  readonly answerBy: number;
  readonly key: string;
  /** The 抽查 that did not pass, of a 整改通知. */
  readonly sample: number | null;
  /** The incident it is about. */
  readonly incident?: number | null;
}

type Inserted = Pick<SupervisionRow, 'id' | 'code' | 'kind' | 'place' | 'scenario'>;

/** Writes one, at the foot of its ladder; undefined where the key was taken already. Throws `input.invalid` (a moment that is over). */
export async function insertSupervision(
  tx: Tx,
  context: RequestContext,
  { platform, asked, answerBy, key, sample, incident = null }: Draft,
): Promise<Inserted | undefined> {
  const now = context.now();
  if (answerBy <= now) throw new AppError('input.invalid', { issues: '答复时限须晚于现在' });
  const { escalation } = await limitsInForce(tx, now);
  const { nextAt } = standingAt(escalation, { issuedAt: now, answerBy }, now);
  const { accountId, name } = context.actor;
  const { id: platformId, place, scenario } = platform;
  const { rows } = await sql<{ id: number }>`
    insert into supervision (code, platform_id, place, scenario, issued_by_id, issued_by, asked, issued_at, answer_by, state,
      next_at, idempotency_key, sample_id, incident_id)
    values (${key}, ${platformId}, ${place}, ${scenario}::int2, ${accountId}, ${name}, ${asked}, ${new Date(now)},
      ${new Date(answerBy)}, 'open', ${new Date(nextAt)}, ${key}, ${sample}::bigint, ${incident}::bigint)
    on conflict (idempotency_key) do nothing returning id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) return undefined;
  const kind = sample === null ? 'supervision' : 'rectification';
  const code = `${PREFIX[kind]}${toBeijing(now).year}-${String(id).padStart(5, '0')}`;
  await sql`update supervision set code = ${code} where id = ${id}`.execute(tx);
  return { id, code, kind, place, scenario };
}

const PREFIX = { supervision: 'DB', rectification: 'ZG' } as const;
