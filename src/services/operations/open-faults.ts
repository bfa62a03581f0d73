import {
  FAULT_KIND_RULES,
  type FaultFinder,
  type FaultKind,
  type FaultState,
  type FaultSubject,
} from '#model/operations';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { FaultStanding } from './fault-place.ts';
import { tellFaults } from './tell-faults.ts';

/** A fault to be opened. */
export interface NewFault extends FaultStanding {
  readonly kind: FaultKind;
  readonly subject: FaultSubject;
  readonly name: string;
  readonly foundBy: FaultFinder;
  readonly reportedBy?: string;
  readonly summary: string;
  readonly reasons?: readonly string[];
  readonly simulated: boolean;
}

export interface OpenedFault extends FaultStanding {
  readonly id: number;
  readonly code: string;
  readonly state: FaultState;
  readonly summary: string;
}

/** Opens faults with their first entry and tells of them. Where one of the kind stands open at the subject, none is opened. */
export async function openFaults(
  tx: Tx,
  at: number,
  faults: readonly NewFault[],
): Promise<readonly OpenedFault[]> {
  if (faults.length === 0) return [];
  const rows = faults.map((fault) => ({
    ...fault,
    subject_kind: fault.subject.kind,
    subject: fault.subject.key,
    due: at + FAULT_KIND_RULES[fault.kind].limitMs,
  }));
  const { rows: opened } = await sql<OpenedFault>`
    with opened as (
      insert into fault (kind, subject_kind, subject, subject_name, place, scenarios, found_by, reported_by, summary, reasons,
        state, opened_at, due_at, simulated)
      select kind, subject_kind, subject, name, place, scenarios, "foundBy", "reportedBy", summary, coalesce(reasons, '{}'),
        'open', ${new Date(at)}::timestamptz, to_timestamp(due / 1000.0), simulated
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(kind text, subject_kind text, subject text, name text, place int,
        scenarios int2[], "foundBy" text, "reportedBy" text, summary text, reasons text[], due float8, simulated boolean)
      on conflict (subject_kind, subject, kind) where state <> 'closed' do nothing
      returning id, code, place, scenarios, state, summary, reported_by
    ), noted as (
      insert into fault_entry (fault_id, place, scenarios, at, by, kind, text)
      select id, place, scenarios, ${new Date(at)}::timestamptz, reported_by, 'opened', summary from opened
    )
    select id, code, place, scenarios, state, summary from opened order by id`.execute(tx);
  await tellFaults(tx, 'fault.opened', at, opened);
  return opened;
}
