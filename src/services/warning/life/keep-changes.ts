import type { WarningChange } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** A warning to which a person has done something. */
export interface ActedOn {
  readonly id: number;
  readonly place: number;
  readonly scenario: number;
  readonly level: number;
}

interface PersonChange {
  readonly acted: readonly ActedOn[];
  readonly change: Extract<WarningChange, 'acknowledged' | 'noted' | 'judged' | 'reopened' | 'shelved'>;
  /** One sentence why. */
  readonly text: string;
  /** Kept once per warning and key. */
  readonly key?: string;
}

/** What a person did to warnings, into their history, the level as it stands; gives those of which it is news. */
export async function keepChanges(
  context: RequestContext,
  tx: Tx,
  { acted, change, text, key }: PersonChange,
): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ id: number }>`
    insert into warning_change (warning_id, place, scenario, at, by, change, from_level, to_level, reason, idempotency_key)
    select id, place, scenario, ${new Date(context.now())}, ${context.actor.name}, ${change}, level, level, ${text}, ${key ?? null}
    from unnest(${acted.map(({ id }) => id)}::bigint[], ${acted.map(({ place }) => place)}::int[],
      ${acted.map(({ scenario }) => scenario)}::int2[], ${acted.map(({ level }) => level)}::int2[])
      as r(id, place, scenario, level)
    on conflict (warning_id, idempotency_key) where idempotency_key is not null do nothing
    returning warning_id as id`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}
