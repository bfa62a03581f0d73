import type { Generated, MaybeMoment, Moment } from './columns.ts';

export interface SharedItemTable {
  id: Generated<number>;
  name: string;
  platform_id: number;
  elements: string[];
  territory_id: number | null;
  note: string | null;
  created_by: string;
  created_at: Moment;
  withdrawn_at: MaybeMoment;
  place: number;
  scenarios: number[];
}

export interface SharedGrantTable {
  id: Generated<number>;
  item_id: number;
  unit: string;
  purpose: string;
  token_id: number | null;
  from_at: Moment;
  to_at: Moment;
  granted_by: string;
  granted_at: Moment;
  ended_at: MaybeMoment;
  ended_by: string | null;
  place: number;
  scenarios: number[];
}

export interface SharedUseTable {
  item_id: number;
  grant_id: number | null;
  day: string;
  requests: number;
  readings: number;
  place: number;
  scenarios: number[];
}
