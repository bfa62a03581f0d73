import { type RawBuilder, sql } from 'kysely';

/** Rows as a table of a statement, so that many take one round trip. `columns` is `r(name type, …)`. */
export function recordset(rows: readonly object[], columns: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as ${columns}`;
}
