import { CompiledQuery } from 'kysely';

/** Something that happened, as it is announced in the transaction that made it so. */
export interface Announcement {
  readonly type: string;
  /** Moment of the happening, epoch ms. */
  readonly at: number;
  /** Where and in which scenario, for those who may hear of it; null on both: everyone signed in. */
  readonly place: number | null;
  readonly scenario: number | null;
  /** Ids and few facts; never the whole record. */
  readonly payload: Readonly<Record<string, unknown>> & { readonly id: number };
}

/** The statement that writes events into the outbox, for whoever holds the transaction. */
export function announcement(events: readonly Announcement[]): {
  readonly text: string;
  readonly values: readonly [string];
} {
  return {
    text: `insert into outbox (type, at, place, scenario, payload)
      select type, to_timestamp(at / 1000.0), place, scenario, payload
      from json_to_recordset($1::json) as e(type text, at float8, place int, scenario int, payload jsonb)`,
    values: [JSON.stringify(events)],
  };
}

/** Writes events into the outbox, in the caller's transaction: they exist if and only if the change does. */
export async function announce(tx: Transacting, events: readonly Announcement[]): Promise<void> {
  if (events.length === 0) return;
  const { text, values } = announcement(events);
  await tx.executeQuery(CompiledQuery.raw(text, [...values]));
}

interface Transacting {
  executeQuery(query: CompiledQuery): Promise<unknown>;
}
