import type { FaultFinder, FaultKind, FaultState, FaultSubjectKind } from '#model/operations';

import type { ColumnType } from 'kysely';

import type { Generated, MaybeMoment, Moment } from './columns.ts';

export interface FaultTable {
  id: Generated<number>;
  /** Generated from the id. */
  code: ColumnType<string, never, never>;
  kind: FaultKind;
  subject_kind: FaultSubjectKind;
  subject: string;
  subject_name: string;
  place: number;
  scenarios: number[];
  found_by: FaultFinder;
  reported_by: string | null;
  summary: string;
  reasons: Generated<string[]>;
  state: FaultState;
  owner_id: number | null;
  owner_unit: string | null;
  opened_at: Moment;
  due_at: Moment;
  resolved_at: MaybeMoment;
  resolved_by: string | null;
  closed_at: MaybeMoment;
  returned: Generated<number>;
  simulated: Generated<boolean>;
  version: Generated<number>;
}

export interface FaultEntryTable {
  id: Generated<number>;
  fault_id: number;
  place: number;
  scenarios: number[];
  at: Moment;
  by: string | null;
  kind: string;
  text: string;
  note: string | null;
}
