import type { Generated, MaybeMoment, Moment } from './columns.ts';

export interface WebhookTable {
  id: Generated<number>;
  name: string;
  platform_id: number;
  url: string;
  secret_sealed: string;
  grant_id: number | null;
  warnings: boolean;
  queued_to: Moment;
  created_by: string;
  created_at: Moment;
  removed_at: MaybeMoment;
  paused_at: MaybeMoment;
  paused_by: string | null;
  pause_reason: string | null;
  failing_since: MaybeMoment;
  place: number;
  scenarios: number[];
}

export interface WebhookDeliveryTable {
  id: Generated<number>;
  webhook_id: number;
  message_id: string;
  kind: 'readings' | 'warning';
  body: string;
  readings: number;
  created_at: Moment;
  state: Generated<'waiting' | 'delivered' | 'dead'>;
  attempts: Generated<number>;
  next_at: Moment;
  tried_at: MaybeMoment;
  failure: string | null;
  place: number;
  scenarios: number[];
}
