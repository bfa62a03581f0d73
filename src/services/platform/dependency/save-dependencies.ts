import type { DependencyKind, DependencySource } from '#model/warning';
import { announce, auditAll, type AuditRecord, placedFor, type RequestContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

import type { DependencyEnd, DependencyFacts, HeldDependency } from './dependency-facts.ts';

/** What becomes of one edge. */
export interface DependencyChange {
  readonly from: DependencyEnd;
  readonly to: DependencyEnd;
  readonly kind: DependencyKind;
  readonly before: HeldDependency | null;
  readonly after: DependencyFacts;
}

/** Writes edges in one statement, with their audit and one event; gives their ids in the order given. */
export async function saveDependencies(
  context: RequestContext,
  tx: Tx,
  { changes, source }: { readonly changes: readonly DependencyChange[]; readonly source: DependencySource },
): Promise<readonly number[]> {
  if (changes.length === 0) return [];
  const rows = changes.map(({ from, to, kind, after }) => ({ from: from.id, to: to.id, kind, ...after }));
  const { rows: saved } = await sql<{ id: number; key: string }>`
    insert into dependency as d (from_object, to_object, kind, lead_minutes, reason, basis, source, valid_from, valid_to,
      edited_by, edited_at)
    select "from", "to", kind, lead_minutes, reason, basis, ${source}, to_timestamp(valid_from / 1000.0),
      to_timestamp(valid_to / 1000.0), ${context.actor.name}, ${new Date(context.now())}::timestamptz
    from ${recordset(
      rows,
      sql`r("from" int, "to" int, kind text, lead_minutes int2, reason text, basis text, valid_from float8, valid_to float8)`,
    )}
    on conflict (from_object, to_object, kind) do update set lead_minutes = excluded.lead_minutes, reason = excluded.reason,
      basis = excluded.basis, source = excluded.source, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
      edited_by = excluded.edited_by, edited_at = excluded.edited_at, version = d.version + 1
    returning id, from_object || ' ' || to_object || ' ' || kind as key`.execute(tx);
  const ids = new Map(saved.map(({ id, key }) => [key, id]));
  await auditAll(
    context,
    tx,
    changes.map(({ before, after, ...edge }) =>
      recordOf(context, edge, { action: before ? 'dependency.update' : 'dependency.create', before, after }),
    ),
  );
  await tellDependencies(context, tx);
  return changes.map(({ from, to, kind }) => ids.get(`${from.id} ${to.id} ${kind}`) ?? 0);
}

/** One row of the audit, where the end lies that the caller keeps. */
export function recordOf(
  context: RequestContext,
  { from, to, kind }: Pick<DependencyChange, 'from' | 'to' | 'kind'>,
  record: Pick<AuditRecord, 'action' | 'before' | 'after'>,
): AuditRecord {
  return {
    ...record,
    subject: `dependency/${from.code} ${kind} ${to.code}`,
    ...placedFor(context, 'dependency.manage', from),
  };
}

export async function tellDependencies(context: RequestContext, tx: Tx): Promise<void> {
  const payload = { id: 0 };
  await announce(tx, [
    { type: 'dependency.changed', at: context.now(), place: null, scenario: null, payload },
  ]);
}
