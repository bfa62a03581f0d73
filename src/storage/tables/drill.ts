import type { Role } from '#model/platform';
import type { DrillOutcome, DrillScript, DrillState } from '#model/response';

import type { Generated, Json, MaybeMoment, Moment } from './columns.ts';

export interface DrillTable {
  id: Generated<number>;
  code: string;
  name: string;
  script: Json<DrillScript>;
  place: number;
  scenario: number;
  state: DrillState;
  planned_by: string;
  planned_at: Moment;
  planned_for: MaybeMoment;
  started_by: string | null;
  started_at: MaybeMoment;
  ends_at: MaybeMoment;
  ended_at: MaybeMoment;
  aborted_by: string | null;
  abort_reason: string | null;
  replay_session_id: number | null;
  score: number | null;
  review: string | null;
  assessed_by: string | null;
  assessed_at: MaybeMoment;
}

export interface DrillActTable {
  id: Generated<number>;
  drill_id: number;
  n: number;
  place: number;
  scenario: number;
  due_at: Moment;
  fired_at: MaybeMoment;
  to_role: Role | null;
  answer: string | null;
  answered_by: string | null;
  answered_at: MaybeMoment;
}

export interface DrillPointTable {
  drill_id: number;
  key: string;
  place: number;
  scenario: number;
  point_id: number;
  object_id: number;
  value: number | null;
  sent_at: MaybeMoment;
}

export interface DrillLineTable {
  drill_id: number;
  n: number;
  place: number;
  scenario: number;
  outcome: DrillOutcome;
  points: number;
  due_at: MaybeMoment;
  met_at: MaybeMoment;
  work_order_id: number | null;
  warning_id: number | null;
  found: string;
}
