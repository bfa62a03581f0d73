import type { Scope } from '#model/platform';
import { type RawBuilder, sql } from 'kysely';

/** Less than this many numbers of territory is less than a town. */
const NARROW = 1000;

/**
 * A narrow scope (some villages) as a condition on a table (or alias), in numbers; for a wider one it is always true. Row-level
 * security guards the rows whether it is there or not; but the policy reads its numbers from settings, which the planner cannot
 * see. With the numbers in the statement it finds the few rows of a village by their territory's index; whoever sees more finds
 * a page soonest along the list's own order, and a second condition would only mislead the planner's guess.
 */
export function scopeCondition({ places, scenarios }: Scope, table: string): RawBuilder<boolean> {
  const width = places.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  if (scenarios.length > 0 || width === 0 || width >= NARROW) return sql<boolean>`true`;
  const place = sql.ref(`${table}.place`);
  const within = places.map(({ from, to }) => sql`${place} between ${from} and ${to}`);
  return sql<boolean>`(${sql.join(within, sql` or `)})`;
}
