import type { SystemContext } from '#services/context';
import type { Forgotten } from '#storage';
import { sql } from 'kysely';

import { INTAKE, type IntakeDesk } from './intake-desk.ts';
import type { OpenSource } from './open-source.ts';

const LONGEST_BODY = 20_000;
const BATCH = 5000;

/** Keeps a message of a kind that is not read, as it came, and counts it. */
export async function keepMessage(
  { system, desk }: IntakeDesk,
  source: OpenSource,
  message: { readonly device: string; readonly messageType: string; readonly body: unknown },
): Promise<void> {
  const { id, place, scenario, code } = source;
  const text = JSON.stringify(message.body).slice(0, LONGEST_BODY);
  await system.transaction((tx) =>
    tx
      .insertInto('intake_message')
      .values({
        source_id: id,
        place,
        scenario,
        received_at: new Date(system.now()),
        device: storable(message.device),
        message_type: storable(message.messageType),
        body: storable(text),
      })
      .execute(),
  );
  desk.ledger.framesRefused(INTAKE, 'unread-kind', code, 1);
}

/** Removes the oldest messages that were received before `before` (epoch ms). */
export async function forgetMessages(system: SystemContext, before: number): Promise<Forgotten> {
  return system.transaction(async (tx) => {
    const { numAffectedRows } = await sql`delete from intake_message where id in (
      select id from intake_message where received_at < ${new Date(before)} order by received_at limit ${BATCH})`.execute(
      tx,
    );
    const rows = Number(numAffectedRows ?? 0);
    return { rows, readings: 0, isAll: rows < BATCH };
  });
}

/** PostgreSQL holds neither NUL nor half of a surrogate pair. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', ' ').toWellFormed();
}
