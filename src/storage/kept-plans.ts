import { type QueryExecutorProvider, sql } from 'kysely';
import type pg from 'pg';

/** So many different statements are named at most: texts that are put together anew each time must not fill the sessions. */
const MOST = 400;

const ASK = 'set local plan_cache_mode = force_generic_plan';
const END = /^(?:commit|rollback)$/u;

/** Names of the texts that were asked for with kept plans, the same in every session. */
const names = new Map<string, string>();

/**
 * For a transaction over a few records: until it ends the session plans each of its statements once for good and keeps the plan.
 * Planning is most of what a statement over one record costs. Not for many records at once: a plan made for any number of them is
 * not the one for twenty thousand.
 */
export async function keepPlans(tx: QueryExecutorProvider): Promise<void> {
  await sql.raw(ASK).execute(tx);
}

/** Makes a session name its statements while plans are kept. */
export function namesStatements(client: pg.ClientBase): void {
  const plain = client.query.bind(client) as (...args: readonly unknown[]) => unknown;
  let keeps = false;
  const query = (text: unknown, values?: unknown, ...rest: readonly unknown[]): unknown => {
    if (text === ASK) keeps = true;
    else if (typeof text === 'string' && END.test(text)) keeps = false;
    const name = keeps && typeof text === 'string' && Array.isArray(values) ? nameOf(text) : undefined;
    return name === undefined ? plain(text, values, ...rest) : plain({ name, text, values }, ...rest);
  };
  client.query = query as typeof client.query;
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST) return known;
  const name = `kept-${names.size + 1}`;
  names.set(text, name);
  return name;
}
