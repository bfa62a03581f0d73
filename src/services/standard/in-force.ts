import { type RawBuilder, sql } from 'kysely';

/** The standard `v` holds at a moment (epoch ms). */
export function inForce(at: number): RawBuilder<unknown> {
  const moment = new Date(at);
  return sql`v.effective_from <= ${moment} and (v.retired_at is null or v.retired_at > ${moment})`;
}

/** `and column = value`, or nothing when there is no value. */
export function equals(
  column: RawBuilder<unknown>,
  value: string | boolean | undefined,
): RawBuilder<unknown> {
  return value === undefined ? sql`` : sql` and ${column} = ${value}`;
}
