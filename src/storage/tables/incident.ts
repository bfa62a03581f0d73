import type {
  ActivationGrade,
  ActivationMeasure,
  FormAnswers,
  FormField,
  IncidentGround,
  IncidentState,
  PartState,
} from '#model/response';
import type { Loop } from '#model/standard';
import type { ColumnType } from 'kysely';

import type { Generated, Json, MaybeMoment, Moment } from './columns.ts';

export interface IncidentTable {
  id: Generated<number>;
  code: string;
  title: string;
  place: number;
  scenario: number;
  level: number;
  loop: Loop;
  loop_since: Moment;
  state: Generated<IncidentState>;
  ground: IncidentGround;
  cause: string | null;
  lat: number;
  lon: number;
  opened_at: Moment;
  opened_by: string | null;
  closed_at: MaybeMoment;
  closed_by: string | null;
  taken_at: MaybeMoment;
  taken_by_id: number | null;
  second: Loop | null;
  asked_loop: Exclude<Loop, 'small'> | null;
  asked_by_id: number | null;
  asked_reason: string | null;
  replay_session_id: number | null;
  simulated: Generated<boolean>;
  version: Generated<number>;
}

export interface IncidentPartTable {
  id: Generated<number>;
  incident_id: number;
  platform_id: number | null;
  place: number;
  scenario: number | null;
  unit: string;
  told: string;
  state: Generated<PartState>;
  asked_at: Moment;
  answered_at: MaybeMoment;
  answered_by: string | null;
  answer: string | null;
  ended_at: MaybeMoment;
  ended_by: string | null;
  reason: string | null;
}

export interface IncidentFormTable {
  id: Generated<number>;
  incident_id: number;
  place: number;
  scenario: number | null;
  title: string;
  fields: Json<readonly FormField[]>;
  every_minutes: number | null;
  limit_minutes: number;
  asked_at: Moment;
  asked_by: string;
  until_at: Moment;
  next_at: MaybeMoment;
  rounds: Generated<number>;
}

export interface IncidentFormDueTable {
  id: Generated<number>;
  form_id: number;
  platform_id: number;
  place: number;
  scenario: number | null;
  round: number;
  asked_at: Moment;
  due_at: Moment;
  late_at: MaybeMoment;
  answered_at: MaybeMoment;
  answered_by: string | null;
  answers: ColumnType<FormAnswers | null, string | null | undefined, string | null>;
}

export interface IncidentEntryTable {
  id: Generated<number>;
  incident_id: number;
  at: Moment;
  by: string | null;
  kind: string;
  text: string;
  note: string | null;
}

export interface ActivationTable {
  id: Generated<number>;
  platform_id: number;
  place: number;
  scenario: number | null;
  plan: string;
  plan_name: string;
  grade: ActivationGrade;
  towns: Generated<string[]>;
  ground: string;
  incident_id: number | null;
  measures: Json<readonly ActivationMeasure[]>;
  started_at: Moment;
  started_by: string;
  ended_at: MaybeMoment;
  ended_by: string | null;
  ended_reason: string | null;
  version: Generated<number>;
}

export interface ActivationEntryTable {
  id: Generated<number>;
  activation_id: number;
  at: Moment;
  by: string;
  kind: string;
  text: string;
  reason: string | null;
}
