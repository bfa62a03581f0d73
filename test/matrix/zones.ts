/**
 * Three corners of the district: a village of 张江, the scenario 防汛防台 elsewhere, and a third that neither a seat of 张江
 * nor one of 防汛防台 reaches.
 */
export const ZONES = ['town', 'flood', 'far'] as const;
export type Zone = (typeof ZONES)[number];
/** Where seats sit: in the first two. */
export const SEAT_ZONES = ['town', 'flood'] as const;
export type SeatZone = (typeof SEAT_ZONES)[number];

interface Corner {
  readonly scenario: string;
  /** Of an item that needs no verification, and a value that is red at once. */
  readonly element: string;
  readonly value: number;
  /** A sign that watches it. */
  readonly sign: string;
  /** Where its objects stand. */
  readonly where: { readonly town: string } | { readonly village: string };
  /** The platform that its people and rosters belong to. */
  readonly platform: string;
  /** What somebody who works there does. */
  readonly hand: 'handler' | 'village-handler';
  /** Stands in the name of everything that is made there, so that a page can be searched for it. */
  readonly mark: string;
}

export const CORNERS: Readonly<Record<Zone, Corner>> = {
  town: {
    scenario: 'GAS',
    element: 'GAS.THIRD',
    value: 4,
    sign: 'GAS.S07',
    where: { village: '310115125001' },
    platform: '310115125001',
    hand: 'village-handler',
    mark: '〔张江内〕',
  },
  flood: {
    scenario: 'FLOOD',
    element: 'FLOOD.UNDERPASS',
    value: 45,
    sign: 'FLOOD.S06',
    where: { town: '310115103' },
    platform: 'FLOOD',
    hand: 'handler',
    mark: '〔防汛内〕',
  },
  far: {
    scenario: 'GAS',
    element: 'GAS.THIRD',
    value: 4,
    sign: 'GAS.S07',
    where: { village: '310115103001' },
    platform: '310115103001',
    hand: 'village-handler',
    mark: '〔远处〕',
  },
};

/** A line of the base ledger that counts in a zone. */
export function ledgerLine(zone: Zone): object {
  const { scenario, where } = CORNERS[zone];
  const place = 'town' in where ? where : { town: where.village.slice(0, 9), village: where.village };
  return { kind: `${scenario}.K01`, ...place, quantity: 1, source: '台账', asOf: '2026-01-01' };
}

/** A platform of each seat zone whose subtree holds the zone. */
export const SEATS_AT: Readonly<Record<SeatZone, string>> = { town: '310115125', flood: 'FLOOD' };
