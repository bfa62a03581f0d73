const DAY_MS = 86_400_000;

/** Unused for so long an account is disabled by itself (等保三级 8.1.4.2 c); it is flagged before, by the setting `account.stale-days`. */
export const UNUSED_MS: number = 90 * DAY_MS;
/** An end that is this near is told beforehand. */
export const EXPIRING_MS: number = 30 * DAY_MS;

/** What an account is, worst first: the first that holds is told. */
export const ACCOUNT_STATES = [
  'left',
  'disabled',
  'expired',
  'locked',
  'first-password',
  'stale',
  'expiring',
  'open',
] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

export const ACCOUNT_STATE_TEXT: Readonly<Record<AccountState, string>> = {
  left: '已离任',
  disabled: '已停用',
  expired: '已到期',
  locked: '已锁定',
  'first-password': '未改初始口令',
  stale: '久未使用',
  expiring: '即将到期',
  open: '正常',
};

/** What the state follows from; moments are epoch ms. */
export interface AccountFacts {
  readonly leftAt: number | null;
  readonly disabledAt: number | null;
  readonly expiresAt: number | null;
  readonly lockedUntil: number | null;
  /** Its password was set by somebody else: at the first start, or as a temporary one. */
  readonly firstPassword: boolean;
  /** Signed in, enabled or opened last. */
  readonly lastUsedAt: number;
  /** Unused for so many days it is flagged. */
  readonly staleDays: number;
}

export function accountStateOf(facts: AccountFacts, now: number): AccountState {
  const { leftAt, disabledAt, expiresAt, lockedUntil, firstPassword, lastUsedAt, staleDays } = facts;
  if (leftAt !== null && disabledAt !== null) return 'left';
  if (disabledAt !== null) return 'disabled';
  if (expiresAt !== null && expiresAt <= now) return 'expired';
  if (lockedUntil !== null && lockedUntil > now) return 'locked';
  if (firstPassword) return 'first-password';
  if (now - lastUsedAt >= staleDays * DAY_MS) return 'stale';
  return expiresAt !== null && expiresAt - now <= EXPIRING_MS ? 'expiring' : 'open';
}
