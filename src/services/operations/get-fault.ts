import { AppError } from '#base';
import type { FaultDetail } from '#contract/operations';
import { FAULT_KIND_RULES } from '#model/operations';
import { type Role, ROLE_CAPABILITIES, ROLES } from '#model/platform';
import { placedFor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type FaultRow, loadFaults, showFault } from './fault-view.ts';

/** One fault with its history. Throws `record.not-found`. */
export async function getFault(context: RequestContext, id: number): Promise<FaultDetail> {
  context.authorize('fault.read');
  return context.transaction((tx) => loadFaultDetail(context, tx, id));
}

export async function loadFaultDetail(context: RequestContext, tx: Tx, id: number): Promise<FaultDetail> {
  const fault = await findFault(context, tx, id);
  const entries = await tx
    .selectFrom('fault_entry')
    .select(['id', 'at', 'by', 'kind', 'text', 'note'])
    .where('fault_id', '=', id)
    .orderBy('id', 'desc')
    .limit(ENTRIES)
    .execute();
  const shown = showFault(fault, context);
  const assigns = shown.allowedActions.some(({ action }) => action === 'assign');
  return {
    ...shown,
    limitBasis: FAULT_KIND_RULES[fault.kind].basis,
    entries: entries.map((entry) => ({
      ...entry,
      kind: entry.kind as FaultDetail['entries'][number]['kind'],
    })),
    candidates: assigns ? await candidatesFor(tx, fault) : [],
  };
}

/** A flapping line writes an entry each time: the newest of them are shown. */
const ENTRIES = 200;

/** The fault, of those the caller may see. Throws `record.not-found`. */
export async function findFault(context: RequestContext, tx: Tx, id: number): Promise<FaultRow> {
  const [fault] = await loadFaults(tx, sql`where f.id = ${id}`);
  if (!fault) throw new AppError('record.not-found', { what: '故障', id });
  context.authorizeRecord('fault.read', placedFor(context, 'fault.read', fault));
  return fault;
}

const REPAIRERS: readonly Role[] = ROLES.filter((role) => ROLE_CAPABILITIES[role].includes('fault.handle'));
const CANDIDATES = 200;

/** People who handle faults where this one lies, of those the caller sees. */
export async function candidatesFor(
  tx: Tx,
  { place, scenarios }: Pick<FaultRow, 'place' | 'scenarios'>,
): Promise<{ id: number; username: string; name: string }[]> {
  const { rows } = await sql<{ id: number; username: string; name: string }>`
    select a.id, a.username, a.name from account a
    where a.disabled_at is null and exists (
      select from role_assignment r join platform p on p.id = r.platform_id
      where r.account_id = a.id and r.role = any(${[...REPAIRERS]})
        and (${place} between p.place and p.place_to or p.scenario = any(${[...scenarios]}::int2[]))
    )
    order by a.name, a.id limit ${CANDIDATES}`.execute(tx);
  return rows;
}
