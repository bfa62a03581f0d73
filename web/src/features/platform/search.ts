import { platformKind } from '#contract/platform';

import type { PlatformKind } from './kind-text.ts';

// The filters of the lists as they stand in the address: a filtered list can be bookmarked and sent.

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isOn(value: unknown): boolean {
  return value === true || value === 'true';
}

function kindOf(value: unknown): PlatformKind | undefined {
  return platformKind.options.find((one) => one === value);
}

/** Without the parts that are not set. */
function given<Search extends object>(
  search: Search,
): {
  readonly [K in keyof Search]?: NonNullable<Search[K]>;
} {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== false),
  ) as { readonly [K in keyof Search]?: NonNullable<Search[K]> };
}

export interface TreeSearch {
  readonly kind?: PlatformKind;
}

export function readTreeSearch(search: Record<string, unknown>): TreeSearch {
  return given({ kind: kindOf(search['kind']) });
}

const PLATFORM_TABS = ['overview', 'children', 'objects', 'settings'] as const;
export type PlatformTab = (typeof PLATFORM_TABS)[number];
export interface PlatformSearch {
  readonly tab?: PlatformTab;
}

export function readPlatformSearch(search: Record<string, unknown>): PlatformSearch {
  return given({ tab: PLATFORM_TABS.find((one) => one === search['tab'] && one !== 'overview') });
}

export interface ResponsibilitySearch {
  readonly under?: string;
  readonly gaps?: boolean;
}

export function readResponsibilitySearch(search: Record<string, unknown>): ResponsibilitySearch {
  return given({ under: textOf(search['under']), gaps: isOn(search['gaps']) });
}

export interface ObjectSearch {
  readonly scenario?: string;
  readonly town?: string;
  readonly village?: string;
  readonly unit?: string;
  readonly approximate?: boolean;
  readonly retired?: boolean;
  /** The object whose drawer stands open. */
  readonly open?: number;
}

export function readObjectSearch(search: Record<string, unknown>): ObjectSearch {
  return given({
    scenario: textOf(search['scenario']),
    town: textOf(search['town']),
    village: textOf(search['village']),
    unit: textOf(search['unit']),
    approximate: isOn(search['approximate']),
    retired: isOn(search['retired']),
    open: Number(search['open']) > 0 ? Math.trunc(Number(search['open'])) : undefined,
  });
}

const IMPORT_KINDS = ['objects', 'units', 'platforms', 'ledger', 'population', 'dependencies'] as const;
export interface ImportSearch {
  readonly kind?: (typeof IMPORT_KINDS)[number];
}

export function readImportSearch(search: Record<string, unknown>): ImportSearch {
  return given({ kind: IMPORT_KINDS.find((one) => one === search['kind']) });
}
