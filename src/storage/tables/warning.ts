import type {
  CauseKind,
  FalseAlarmReason,
  HoldKind,
  ProposalKind,
  ProposalState,
  ShelfReason,
  ShelfScope,
  ShelfState,
  SuppressionReach,
  VerificationDecision,
  WarningChange,
  WarningState,
} from '#model/warning';

import type { Generated, GivenMoment, Json, MaybeMoment, Moment } from './columns.ts';

export interface SignStateTable {
  point_id: number;
  sign_id: number;
  level: number;
  pending_since: number[];
  below_since: number;
  peak_level: number;
  peak_value: number;
  value: number;
  at: number;
  alarm_id: number | null;
}

export interface AlarmTable {
  id: number;
  point_id: number;
  object_id: number;
  sign_id: number;
  item_code: string;
  place: number;
  scenario: number;
  level: number;
  peak_level: number;
  value: number;
  peak_value: number;
  raised_at: Moment;
  changed_at: Moment;
  normal_at: MaybeMoment;
  recorded_at: Moment;
  replay_session_id: number | null;
  simulated: boolean;
  reason: string | null;
}

export interface WarningTable {
  id: Generated<number>;
  object_id: number;
  item_code: string;
  place: number;
  scenario: number;
  state: WarningState;
  level: number;
  peak_level: number;
  reason: string;
  opened_at: Moment;
  changed_at: Moment;
  normal_at: MaybeMoment;
  closed_at: MaybeMoment;
  acknowledged_at: MaybeMoment;
  acknowledged_by: string | null;
  recorded_at: GivenMoment;
  replay_session_id: number | null;
  simulated: boolean;
  cause: string | null;
  /** Since when it stands as it does; what it said before is in `warning_past`. */
  written_at: GivenMoment;
  told_at: GivenMoment;
  re_alarms: Generated<number>;
  false_alarm: FalseAlarmReason | null;
  false_alarm_note: string | null;
  judged_by: string | null;
  judged_at: MaybeMoment;
  reopened_from: number | null;
}

export interface VerificationTable {
  id: Generated<number>;
  alarm_id: number;
  object_id: number;
  item_code: string;
  place: number;
  scenario: number;
  level: number;
  asked_at: Moment;
  due_at: Moment;
  step: Generated<number>;
  next_at: MaybeMoment;
  owner_role: string;
  owner_id: number | null;
  more_note: string | null;
  more_by: string | null;
  more_at: MaybeMoment;
  decision: VerificationDecision | null;
  signs_level: number | null;
  given_level: number | null;
  false_alarm: FalseAlarmReason | null;
  note: string | null;
  decided_by: string | null;
  decided_at: MaybeMoment;
  replay_session_id: number | null;
  simulated: boolean;
}

export interface AlarmHoldTable {
  id: Generated<number>;
  alarm_id: number;
  kind: HoldKind;
  held_by: string;
  level: number;
  place: number;
  scenario: number;
  reason: string;
  held_at: Moment;
  until: MaybeMoment;
  ended_at: MaybeMoment;
  ended_why: string | null;
}

export interface WarningEvidenceTable {
  warning_id: number;
  alarm_id: number;
  level: number;
}

export interface WarningChangeTable {
  id: Generated<number>;
  warning_id: number;
  place: number;
  scenario: number;
  at: Moment;
  change: WarningChange;
  from_level: number;
  to_level: number;
  reason: string;
  by: string | null;
  idempotency_key: Generated<string | null>;
  written_at: GivenMoment;
}

export interface ShelfTable {
  id: Generated<number>;
  scope: ShelfScope;
  object_id: number;
  point_id: number | null;
  sign_code: string | null;
  item_code: string | null;
  place: number;
  scenario: number;
  level: number;
  reason_kind: ShelfReason;
  reason: string;
  minutes: number;
  state: ShelfState;
  made_by: string;
  made_by_id: number;
  made_at: Moment;
  confirmed_by: string | null;
  confirmed_by_id: number | null;
  from_at: MaybeMoment;
  until: Moment;
  prolonged_by: string | null;
  prolonged_at: MaybeMoment;
  prolonged_why: string | null;
  reminded_at: MaybeMoment;
  ended_by: string | null;
  ended_at: MaybeMoment;
  ended_why: string | null;
  version: Generated<number>;
}

export interface SuppressionRuleTable {
  id: Generated<number>;
  scenario: number;
  place: number;
  name: string;
  cause_kind: CauseKind;
  cause_code: string;
  cause_object: number | null;
  cause_level: number;
  item_code: string;
  level: number;
  reach: SuppressionReach;
  objects: number[];
  reason: string;
  state: Generated<'in-force' | 'ended'>;
  made_by: string;
  made_at: Moment;
  changed_by: string;
  changed_at: Moment;
  hits: Generated<number>;
  hit_at: MaybeMoment;
  version: Generated<number>;
}

export interface PerformanceProposalTable {
  id: Generated<number>;
  point_id: number;
  object_id: number;
  sign_code: string;
  place: number;
  scenario: number;
  kind: ProposalKind;
  change: Json<object> | null;
  why: string;
  from_at: Moment;
  to_at: Moment;
  state: Generated<ProposalState>;
  draft_id: Generated<number | null>;
  rehearsal_id: Generated<number | null>;
  fault_code: Generated<string | null>;
  made_by: string;
  made_at: Moment;
  decided_by: Generated<string | null>;
  decided_at: MaybeMoment;
  decided_why: Generated<string | null>;
}
