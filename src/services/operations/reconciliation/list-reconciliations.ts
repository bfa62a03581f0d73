import type { Mismatch, Reconciliation } from '#contract/operations';
import { MISMATCH_KINDS, MISMATCH_RULES, type MismatchKind, type MismatchSubject } from '#model/operations';
import { cutPage, readIdCursor, type RequestContext, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import type { EventFacts } from './check-events.ts';
import { reconcile } from './reconcile.ts';

interface Paging {
  readonly limit: number;
  readonly after?: string | undefined;
}

const NEWEST = Number.MAX_SAFE_INTEGER;

/** Reconciliations, the newest first. */
export async function listReconciliations(
  context: RequestContext,
  { query }: { readonly query: Paging },
): Promise<{ items: Reconciliation[]; next: string | null }> {
  context.authorize('fault.read');
  const before = query.after === undefined ? NEWEST : readIdCursor(query.after);
  return context.transaction(async (tx) => {
    const rows = await load(
      tx,
      sql`where r.id < ${before}::bigint order by r.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, ({ id }) => String(id));
    return { items: [...page], next };
  });
}

/** What had no partner, by name, as far as the caller sees it. */
export async function listMismatches(
  context: RequestContext,
  {
    params,
    query,
  }: {
    readonly params: { readonly id: number };
    readonly query: Paging & { readonly kind?: MismatchKind | undefined };
  },
): Promise<{ items: Mismatch[]; next: string | null }> {
  context.authorize('fault.read');
  const after = readIdCursor(query.after);
  return context.transaction(async (tx) => {
    const { rows } = await sql<{
      id: number;
      kind: MismatchKind;
      subjectKind: MismatchSubject;
      subjectId: number | null;
      scenario: string | null;
      since: number | null;
      text: string;
    }>`
      select m.id, m.kind, m.subject_kind as "subjectKind", m.subject_id as "subjectId", s.code as scenario, m.since, m.text
      from reconciliation_mismatch m left join scenario s on s.id = m.scenario
      where m.reconciliation_id = ${params.id}::bigint and m.id > ${after}::bigint
        and ${query.kind === undefined ? sql`true` : sql`m.kind = ${query.kind}`}
      order by m.id limit ${query.limit + 1}`.execute(tx);
    const { page, next } = cutPage(rows, query.limit, ({ id }) => String(id));
    return {
      items: page.map(({ subjectKind, subjectId, ...row }) => ({
        ...row,
        subject: { kind: subjectKind, id: subjectId },
      })),
      next,
    };
  });
}

/** Reconciles now. */
export async function reconcileNow(
  context: RequestContext,
  system: SystemContext,
  by: { readonly events: EventFacts; readonly rest?: () => Promise<void> },
): Promise<Reconciliation> {
  context.authorize('fault.handle');
  const id = await reconcile(system, { ...by, requestedBy: context.actor.name });
  return context.transaction(async (tx) => {
    const [made] = await load(tx, sql`where r.id = ${id}`);
    if (!made) throw new Error('a reconciliation that was just written is gone');
    return made;
  });
}

async function load(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly Reconciliation[]> {
  const { rows } = await sql<
    Omit<Reconciliation, 'counts'> & {
      counts:
        | readonly { kind: MismatchKind; mismatches: number; unchecked: string | null; ms: number }[]
        | null;
    }
  >`select r.id, r.day::text as day, r.requested_by as "requestedBy", r.started_at as "startedAt", r.finished_at as "finishedAt",
      (select json_agg(json_build_object('kind', c.kind, 'mismatches', c.mismatches, 'unchecked', c.unchecked, 'ms', c.ms))
        from reconciliation_count c where c.reconciliation_id = r.id) as counts
    from reconciliation r ${suffix}`.execute(tx);
  return rows.map(({ counts, ...row }) => ({
    ...row,
    counts: MISMATCH_KINDS.flatMap((kind) =>
      (counts ?? [])
        .filter((one) => one.kind === kind)
        .map((one) => ({ ...one, text: MISMATCH_RULES[kind].text, rule: MISMATCH_RULES[kind].rule })),
    ),
  }));
}
