import type { Generated, MaybeMoment, Moment } from './columns.ts';

export interface SessionTable {
  id: Generated<number>;
  account_id: number;
  token_hash: Buffer;
  created_at: Moment;
  last_used_at: Moment;
  expires_at: Moment;
  idle_minutes: Generated<number>;
  address: string;
  client: Generated<string>;
  opened_with: Generated<'password' | 'code' | 'recovery-code' | 'pin' | 'identity'>;
  bound_device_id: number | null;
}

export interface PasswordHistoryTable {
  id: Generated<number>;
  account_id: number;
  password_hash: string;
  replaced_at: Moment;
}

export interface SecondFactorTable {
  account_id: number;
  totp_sealed: string | null;
  pending_sealed: string | null;
  pending_until: MaybeMoment;
  last_step: Generated<number>;
}

export interface RecoveryCodeTable {
  account_id: number;
  code_hash: Buffer;
  used_at: MaybeMoment;
}

export interface BoundDeviceTable {
  id: Generated<number>;
  account_id: number;
  name: string;
  secret_hash: Buffer;
  pin_hash: string;
  wrong_pins: Generated<number>;
  client: string;
  address: string;
  bound_at: Moment;
  last_used_at: Moment;
  expires_at: Moment;
  ended_at: MaybeMoment;
}
