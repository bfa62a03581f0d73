import { AppError } from '#base';
import type { CallOutcome, LogKind } from '#model/command';
import { announce, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import type { DutyPlatform } from '../find-platform.ts';

/** A line that a person writes, or causes by a call. */
export interface NewLine {
  readonly kind: Exclude<LogKind, 'system'>;
  readonly text: string;
  readonly warning?: number | undefined;
  readonly workOrder?: number | undefined;
  readonly contact?: number | undefined;
  readonly outcome?: CallOutcome | undefined;
  readonly forHandover?: boolean;
  /** Written again with the same key, it is the same line. */
  readonly key?: string | undefined;
}

/** Writes a line into the log of a platform, in the caller's name; returns its number, and whether it is new. */
export async function writeLine(
  context: RequestContext,
  tx: Tx,
  platform: DutyPlatform,
  line: NewLine,
): Promise<{ readonly id: number; readonly isNew: boolean }> {
  await requireSeen(tx, '预警', sql`warning`, line.warning);
  await requireSeen(tx, '工单', sql`work_order`, line.workOrder);
  await requireSeen(tx, '联系人', sql`contact`, line.contact);
  const { actor } = context;
  const at = new Date(context.now());
  // Keys are each writer's own: nobody finds another's line by its key.
  const key = line.key === undefined ? null : `account:${actor.accountId}:${line.key}`;
  const { id: platformId, place, scenario } = platform;
  const { rows } = await sql<{ id: number }>`
    insert into duty_log (platform_id, place, scenario, at, kind, text, by, by_id, warning_id, work_order_id, contact_id,
      outcome, for_handover, idempotency_key)
    values (${platformId}, ${place}, ${scenario}, ${at}, ${line.kind}, ${line.text}, ${actor.name}, ${actor.accountId},
      ${line.warning ?? null}, ${line.workOrder ?? null}, ${line.contact ?? null}, ${line.outcome ?? null},
      ${line.forHandover ?? false}, ${key})
    on conflict (platform_id, idempotency_key) where idempotency_key is not null do nothing returning id`.execute(
    tx,
  );
  const id = rows[0]?.id;
  if (id === undefined) return { id: await idOfKey(tx, platformId, key), isNew: false };
  await announceLog(context, tx, { place, scenario, id, text: line.text });
  return { id, isNew: true };
}

/** Tells who watches the log that it has changed. */
export async function announceLog(
  context: RequestContext,
  tx: Tx,
  { place, scenario, id, text }: { place: number; scenario: number | null; id: number; text: string },
): Promise<void> {
  const payload = { id, text: text.slice(0, 200).toWellFormed() };
  await announce(tx, [{ type: 'duty.log-added', at: context.now(), place, scenario, payload }]);
}

async function idOfKey(tx: Tx, platform: number, key: string | null): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select id from duty_log where platform_id = ${platform} and idempotency_key = ${key}`.execute(tx);
  return rows[0]?.id ?? 0;
}

async function requireSeen(
  tx: Tx,
  what: string,
  table: RawBuilder<unknown>,
  id: number | undefined,
): Promise<void> {
  if (id === undefined) return;
  const { rows } = await sql`select from ${table} where id = ${id}`.execute(tx);
  if (rows.length === 0) throw new AppError('record.not-found', { what, id });
}
