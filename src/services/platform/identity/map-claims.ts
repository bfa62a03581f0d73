import type { IdentityMapping } from '#contract/platform';
import { type IdentityRole, SCOPE_STRETCHES } from '#model/platform';

import { type Claims, claimValues } from './claim-values.ts';

export type Mapping = Omit<IdentityMapping, 'note'>;

/** A platform a role may be given at. */
export interface MappedPlatform {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  /** Lingang itself, or a town or village of its territory. */
  readonly inLingang: boolean;
}

export type MappedGrant = {
  readonly mapping: number;
  readonly role: IdentityRole;
  readonly platform: MappedPlatform;
};

export type MappingRefusal = {
  /** The line of the table; 0 where no line applied at all. */
  readonly mapping: number;
  readonly reason: RefusalReason;
  /** What was seen, where that helps. */
  readonly seen: string | null;
};

/** Why a line gave nothing, in words for whoever keeps the table. */
export const REFUSAL_TEXT = {
  'no-match': '没有一行映射与这些声明相符',
  'claim-type': '声明的值不是文字、数字、是非或它们的数组',
  'no-organisation': '声明里没有机构编码',
  'unknown-organisation': '没有这个机构编码的平台',
  'wrong-platform': '这个角色不能设在这一级平台',
  'too-many': `一个人最多由身份平台给 ${SCOPE_STRETCHES} 个平台的角色`,
  barred: '身份平台已停用这个人',
} as const;
export type RefusalReason = keyof typeof REFUSAL_TEXT;

export interface Mapped {
  /** The provider says that this person is not to come in, whatever else it says. */
  readonly barred: boolean;
  /** What the claims give now; the first is the home. Empty where `barred`. */
  readonly grants: readonly MappedGrant[];
  readonly refusals: readonly MappingRefusal[];
}

/** Where each role may be held when a provider gives it (art. 5): never wider than the territory it speaks for. */
const HELD_AT: Readonly<Record<IdentityRole, (platform: MappedPlatform) => boolean>> = {
  'village-handler': ({ kind }) => kind === 'village',
  'town-operator': ({ kind }) => kind === 'town',
  handler: ({ kind }) => kind === 'town' || kind === 'village' || kind === 'lingang',
  'business-admin': ({ inLingang }) => inLingang,
  'city-operations': ({ kind }) => kind === 'district' || kind === 'lingang' || kind === 'town',
};

/** May the provider give this role at this platform? */
export function mayHoldAt(role: IdentityRole, platform: MappedPlatform): boolean {
  return HELD_AT[role](platform);
}

/** Decides what a person's claims give them, line by line of the table. */
export function mapClaims(
  claims: Claims,
  mappings: readonly Mapping[],
  platforms: ReadonlyMap<string, MappedPlatform>,
): Mapped {
  const lines = mappings
    .filter(({ enabled }) => enabled)
    .toSorted((x, y) => x.priority - y.priority || x.id - y.id);
  const bar = lines.find((line) => line.effect === 'bar' && bars(claims, line));
  if (bar) {
    return { barred: true, grants: [], refusals: [{ mapping: bar.id, reason: 'barred', seen: bar.claim }] };
  }
  const outcomes = lines
    .filter(({ effect }) => effect === 'grant')
    .flatMap((line) => apply(claims, line, platforms));
  const grants = distinct(outcomes.filter((one): one is MappedGrant => 'role' in one));
  const refusals = outcomes.filter((one): one is MappingRefusal => 'reason' in one);
  if (new Set(grants.map(({ platform }) => platform.code)).size > SCOPE_STRETCHES) {
    const seen = String(grants.length);
    return { barred: false, grants: [], refusals: [...refusals, { mapping: 0, reason: 'too-many', seen }] };
  }
  if (outcomes.length === 0) refusals.push({ mapping: 0, reason: 'no-match', seen: null });
  return { barred: false, grants, refusals };
}

/** In doubt the door stays shut: a claim that cannot be read bars, and capitals make no difference. */
function bars(claims: Claims, { claim, value }: Mapping): boolean {
  const values = claimValues(claims, claim);
  return values === undefined || values.some((one) => one.toLowerCase() === value.toLowerCase());
}

function apply(
  claims: Claims,
  line: Mapping,
  platforms: ReadonlyMap<string, MappedPlatform>,
): readonly (MappedGrant | MappingRefusal)[] {
  const refused = (reason: RefusalReason, seen: string | null): MappingRefusal[] => [
    { mapping: line.id, reason, seen },
  ];
  const { role, claim, value } = line;
  const values = claimValues(claims, claim);
  if (values === undefined) return refused('claim-type', claim);
  if (role === null || !values.includes(value)) return [];
  const codes = line.platformClaim === null ? [line.platform ?? ''] : claimValues(claims, line.platformClaim);
  if (codes === undefined) return refused('claim-type', line.platformClaim);
  if (codes.length === 0) return refused('no-organisation', line.platformClaim);
  return codes.flatMap((code): readonly (MappedGrant | MappingRefusal)[] => {
    const platform = platformOf(code, platforms);
    if (!platform) return refused('unknown-organisation', code.slice(0, 100));
    if (!mayHoldAt(role, platform)) return refused('wrong-platform', `${role} ${platform.code}`);
    return [{ mapping: line.id, role, platform }];
  });
}

const VILLAGE_DIGITS = 12;
const TOWN_DIGITS = 9;

/**
 * Statistical codes come with a tail: a village's twelve digits with three more, a town's nine filled up with zeros. A
 * longer code is cut down to the platform it lies in; nothing is ever made shorter than what it names.
 */
function platformOf(
  code: string,
  platforms: ReadonlyMap<string, MappedPlatform>,
): MappedPlatform | undefined {
  const exact = platforms.get(code);
  if (exact || !/^\d{12,18}$/u.test(code)) return exact;
  const village = code.slice(0, VILLAGE_DIGITS);
  return platforms.get(village.endsWith('000') ? village.slice(0, TOWN_DIGITS) : village);
}

function distinct(grants: readonly MappedGrant[]): readonly MappedGrant[] {
  const seen = new Set<string>();
  return grants.filter(({ role, platform }) => {
    const key = `${role} ${platform.code}`;
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  });
}
