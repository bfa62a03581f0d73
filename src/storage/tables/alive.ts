import type { ChainStage, ChainTestState, MismatchKind, MismatchSubject } from '#model/operations';

import type { Generated, MaybeMoment, Moment } from './columns.ts';

export interface ChainTestTable {
  id: Generated<number>;
  scenario: number;
  place: number;
  day: string;
  daily: Generated<boolean>;
  requested_by: string | null;
  requested_at: Moment;
  state: ChainTestState;
  started_at: MaybeMoment;
  finished_at: MaybeMoment;
  protocol: string | null;
  element_code: string | null;
  sign_code: string | null;
  level: number | null;
  replay_session_id: number | null;
  broken_stage: ChainStage | null;
  reason: string | null;
}

export interface ChainTestStageTable {
  chain_test_id: number;
  place: number;
  scenario: number;
  stage: ChainStage;
  ms: number;
  ok: boolean;
  text: string;
}

export interface ReconciliationTable {
  id: Generated<number>;
  day: string;
  requested_by: string | null;
  started_at: Moment;
  finished_at: Moment;
}

export interface ReconciliationCountTable {
  reconciliation_id: number;
  kind: MismatchKind;
  mismatches: number;
  unchecked: string | null;
  ms: number;
}

export interface ReconciliationMismatchTable {
  id: Generated<number>;
  reconciliation_id: number;
  kind: MismatchKind;
  subject_kind: MismatchSubject;
  subject_id: number | null;
  place: number;
  scenario: number | null;
  since: MaybeMoment;
  text: string;
}

export interface WatchdogTable {
  name: string;
  first_seen_at: Moment;
  last_seen_at: Moment;
  every_seconds: number;
  address: string;
  retired_at: MaybeMoment;
}
