import type { SessionKind } from '#model/monitoring';

import type { Generated, GeneratedJson, GivenMoment, Json, MaybeMoment, Moment } from './columns.ts';

export interface ReplaySessionTable {
  id: Generated<number>;
  name: string;
  kind: Generated<SessionKind>;
  state: 'running' | 'ended';
  clock: MaybeMoment;
  opened_at: Moment;
  ended_at: MaybeMoment;
  opened_by: string | null;
}

export interface DeviceTable {
  id: Generated<number>;
  protocol: string;
  code: string;
  settings: Json<object>;
  simulated: Generated<boolean>;
  created_at: GivenMoment;
  last_seen_at: MaybeMoment;
  frames_accepted: Generated<number>;
  replay_session_id: number | null;
  place: number | null;
  scenarios: Generated<number[]>;
}

export interface PointTable {
  id: Generated<number>;
  code: string;
  object_id: number;
  element_code: string;
  device_id: number | null;
  place: number;
  scenarios: number[];
  simulated: boolean;
  created_at: GivenMoment;
}

export interface DeviceFactorTable {
  device_id: number;
  factor: string;
  point_id: number;
  scale: Generated<number>;
  shift: Generated<number>;
}

export interface FrameRefusalTable {
  protocol: string;
  device_code: string;
  reason: string;
  count: number;
  last_at: Moment;
}

export interface DeviceNoteTable {
  id: Generated<number>;
  device_id: number;
  kind: 'picture' | 'text';
  observed_at: Moment;
  received_at: Moment;
  at: Moment;
  picture: string | null;
  picture_bytes: number | null;
  text: string | null;
  entries: GeneratedJson<readonly object[]>;
  replay_session_id: number | null;
  simulated: boolean;
  place: number | null;
  scenarios: number[];
}

export interface UnmappedFactorTable {
  protocol: string;
  device_code: string;
  factor: string;
  count: number;
  last_at: Moment;
}

export interface GatewayTable {
  id: Generated<number>;
  platform_id: number;
  protocol: string;
  name: string;
  port: number | null;
  enabled: Generated<boolean>;
  limits: Json<object>;
  created_at: GivenMoment;
  place: number | null;
  scenarios: Generated<number[]>;
}

export interface DeviceLeniencyTable {
  protocol: string;
  device_code: string;
  leniency: string;
  count: number;
  last_at: Moment;
}

export interface QuarantineTable {
  id: Generated<number>;
  protocol: string;
  code: string;
  address: string;
  sample: string;
  first_seen_at: Moment;
  last_seen_at: Moment;
  frames: number;
}

export interface ReadingTable {
  observed_at: Moment;
  received_at: Moment;
  value: number;
  point_id: number;
  quality: number;
  source: number;
}

export interface ReadingChunkTable {
  point_id: number;
  from_at: Moment;
  to_at: Moment;
  n: number;
  bytes: Uint8Array;
}

export interface PointStateTable {
  point_id: number;
  observed_at: Moment;
  value: number;
  quality: number;
  interval_ms: Generated<number>;
  same_since: MaybeMoment;
}

export interface IngestMarkTable {
  id: Generated<number>;
  flushed_to: Moment;
  counted_to: Moment;
}

export interface ReadingCountTable {
  day: string;
  scenario: number;
  replay: boolean;
  script: Generated<boolean>;
  received: number;
  suspect: number;
}

export interface DetectorMemoryTable {
  point_id: number;
  form: number;
  since: number;
  at: number;
  readings: number;
  memory: Uint8Array;
}
