import type { Role } from '#model/platform';

import type { Generated, GeneratedJson, GivenMoment, Json, MaybeMoment, Moment } from './columns.ts';

export interface ScenarioTable {
  id: number;
  code: string;
  name: string;
  owner: string;
}

export interface PlatformTable {
  id: number;
  code: string;
  name: string;
  kind: 'district' | 'industry' | 'scenario' | 'lingang' | 'town' | 'zone' | 'village';
  parent_id: number | null;
  department: string | null;
  unit: string | null;
  technical_unit: string | null;
  scenario: number | null;
  inferred: boolean;
  lingang: boolean;
  place: number | null;
  place_to: number | null;
  lat: number | null;
  lon: number | null;
  note: string | null;
  /** What the standard file says of the facts people may change. */
  filed: Json<Readonly<Record<string, string | null>>>;
  edited: Generated<string[]>;
  effective_from: string | null;
  effective_to: string | null;
  version: Generated<number>;
  edited_by: string | null;
  edited_at: MaybeMoment;
}

export interface PlatformContactTable {
  id: Generated<number>;
  platform_id: number;
  place: number;
  scenario: number | null;
  position: number;
  post: string;
  unit: string | null;
  phone_sealed: string | null;
  phone_masked: string | null;
  note: string | null;
}

export interface UnitTable {
  id: Generated<number>;
  code: string;
  name: string;
  kind: 'responsible' | 'owner' | 'operator' | 'maintainer' | 'technical' | 'other';
  credit_code: string | null;
  platform_id: number;
  place: number;
  scenario: number | null;
  contact: string | null;
  phone_sealed: string | null;
  phone_masked: string | null;
  address: string | null;
  note: string | null;
  version: Generated<number>;
  created_at: GivenMoment;
}

export interface PlatformSettingTable {
  platform_id: number;
  key: string;
  value: Json<object>;
  place: number;
  scenario: number | null;
  set_by: string;
  set_at: Moment;
}

export interface ImportMappingTable {
  id: Generated<number>;
  account_id: number;
  name: string;
  kind: 'objects' | 'units' | 'platforms' | 'ledger' | 'population' | 'dependencies';
  fingerprint: string;
  columns: Json<Readonly<Record<string, string | null>>>;
  created_at: Moment;
}

export interface PlatformCountTable {
  kind: PlatformTable['kind'];
  regulation: number;
  held: number;
  note: string | null;
}

export interface AccountTable {
  id: Generated<number>;
  username: string;
  name: string;
  /** Null where an identity provider signs the person in. */
  password_hash: string | null;
  password_from_bootstrap: boolean;
  failed_attempts: Generated<number>;
  locked_until: MaybeMoment;
  disabled_at: MaybeMoment;
  created_at: GivenMoment;
  platform_id: number | null;
  place: number | null;
  scenario: number | null;
  unit: string | null;
  title: string | null;
  phone_sealed: string | null;
  phone_masked: string | null;
  kind: Generated<'person' | 'service'>;
  expires_at: MaybeMoment;
  left_at: MaybeMoment;
  last_sign_in_at: MaybeMoment;
  issuer: string | null;
  subject: string | null;
  must_change_password: Generated<boolean>;
  password_changed_at: MaybeMoment;
  totp_enrolled_at: MaybeMoment;
  disabled_reason: string | null;
  enabled_at: MaybeMoment;
  stale_flagged_at: MaybeMoment;
  password_set_by: number | null;
  second_factor_reset_by: number | null;
}

export interface AccountNameView {
  id: number;
  username: string;
  name: string;
}

export interface TeamTable {
  id: Generated<number>;
  code: string;
  name: string;
  platform_id: number;
  place: number;
  scenario: number | null;
  unit: string | null;
  phone_sealed: string | null;
  phone_masked: string | null;
  note: string | null;
  disbanded_at: MaybeMoment;
  created_at: GivenMoment;
}

export interface TeamMemberTable {
  team_id: number;
  account_id: number;
  is_leader: Generated<boolean>;
}

export interface DelegationTable {
  id: Generated<number>;
  principal_id: number;
  deputy_id: number;
  place: number | null;
  scenario: number | null;
  from_at: Moment;
  to_at: Moment;
  reason: string;
  arranged_by: string;
  arranged_at: Moment;
  ended_at: MaybeMoment;
  ended_by: string | null;
}

export interface RoleAssignmentTable {
  id: Generated<number>;
  /** An assignment is a person's or a team's. */
  account_id: number | null;
  team_id: number | null;
  role: Role;
  platform_id: number;
  place: number | null;
  scenario: number | null;
  source: Generated<'local' | 'oidc'>;
  granted_by: string | null;
  ended_at: MaybeMoment;
  valid_from: GivenMoment;
  valid_to: MaybeMoment;
}

export interface TokenTable {
  id: Generated<number>;
  name: string;
  kind: 'gateway' | 'device' | 'person';
  token_hash: Buffer;
  account_id: number | null;
  device_id: number | null;
  created_at: GivenMoment;
  expires_at: MaybeMoment;
  last_used_at: MaybeMoment;
  revoked_at: MaybeMoment;
  /** Narrower than its issuer: one platform, or some scenarios. */
  platform_id: number | null;
  only_scenarios: number[] | null;
  replaced_by: number | null;
}

export interface MonitoredObjectTable {
  id: Generated<number>;
  code: string;
  name: string;
  /** What its signs need to know of it, by the parameter's code. */
  parameters: GeneratedJson<Readonly<Record<string, number>>>;
  scenarios: number[];
  place: number;
  town: string | null;
  village: string | null;
  place_approximate: boolean;
  lat: number;
  lon: number;
  owner: string | null;
  operator: string | null;
  maintainer: Generated<string | null>;
  address: Generated<string | null>;
  owner_unit: Generated<number | null>;
  operator_unit: Generated<number | null>;
  maintainer_unit: Generated<number | null>;
  retired_at: MaybeMoment;
  version: Generated<number>;
  simulated: boolean;
  created_at: GivenMoment;
}

export interface TownBorderTable {
  town: string;
  geometry: Json<object>;
  attribution: string;
  imported_at: Moment;
  imported_by: string;
}

export interface AuditTable {
  id: Generated<number>;
  at: Moment;
  actor: string;
  acting_for: string | null;
  address: string | null;
  action: string;
  subject: string;
  before: Json<object | null>;
  after: Json<object | null>;
  place: number | null;
  scenario: number | null;
}

export interface ObjectLinkTable {
  from_object: number;
  to_object: number;
  kind: 'drains' | 'powers' | 'gauges' | 'contains' | 'other';
}
