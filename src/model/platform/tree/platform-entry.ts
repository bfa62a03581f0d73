/** What a node of the tree is. A `zone` is territory only: it has no platform and is not counted as one. */
export const PLATFORM_KINDS = [
  'district',
  'industry',
  'scenario',
  'lingang',
  'town',
  'zone',
  'village',
] as const;
export type PlatformKind = (typeof PLATFORM_KINDS)[number];

/** One line of `standards/platforms.json`. */
export interface PlatformEntry {
  /** `PD`, `industry.fire`, `FLOOD`, `lingang`, or the statistical code of a town (9 digits) or village (12). */
  readonly code: string;
  readonly name: string;
  readonly kind: PlatformKind;
  /** The platform it reports to; null for the district. */
  readonly parent: string | null;
  /** 牵头部门 of a scenario or sub-platform. */
  readonly department?: string;
  /** 运营单位, where it is not the department. */
  readonly unit?: string;
  /** 技术保障单位. */
  readonly technicalUnit?: string;
  /** The regulation does not name it: derived from its annex, to be confirmed. */
  readonly inferred?: true;
  /** Code of the scenario whose standard it owns. */
  readonly scenario?: string;
  /** A town that lies in the Lingang new area. */
  readonly lingang?: true;
  /** Centre, WGS 84, rounded to 0.01°. */
  readonly lat?: number;
  readonly lon?: number;
  /** Pre-order number with gaps; everything inside lies in [place, placeTo]. */
  readonly place: number;
  readonly placeTo: number;
  readonly note?: string;
}

/** How many platforms the regulation counts, how many are held, and in words what is missing. */
export interface PlatformCounts {
  readonly regulation: Readonly<Record<PlatformTier | 'total', number>>;
  readonly held: Readonly<Record<PlatformTier | 'total', number>>;
  readonly zones: number;
  readonly missing: string;
}

export type PlatformTier = Exclude<PlatformKind, 'zone'>;

/** The content of `standards/platforms.json`. */
export interface PlatformFile {
  readonly source: string;
  readonly attribution: string;
  readonly counts: PlatformCounts;
  readonly notes: readonly string[];
  readonly platforms: readonly PlatformEntry[];
}
