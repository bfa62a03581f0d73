import type { ServiceKind } from '#model/monitoring';

import type { Generated, Json, MaybeMoment, Moment } from './columns.ts';

export interface PointDayTable {
  day: string;
  point_id: number;
  received: Generated<number>;
  suspect: Generated<number>;
  in_time: Generated<number>;
  last_at: MaybeMoment;
  online_minutes: Generated<number>;
  required_minutes: Generated<number>;
  expected: number | null;
  counted_to: MaybeMoment;
}

export interface PointDayMarkTable {
  day: string;
  point_id: number;
  mark: number;
  count: number;
}

export interface PointDayClosedTable {
  id: Generated<number>;
  day: string;
}

export interface QualityFindingTable {
  id: Generated<number>;
  subject_kind: 'point' | 'device' | 'line';
  subject_id: string;
  reason: string;
  text: string;
  point_ids: number[];
  place: number;
  scenario: number;
  since: Moment;
  opened_at: Moment;
  ended_at: MaybeMoment;
}

export interface ServiceWindowTable {
  id: Generated<number>;
  kind: ServiceKind;
  device_id: number | null;
  point_id: number | null;
  object_id: number | null;
  sign_code: string | null;
  place: number;
  scenario: number;
  from_at: Moment;
  to_at: MaybeMoment;
  reason: string;
  owner: string | null;
  made_by: string;
  made_at: Moment;
  ended_by: string | null;
  ended_why: string | null;
  begun_told_at: MaybeMoment;
  ended_told_at: MaybeMoment;
  reviewed_by: string | null;
  reviewed_at: MaybeMoment;
  version: Generated<number>;
}

export interface ReadingCorrectionTable {
  id: Generated<number>;
  point_id: number;
  place: number;
  scenario: number;
  from_at: Moment;
  to_at: Moment;
  kind: 'bad' | 'correct';
  scale: Generated<number>;
  shift: Generated<number>;
  reason: string;
  made_by: string;
  made_at: Moment;
  withdrawn_by: string | null;
  withdrawn_at: MaybeMoment;
  version: Generated<number>;
}

export interface BlindSpotTable {
  scenario: number;
  town: string;
  village: Generated<string>;
  place: number;
  state: 'watched' | 'thin' | 'blind' | 'never';
  since: MaybeMoment;
  watch: Json<object>;
}

export interface BlindMarkTable {
  id: Generated<number>;
  taken_at: Moment;
}

export interface TownPopulationTable {
  town: string;
  residents: number;
  workers: number | null;
  source: string;
  as_of: string;
  told_by: string;
  told_at: Moment;
  version: Generated<number>;
}
