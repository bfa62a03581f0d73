import type { Generated, MaybeMoment, Moment } from './columns.ts';

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
