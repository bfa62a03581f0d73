import type { OwnLimits } from '#model/standard';

import type { Generated, Json, MaybeMoment, Moment } from './columns.ts';

export interface StandardVersionTable {
  id: Generated<number>;
  scenario: number | null;
  version: string;
  document: Json<object>;
  published_at: Moment;
  effective_from: Moment;
  retired_at: MaybeMoment;
  origin: Generated<'file' | 'draft'>;
  reason: string | null;
  submitted_by: number | null;
  reviewed_by: number | null;
  cancelled_at: MaybeMoment;
  cancelled_by: number | null;
  took_effect_at: MaybeMoment;
}

export interface StandardDraftTable {
  id: Generated<number>;
  scenario: number;
  place: number;
  base_id: number;
  copied_from_id: number;
  standard: string;
  document: Json<object>;
  reason: string;
  state: Generated<'draft' | 'submitted' | 'refused' | 'withdrawn' | 'published'>;
  authors: number[];
  created_by: number;
  created_at: Moment;
  edited_by: number;
  edited_at: Moment;
  submitted_by: number | null;
  submitted_at: MaybeMoment;
  reviewed_by: number | null;
  reviewed_at: MaybeMoment;
  review_note: string | null;
  effective_from: MaybeMoment;
  published_id: number | null;
  version: Generated<number>;
}

export interface OwnLimitTable {
  id: Generated<number>;
  object_id: number;
  sign_code: string;
  place: number;
  scenario: number;
  body: Json<OwnLimits>;
  reason: string;
  valid_until: MaybeMoment;
  state: Generated<'proposed' | 'in-force' | 'refused' | 'ended' | 'off'>;
  authors: number[];
  proposed_by: number;
  proposed_at: Moment;
  decided_by: number | null;
  decided_at: MaybeMoment;
  decision_note: string | null;
  over_at: MaybeMoment;
  over_by: number | null;
  over_why: string | null;
  version: Generated<number>;
}

export interface ElementTable {
  code: string;
  standard_id: number;
  scenario: number;
  name: string;
  unit: string;
  period_seconds: number;
  range_min: number | null;
  range_max: number | null;
  sensing: string;
  is_key: boolean;
  body: Json<object>;
}

export interface WarningItemTable {
  id: Generated<number>;
  standard_id: number;
  code: string;
  scenario: number;
  name: string;
  kind: string;
  verification: string;
}

export interface SignTable {
  id: Generated<number>;
  standard_id: number;
  code: string;
  item_code: string;
  element_code: string;
  scenario: number;
  name: string;
  body: Json<object>;
}

export interface HandbookEntryTable {
  id: Generated<number>;
  standard_id: number;
  item_code: string;
  level: string;
  scenario: number;
  body: Json<object>;
}
