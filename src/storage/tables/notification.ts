import type { ChannelKind, NotificationCause, NotificationState, NotificationWay } from '#model/command';

import type { Generated, GeneratedJson, GivenMoment, MaybeMoment, Moment } from './columns.ts';

export interface ChannelTable {
  id: Generated<number>;
  platform_id: number;
  place: number;
  scenario: number | null;
  kind: ChannelKind;
  name: string;
  settings: GeneratedJson<Readonly<Record<string, unknown>>>;
  secret_sealed: string | null;
  address_by: Generated<'username' | 'phone'>;
  rate_per_minute: number;
  dry_run: Generated<boolean>;
  enabled: Generated<boolean>;
  failures: Generated<number>;
  down_since: MaybeMoment;
  probe_at: MaybeMoment;
  last_failure: string | null;
  last_failure_at: MaybeMoment;
  last_sent_at: MaybeMoment;
  refused_receipts: Generated<number>;
  refused_receipt_at: MaybeMoment;
  minute_from: GivenMoment;
  minute_used: Generated<number>;
  created_by: string;
  created_at: Moment;
  removed_at: MaybeMoment;
  version: Generated<number>;
}

export interface NotificationTable {
  id: Generated<number>;
  key: string;
  cause: NotificationCause;
  level: number | null;
  place: number;
  scenario: number | null;
  work_order_id: number | null;
  warning_id: number | null;
  matter_id: number | null;
  matters: number[] | null;
  gathered: number[] | null;
  account_id: number | null;
  contact_id: number | null;
  post_id: number | null;
  person: string;
  post: string;
  kind: NotificationWay;
  channel_id: number | null;
  title: string;
  text: string;
  link: string | null;
  asks_answer: Generated<boolean>;
  state: NotificationState;
  reason: string | null;
  attempts: Generated<number>;
  next_at: MaybeMoment;
  after_id: number | null;
  tried: Generated<string[]>;
  provider_id: string | null;
  answer: string | null;
  created_at: Moment;
  expires_at: Moment;
  sent_at: MaybeMoment;
  delivered_at: MaybeMoment;
  read_at: MaybeMoment;
  answered_at: MaybeMoment;
  replay_session_id: number | null;
  simulated: Generated<boolean>;
}

export interface NotificationTemplateTable {
  cause: NotificationCause;
  /** 0: every level. */
  level: number;
  title: string;
  text: string;
  edited_by: string;
  edited_at: Moment;
}

export interface NotificationPreferenceTable {
  account_id: number;
  quiet_from: string | null;
  quiet_to: string | null;
  addresses_sealed: string | null;
  address_kinds: Generated<string[]>;
  muted_kinds: Generated<string[]>;
}
