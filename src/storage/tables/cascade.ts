import type {
  CascadeCause,
  CascadeOutcome,
  DependencyKind,
  DependencyRule,
  DependencySource,
} from '#model/warning';

import type { Generated, Json, MaybeMoment, Moment } from './columns.ts';

export interface DependencyTable {
  id: Generated<number>;
  from_object: number;
  to_object: number;
  kind: DependencyKind;
  lead_minutes: number | null;
  reason: string | null;
  basis: string;
  source: DependencySource;
  valid_from: Moment;
  valid_to: MaybeMoment;
  edited_by: string;
  edited_at: Moment;
  version: Generated<number>;
}

export interface DependencyRuleTable {
  code: string;
  position: number;
  body: Json<DependencyRule>;
  in_force: Generated<boolean>;
  lead_minutes: number | null;
  edited_by: string | null;
  edited_at: MaybeMoment;
  version: Generated<number>;
}

export interface CascadeTable {
  id: Generated<number>;
  cause_kind: CascadeCause;
  cause_id: number;
  object_id: number;
  place: number;
  scenario: number;
  level: number;
  title: string;
  began_at: Moment;
  ended_at: MaybeMoment;
  reached: number;
  cut: Generated<boolean>;
  replay_session_id: number | null;
  simulated: boolean;
}

export interface CascadeReachTable {
  cascade_id: number;
  object_id: number;
  object_name: string;
  place: number;
  scenarios: number[];
  source_place: number | null;
  source_scenario: number | null;
  rule: string;
  via: number;
  edge_kind: DependencyKind | null;
  depth: number;
  why: string;
  expects: string[];
  expected_at: Moment;
  until_at: Moment;
  outcome: Generated<CascadeOutcome>;
  settled_at: MaybeMoment;
  warning_id: number | null;
  suppresses: Generated<string[]>;
  even_red: Generated<string[]>;
  grace_minutes: Generated<number>;
}

export interface CascadeSeatTable {
  cascade_id: number;
  platform_id: number;
  place: number;
  scenario: number | null;
  source_place: number | null;
  source_scenario: number | null;
  reached: number;
  first_at: Moment;
  told_at: Moment;
  acknowledged_at: MaybeMoment;
  acknowledged_by: string | null;
}
