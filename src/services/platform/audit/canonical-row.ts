/** A row of `audit` as the chain takes it: every column, in a form that loses nothing. */
export interface ChainedRow {
  readonly id: number;
  /** Microseconds since 1970 as PostgreSQL holds them, in digits. */
  readonly at: string;
  readonly actor: string;
  readonly actingFor: string | null;
  readonly address: string | null;
  readonly action: string;
  readonly subject: string;
  /** The text of the jsonb value: PostgreSQL orders its keys and keeps every digit, which a number of ours would not. */
  readonly before: string | null;
  readonly after: string | null;
  readonly place: number | null;
  readonly scenario: number | null;
}

/**
 * The one text a sealed row is hashed as: a JSON array of its number in the chain and of all its columns, in this order.
 * Whoever checks the chain with a program of their own writes the same text.
 */
export function canonicalRow(seq: number, row: ChainedRow): string {
  return JSON.stringify([
    seq,
    row.id,
    row.at,
    row.actor,
    row.actingFor,
    row.address,
    row.action,
    row.subject,
    row.before,
    row.after,
    row.place,
    row.scenario,
  ]);
}
