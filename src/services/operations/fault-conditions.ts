import { FAULT_STATES } from '#model/operations';
import type { Capability, Scope } from '#model/platform';
import type { Actor } from '#services/context';
import { FAULT_TRANSITIONS, type FaultParty } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

/** Faults `f` that have not recovered in time. */
export function isOverdueNow(now: number): RawBuilder<boolean> {
  return sql<boolean>`(f.state not in ('resolved','closed') and f.due_at < ${new Date(now)})`;
}

/**
 * Faults `f` that wait for this person, read off the table of transitions: those nobody is on, one's own and one's
 * principals' wait for the technician; recovered ones for whoever closes them.
 */
export function waitsForMe({ rights, accountId }: Actor): RawBuilder<boolean> {
  const held = [accountId, ...rights.principals];
  const at = (capability: Capability, party: FaultParty): readonly RawBuilder<unknown>[] =>
    rights.has(capability)
      ? [sql`(f.state = any(${statesOf(party)}) and ${within(rights.scopeOf(capability))})`]
      : [];
  const conditions = [
    ...at('fault.handle', 'technician').map(
      (one) => sql`(${one} and (f.owner_id is null or f.owner_id = any(${held}::int[])))`,
    ),
    ...at('fault.close', 'closer'),
  ];
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` or `)})`;
}

/** The scope as a condition, for a capability other than the one the transaction runs under. */
function within({ places, scenarios }: Scope): RawBuilder<unknown> {
  const stretches = places.map(({ from, to }) => sql`f.place between ${from} and ${to}`);
  return sql`(${sql.join([...stretches, sql`f.scenarios && ${[...scenarios]}::int2[]`], sql` or `)})`;
}

function statesOf(party: FaultParty): readonly string[] {
  return FAULT_STATES.filter((state) => FAULT_TRANSITIONS[state].waitsFor === party);
}
