import type { DeadlineKind, OrderSource, Verdict, WorkOrderState } from '#model/response';
import type { DisposalType, HandbookEntry, LevelLimits } from '#model/standard';
import type { FalseAlarmReason } from '#model/warning';

import type { ColumnType } from 'kysely';

import type { Generated, GivenMoment, Json, MaybeMoment, Moment } from './columns.ts';

/** jsonb that may be absent. */
type MaybeJson<T extends object> = ColumnType<T | null, string | null, string | null>;

export interface WorkOrderTable {
  id: Generated<number>;
  code: string;
  warning_id: number | null;
  object_id: number;
  item_code: string;
  place: number;
  scenario: number;
  level: number;
  loop: 'small' | 'medium' | 'large';
  state: WorkOrderState;
  unit: string;
  handler_id: number | null;
  cleared_by_id: number | null;
  handbook_id: number;
  limits: Json<LevelLimits>;
  standard_version: string;
  limit_class: string;
  verdict: Verdict | null;
  opened_at: Moment;
  cleared_at: MaybeMoment;
  closed_at: MaybeMoment;
  overdue: Generated<boolean>;
  replay_session_id: number | null;
  simulated: boolean;
  version: Generated<number>;
  written_at: GivenMoment;
  stood_at: WorkOrderState | null;
  handed_to: string | null;
  suspension_asked_by_id: number | null;
  suspension_reason: string | null;
  suspension_approved_by_id: number | null;
  suspended_until: MaybeMoment;
  merged_into: number | null;
  false_alarm: FalseAlarmReason | null;
  source: Generated<OrderSource>;
  told: string | null;
  unit_reason: string | null;
  parent_id: number | null;
  waived: Generated<boolean>;
  sent_back: Generated<number>;
  closed_by_id: number | null;
  note_like: number | null;
  deputy: string | null;
  incident_id: number | null;
}

/** Handbook entries as orders froze them. */
export interface OrderHandbookTable {
  id: Generated<number>;
  digest: Buffer;
  entry: Json<HandbookEntry>;
}

export interface WorkOrderResultTable {
  work_order_id: number;
  place: number;
  scenario: number;
  disposal_type: DisposalType;
  field: string;
  value: string;
  at: Moment;
  by: string;
}

export interface WorkOrderStepTable {
  work_order_id: number;
  place: number;
  scenario: number;
  code: string;
  done_at: Moment;
  done_by: string;
}

export interface WorkOrderEntryTable {
  id: Generated<number>;
  work_order_id: number;
  place: number;
  scenario: number;
  at: Moment;
  by: string | null;
  /** Account of who wrote a note. */
  by_id: Generated<number | null>;
  kind: string;
  text: string;
  note: string | null;
  location: MaybeJson<{ lat: number; lon: number; accuracy?: number }>;
  idempotency_key: string | null;
  acted_at: MaybeMoment;
}

export interface AttachmentTable {
  id: Generated<number>;
  work_order_id: number;
  entry_id: number | null;
  place: number;
  scenario: number;
  name: string;
  media_type: string;
  sha256: Buffer;
  content: Buffer;
  at: Moment;
  by: string;
  taken_at: MaybeMoment;
  lat: number | null;
  lon: number | null;
  accuracy: number | null;
  written_at: GivenMoment;
}

export interface DeadlineTable {
  work_order_id: number;
  place: number;
  scenario: number;
  kind: DeadlineKind;
  started_at: Moment;
  due_at: Moment;
  met_at: MaybeMoment;
  stopped_at: MaybeMoment;
  overdue_at: MaybeMoment;
  step: Generated<number>;
  next_at: MaybeMoment;
  replay_session_id: number | null;
  written_at: GivenMoment;
  paused_at: MaybeMoment;
  turn: Generated<number>;
  missed: Generated<number>;
  red_at: MaybeMoment;
  press_at: MaybeMoment;
  acknowledged_at: MaybeMoment;
  acknowledged_by_id: number | null;
  pauses: MaybeJson<readonly { readonly from: number; readonly to: number }[]>;
}

export interface ReminderTable {
  id: Generated<number>;
  work_order_id: number;
  place: number;
  scenario: number;
  at: Moment;
  to_role: string;
  channel: string;
  reason: string;
}

export interface OrderLinkTable {
  id: Generated<number>;
  work_order_id: number;
  place: number;
  scenario: number;
  token_hash: Buffer;
  person: string;
  hand_unit: string;
  call_sealed: string | null;
  made_at: Moment;
  made_by_id: number;
  made_by: string;
  until: Moment;
  ended_at: MaybeMoment;
  ended_by: string | null;
  browser_hash: Buffer | null;
  opened_at: MaybeMoment;
  arrived_at: MaybeMoment;
  outcome: 'done' | 'cannot' | null;
  outcome_at: MaybeMoment;
}
