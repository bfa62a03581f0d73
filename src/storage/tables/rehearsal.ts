import type { Generated, Json, MaybeMoment, Moment } from './columns.ts';

export interface RehearsalTable {
  id: Generated<number>;
  scenario: number;
  place: number;
  draft_id: number;
  document: Json<object>;
  beside_id: number;
  from_at: Moment;
  to_at: Moment;
  towns: string[];
  objects: string[];
  replay_session_id: number | null;
  state: Generated<'waiting' | 'running' | 'done' | 'cancelled' | 'failed'>;
  done: Generated<number>;
  readings: Generated<number>;
  failure: string | null;
  result: Json<object> | null;
  requested_by: number;
  requested_at: Moment;
  started_at: MaybeMoment;
  ended_at: MaybeMoment;
  cancelled_by: number | null;
}

export interface KnownCaseTable {
  id: Generated<number>;
  scenario: number;
  place: number;
  kind: 'incident' | 'false-alarm';
  object_id: number | null;
  item_code: string | null;
  from_at: Moment;
  to_at: Moment;
  text: string;
  source: string;
  recorded_by: number;
  recorded_at: Moment;
  removed_by: number | null;
  removed_at: MaybeMoment;
}
