import type {
  IntakeAuth,
  IntakeKind,
  IntakeSettings,
  SuspectedOrigin,
  SuspectedState,
} from '#model/monitoring';

import type { Generated, GeneratedJson, Json, MaybeMoment, Moment } from './columns.ts';
import type { ColumnType } from 'kysely';

export interface IntakeSourceTable {
  id: Generated<number>;
  code: string;
  kind: IntakeKind;
  name: string;
  platform_id: number;
  place: number | null;
  scenario: number | null;
  auth: IntakeAuth;
  secret_sealed: string;
  addresses: Generated<string[]>;
  settings: GeneratedJson<IntakeSettings>;
  enabled: Generated<boolean>;
  simulated: Generated<boolean>;
  accepted: Generated<number>;
  last_at: MaybeMoment;
  created_by: string;
  created_at: Moment;
  version: Generated<number>;
}

export interface IntakeKindTable {
  source_id: number;
  kind: string;
  name: string | null;
  element_code: string | null;
  suspected_value: number | null;
  confirmed_value: Generated<number>;
  seen: Generated<number>;
  last_at: MaybeMoment;
}

export interface IntakeMessageTable {
  id: Generated<number>;
  source_id: number;
  place: number | null;
  scenario: number | null;
  received_at: Moment;
  device: string;
  message_type: string;
  body: string;
}

export interface SuspectedEventTable {
  id: Generated<number>;
  origin: SuspectedOrigin;
  source_id: number | null;
  event_key: string | null;
  place: number | null;
  scenario: number | null;
  object_id: number | null;
  point_id: number | null;
  element_code: string | null;
  camera: string | null;
  kind: string;
  kind_name: string | null;
  confidence: number | null;
  box: ColumnType<unknown, string | null, string | null>;
  picture: string | null;
  more_pictures: Generated<string[]>;
  text: string | null;
  lat: number | null;
  lon: number | null;
  place_name: string | null;
  group_id: number | null;
  observed_at: Moment;
  last_at: Moment;
  times: Generated<number>;
  received_at: Moment;
  ended_at: MaybeMoment;
  state: Generated<SuspectedState>;
  fed_value: number | null;
  decided_by: string | null;
  decided_at: MaybeMoment;
  note: string | null;
  reported_by: string | null;
  reporter_id: number | null;
  simulated: Generated<boolean>;
}

export interface AnalyticsResultTable {
  id: Generated<number>;
  source_id: number | null;
  place: number | null;
  scenario: number | null;
  point_id: number;
  model: string;
  model_version: string;
  confidence: number | null;
  inputs: Json<readonly object[]>;
  observed_at: Moment;
  value: number;
  received_at: Moment;
  written_by: string;
}
