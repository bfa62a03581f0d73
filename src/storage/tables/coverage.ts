import type { Generated, Json, MaybeMoment, Moment } from './columns.ts';

export interface ObjectKindTable {
  id: Generated<number>;
  scenario: number;
  place: number;
  code: string;
  name: string;
  elements: string[];
  basis: string;
  edited_by: string | null;
  edited_at: MaybeMoment;
  version: Generated<number>;
}

export interface LedgerEntryTable {
  id: Generated<number>;
  kind_id: number;
  scenario: number;
  place: number;
  town: string;
  village: string | null;
  name: string | null;
  quantity: number;
  object_id: number | null;
  source: string;
  as_of: string;
  note: string | null;
  edited_by: string;
  edited_at: Moment;
  version: Generated<number>;
}

export interface ObjectCoverageTable {
  object_id: number;
  scenario: number;
  place: number;
  town: string | null;
  village: string | null;
  kind_id: number | null;
  elements: number;
  blind: string[];
  dead: string[];
  signs: number;
  signs_off: string[];
  items: number;
  no_handbook: string[];
  no_post: string[];
}

export interface CoveragePostTable {
  scenario: number;
  place: number;
  role: string;
  state: 'vacant' | 'left';
}

export interface CoverageMarkTable {
  id: Generated<number>;
  taken_at: Moment;
}

export interface CoveragePlanTable {
  id: Generated<number>;
  scenario: number;
  place: number;
  gap: string;
  object_id: number | null;
  ledger_id: number | null;
  code: Generated<string>;
  what: string;
  who: string;
  due_on: string;
  made_by: string;
  made_at: Moment;
  met_at: MaybeMoment;
  withdrawn_at: MaybeMoment;
  version: Generated<number>;
}

export interface BasisChangeTable {
  id: Generated<number>;
  scenario: number;
  place: number;
  kind: 'replaced' | 'moved';
  document: string;
  clause: string | null;
  object_id: number | null;
  successor: string;
  changed_on: string;
  note: string | null;
  told_by: string;
  told_at: Moment;
}

export interface BasisTaskTable {
  id: Generated<number>;
  change_id: number;
  scenario: number;
  place: number;
  kind: 'replaced' | 'moved';
  document: string;
  clause: string | null;
  object_id: number | null;
  successor: string;
  changed_on: string;
  note: string | null;
  told_by: string;
  concerned: Json<readonly object[]>;
  state: Generated<'open' | 'answered' | 'kept'>;
  opened_at: Moment;
  due_at: Moment;
  answered_version_id: number | null;
  answered_at: MaybeMoment;
  answered_by: string | null;
  answer_note: string | null;
  version: Generated<number>;
}
