import type { SystemContext } from '#services/context';
import { sql } from 'kysely';

import { INTAKE, type IntakeDesk } from './intake-desk.ts';
import type { OpenSource } from './open-source.ts';

const LONGEST_BODY = 20_000;
const KEPT_MS = 30 * 86_400_000;
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

/** Removes messages that have served their time; gives how many. */
export async function forgetMessages(system: SystemContext): Promise<number> {
  return system.transaction(async (tx) => {
    const { numAffectedRows } = await sql`delete from intake_message where id in (
      select id from intake_message where received_at < ${new Date(system.now() - KEPT_MS)} limit ${BATCH})`.execute(
      tx,
    );
    return Number(numAffectedRows ?? 0);
  });
}

/** PostgreSQL holds neither NUL nor half of a surrogate pair. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', ' ').toWellFormed();
}
