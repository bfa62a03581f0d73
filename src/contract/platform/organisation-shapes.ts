import { ROLES } from '#model/platform';
import { z } from 'zod';

import { platform, platformKind } from './shapes.ts';

/** A platform named in passing. */
export const platformName = z.object({ code: z.string(), name: z.string(), kind: platformKind });
export type PlatformName = z.infer<typeof platformName>;

/** A calendar day of Beijing, `2026-11-23`. */
export const day = z.iso.date();

/** One duty (职责) of a platform, and where it is written. */
export const platformDuty = z.object({
  text: z.string(),
  /** Document and place in it, in words. */
  basis: z.string(),
  /** False where the original was not read by us: shown as 未见原文. */
  sourceSeen: z.boolean(),
});
export type PlatformDuty = z.infer<typeof platformDuty>;

/** Whom one calls at a platform: a post. The number is shown masked; `…/reveal` gives it against a reason. */
export const platformContact = z.object({
  id: z.number().int(),
  post: z.string(),
  unit: z.string().nullable(),
  phoneMasked: z.string().nullable(),
  note: z.string().nullable(),
});
export type PlatformContact = z.infer<typeof platformContact>;

/** What lies within a platform and the caller may see. */
export const platformContent = z.object({
  /** Direct children by kind. */
  children: z.array(z.object({ kind: platformKind, count: z.number().int() })),
  objects: z.number().int(),
  points: z.number().int(),
  openWarnings: z.number().int(),
  openWorkOrders: z.number().int(),
});

/** Facts that people may change; those in `edited` no longer follow the standard file. */
export const PLATFORM_FACTS = ['name', 'department', 'unit', 'technicalUnit', 'note'] as const;
export type PlatformFact = (typeof PLATFORM_FACTS)[number];

export const platformDetail = platform.extend({
  technicalUnit: z.string().nullable(),
  note: z.string().nullable(),
  effectiveFrom: day.nullable(),
  effectiveTo: day.nullable(),
  /** Send it back with a change. */
  version: z.number().int(),
  /** From the root down to this platform itself. */
  path: z.array(platformName),
  /** Facts changed by people, with what the standard file says. */
  edited: z.array(z.object({ fact: z.enum(PLATFORM_FACTS), standard: z.string().nullable() })),
  editedBy: z.string().nullable(),
  editedAt: z.number().nullable(),
  duties: z.array(platformDuty),
  contacts: z.array(platformContact),
  content: platformContent,
  allowedActions: z.array(z.enum(['edit', 'set', 'reveal'])),
});
export type PlatformDetail = z.infer<typeof platformDetail>;

export const UNIT_KINDS = ['responsible', 'owner', 'operator', 'maintainer', 'technical', 'other'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** A unit (单位): responsible, owning, operating, maintaining or technical. */
export const unit = z.object({
  id: z.number().int(),
  code: z.string(),
  name: z.string(),
  kind: z.enum(UNIT_KINDS),
  creditCode: z.string().nullable(),
  platform: z.string(),
  platformName: z.string(),
  contact: z.string().nullable(),
  phoneMasked: z.string().nullable(),
  address: z.string().nullable(),
  note: z.string().nullable(),
  version: z.number().int(),
  /** Objects in the caller's sight that name it as owner, operator or maintainer. */
  objects: z.number().int(),
  allowedActions: z.array(z.enum(['edit', 'reveal'])),
});
export type Unit = z.infer<typeof unit>;

export const RESPONSIBILITY_STATES = ['named', 'vacant', 'left'] as const;

/** One required role at one platform (责任落实). */
export const responsibilityRole = z.object({
  role: z.enum(ROLES),
  roleName: z.string(),
  state: z.enum(RESPONSIBILITY_STATES),
  basis: z.string(),
  /** Who holds it now; a team counts as one holder. */
  holders: z.array(z.object({ name: z.string(), team: z.boolean(), since: z.number() })),
  /** Who held it last, where nobody does now. */
  left: z.object({ name: z.string(), at: z.number() }).nullable(),
});
export const responsibility = z.object({
  platform: platformName,
  /** Name of the parent, so that villages can be told apart. */
  parentName: z.string().nullable(),
  roles: z.array(responsibilityRole),
});
export type Responsibility = z.infer<typeof responsibility>;

export const responsibilityTotals = z.object({
  platforms: z.number().int(),
  required: z.number().int(),
  named: z.number().int(),
  vacant: z.number().int(),
  left: z.number().int(),
});

/** A setting as it holds at a platform, and where that comes from. */
export const platformSetting = z.object({
  key: z.string(),
  label: z.string(),
  unit: z.string().nullable(),
  help: z.string(),
  /** `number`: an integer within `min`–`max`; `text`: one line; `list`: lines. */
  type: z.enum(['number', 'text', 'list']),
  value: z.json(),
  default: z.json(),
  /** Bounds that hold here, those set above included; null for texts and lists. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** May only be made stricter than above. */
  tightenOnly: z.boolean(),
  /** The platform whose value holds; null where it is the default. */
  from: platformName.nullable(),
  /** Values set from the root down to here; the last holds. */
  chain: z.array(z.object({ platform: platformName, value: z.json(), setBy: z.string(), setAt: z.number() })),
  /** `clear` where this platform has set a value of its own. */
  allowedActions: z.array(z.enum(['set', 'clear'])),
});
export type PlatformSetting = z.infer<typeof platformSetting>;
