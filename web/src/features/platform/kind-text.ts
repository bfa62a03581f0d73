import type { Platform } from '#contract/platform';

export type PlatformKind = Platform['kind'];

export const KIND_TEXT: Readonly<Record<PlatformKind, string>> = {
  district: '区总平台',
  industry: '行业分平台',
  scenario: '专项场景',
  lingang: '临港分平台',
  town: '街镇平台',
  zone: '地域',
  village: '居村微平台',
};

/** In the order in which people name them. */
export const KINDS: readonly PlatformKind[] = [
  'district',
  'industry',
  'scenario',
  'lingang',
  'town',
  'village',
  'zone',
];
