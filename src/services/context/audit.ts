import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { RequestContext } from './context.ts';

const CHUNK = 1000;

/** What is written of a change (等保三级 8.1.4.3: who, when, from where, what, before and after). */
export interface AuditRecord {
  /** `noun.verb`, e.g. `account.open`. */
  readonly action: string;
  /** `kind/code` of what changed. */
  readonly subject: string;
  readonly before?: object | null;
  readonly after?: object | null;
  /** Where it lies, so that the search can ask by place. */
  readonly place?: number | null;
  readonly scenario?: number | null;
}

/** Writes the audit row of what a person changed or was shown, in its transaction. */
export async function audit(context: RequestContext, tx: Tx, record: AuditRecord): Promise<void> {
  await auditAll(context, tx, [record]);
}

/** The same for many changes of one request, in one statement. */
export async function auditAll(
  context: RequestContext,
  tx: Tx,
  records: readonly AuditRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const { actor, actingFor } = context;
  const who = {
    at: context.now(),
    actor: actor.username,
    address: actor.address,
    acting_for: actingFor?.username ?? null,
  };
  await write(
    tx,
    records.map((record) => ({ ...who, ...record })),
  );
}

/** Writes the audit rows of what a rule changed by itself (`by` names it), in the transaction of the changes. */
export async function auditRule(
  tx: Tx,
  by: { readonly rule: string; readonly at: number },
  records: readonly AuditRecord[],
): Promise<void> {
  if (records.length === 0) return;
  await write(
    tx,
    records.map((record) => ({
      at: by.at,
      actor: `rule:${by.rule}`,
      address: null,
      acting_for: null,
      ...record,
    })),
  );
}

/** Writes the audit row of somebody who is not signed in yet, by the name they gave. */
export async function auditVisitor(
  tx: Tx,
  visitor: { readonly at: number; readonly username: string; readonly address: string },
  record: AuditRecord,
): Promise<void> {
  const { at, username, address } = visitor;
  await write(tx, [{ at, actor: username, address, acting_for: null, ...record }]);
}

interface Row extends AuditRecord {
  readonly at: number;
  readonly actor: string;
  readonly address: string | null;
  readonly acting_for: string | null;
}

/** Sent as arrays: at this width a record set of JSON costs the database twice as much (measured with 20,000 rows). */
async function write(tx: Tx, rows: readonly Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK);
    await sql`insert into audit (at, actor, acting_for, address, action, subject, before, after, place, scenario)
      select to_timestamp(at / 1000.0), actor, acting_for, address, action, subject, before, after, place, scenario
      from unnest(${chunk.map((row) => row.at)}::float8[], ${chunk.map((row) => row.actor)}::text[],
        ${chunk.map((row) => row.acting_for)}::text[], ${chunk.map((row) => row.address)}::text[],
        ${chunk.map((row) => row.action)}::text[], ${chunk.map((row) => row.subject)}::text[],
        ${chunk.map((row) => json(row.before))}::jsonb[], ${chunk.map((row) => json(row.after))}::jsonb[],
        ${chunk.map((row) => row.place ?? null)}::int[], ${chunk.map((row) => row.scenario ?? null)}::int2[])
        as r(at, actor, acting_for, address, action, subject, before, after, place, scenario)`.execute(tx);
  }
}

/** As JSON writes what no table holds: NUL, and half of a surrogate pair. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/u;

/** What somebody hostile has sent is told as far as it can be stored: it must not keep itself out of the audit. */
function json(value: object | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  const text = JSON.stringify(value);
  if (!UNSTORABLE.test(text)) return text;
  return JSON.stringify(value, (_key, held: unknown) =>
    typeof held === 'string' ? held.replaceAll('\u0000', '\uFFFD').toWellFormed() : held,
  );
}
