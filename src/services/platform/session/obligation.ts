import type { Obligation } from '#contract/http';
import { PASSWORD_DAYS } from '#model/platform';

const DAY_MS = 86_400_000;

/** What decides whether an account owes something before it may go on. */
export interface Obliged {
  readonly kind: 'person' | 'service';
  /** False where an identity provider signs the person in. */
  readonly has_password: boolean;
  readonly password_from_bootstrap: boolean;
  readonly must_change_password: boolean;
  readonly password_changed_at: number | null;
  readonly created_at: number;
  readonly totp_enrolled_at: number | null;
}

/**
 * What a session owes (等保三级 8.1.4.1 a, d): a password that somebody else set or that is ninety days old is changed first;
 * then everybody has a second factor: an authenticator, or for field roles the bound device the session runs on. Accounts
 * with the password of the first start owe nothing until they change it; the identity provider answers for its own people.
 */
export function obligationOf(account: Obliged, onDevice: boolean, now: number): Obligation | undefined {
  if (account.kind !== 'person' || !account.has_password || account.password_from_bootstrap) return undefined;
  const since = account.password_changed_at ?? account.created_at;
  if (account.must_change_password || since + PASSWORD_DAYS * DAY_MS <= now) return 'password';
  return account.totp_enrolled_at === null && !onDevice ? 'second-factor' : undefined;
}
