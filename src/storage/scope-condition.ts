import type { Scope } from '#model/platform';
import { type RawBuilder, sql } from 'kysely';

/**
 * A scope as a condition on a table (or alias), in numbers. Row-level security guards the rows whether it is there or not; but
 * the policy reads its numbers from settings, which the planner cannot see: with the numbers in the statement it goes by the
 * territory's index where the scope is narrow and by the list's own where it is wide.
 */
export function scopeCondition(
  scope: Scope,
  table: string,
  of: 'scenario' | 'scenarios' = 'scenario',
): RawBuilder<boolean> {
  const [place, scenario] = [sql.ref(`${table}.place`), sql.ref(`${table}.${of}`)];
  const mine = sql`${[...scope.scenarios]}::int2[]`;
  const conditions = scope.places.map(({ from, to }) => sql`${place} between ${from} and ${to}`);
  if (scope.scenarios.length > 0)
    conditions.push(of === 'scenario' ? sql`${scenario} = any(${mine})` : sql`${scenario} && ${mine}`);
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` or `)})`;
}
