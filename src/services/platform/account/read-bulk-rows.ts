import { fromBeijing } from '#base';
import type { BulkRow, WantedRole } from '#contract/platform';
import { isPhone, PERSON_ROLES, type Role, ROLE_TEXT } from '#model/platform';

/** A pasted row as a request would have it, and what could not be read of it. */
export interface ReadRow {
  readonly username: string;
  readonly name: string;
  readonly unit: string | null;
  readonly title: string | null;
  readonly phone: string | null;
  readonly platform: string;
  readonly roles: readonly WantedRole[];
  readonly expiresAt: number | null;
  readonly faults: readonly string[];
}

const NAME_LENGTH = 50;
const TEXT_LENGTH = 100;
const BY_NAME: ReadonlyMap<string, Role> = new Map(PERSON_ROLES.map((role) => [ROLE_TEXT[role], role]));
const CODES: ReadonlySet<string> = new Set(PERSON_ROLES);

export function readBulkRow(row: BulkRow): ReadRow {
  const platform = row.platform.trim();
  const roles = rolesOf(row.role, platform);
  const phone = row.phone.trim();
  const expires = endOf(row.expires.trim());
  return {
    username: row.username.trim(),
    name: row.name.trim(),
    unit: row.unit.trim() || null,
    title: row.title.trim() || null,
    phone: isPhone(phone) ? phone : null,
    platform,
    roles: roles.roles,
    expiresAt: expires ?? null,
    faults: [
      ...missing(row),
      ...tooLong(row),
      ...roles.faults,
      ...(phone === '' || isPhone(phone) ? [] : [`电话“${phone}”不是电话号码`]),
      ...(expires === undefined ? [`到期日“${row.expires.trim()}”须写成 2026-12-31`] : []),
    ],
  };
}

const NEEDED = { username: '用户名', name: '姓名', platform: '平台' } as const;
const LONGEST = [
  ['name', '姓名', NAME_LENGTH],
  ['unit', '单位', TEXT_LENGTH],
  ['title', '职务', TEXT_LENGTH],
] as const;

function missing(row: BulkRow): readonly string[] {
  return Object.entries(NEEDED).flatMap(([field, text]) =>
    row[field as keyof typeof NEEDED].trim() === '' ? [`缺${text}`] : [],
  );
}

function tooLong(row: BulkRow): readonly string[] {
  return LONGEST.flatMap(([field, text, length]) =>
    row[field].trim().length > length ? [`${text}超过 ${length} 个字`] : [],
  );
}

/** `业务管理员；handler@GAS`: names or codes, each at the home platform unless told. */
function rolesOf(
  text: string,
  home: string,
): { readonly roles: readonly WantedRole[]; readonly faults: readonly string[] } {
  const parts = text
    .split(/[、;；,，\n]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const read = parts.map((part) => {
    const [named = '', platform = home] = part.split('@').map((half) => half.trim());
    const role = CODES.has(named) ? (named as Role) : BY_NAME.get(named);
    return { named, wanted: role === undefined ? undefined : { role, platform, validTo: null } };
  });
  const unknown = read.filter(({ wanted }) => wanted === undefined);
  return {
    roles: read.flatMap(({ wanted }) => wanted ?? []),
    faults: parts.length === 0 ? ['缺角色'] : unknown.map(({ named }) => `没有角色“${named}”`),
  };
}

const DAY_MS = 86_400_000;

/** The end of that day in Beijing; null for none, undefined for what is not a date. */
function endOf(text: string): number | null | undefined {
  if (text === '') return null;
  const found = /^(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u.exec(text);
  if (!found) return undefined;
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return fromBeijing(year, month, day) + DAY_MS - 1;
}
