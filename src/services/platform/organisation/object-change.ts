/** An object as it is held, every column an import may change. */
export interface HeldRow {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly scenarios: number[];
  readonly lat: number;
  readonly lon: number;
  readonly place: number;
  readonly town: string | null;
  readonly village: string | null;
  readonly place_approximate: boolean;
  readonly address: string | null;
  readonly owner: string | null;
  readonly operator: string | null;
  readonly maintainer: string | null;
  readonly owner_unit: number | null;
  readonly operator_unit: number | null;
  readonly maintainer_unit: number | null;
  readonly retired: boolean;
  readonly has_points: boolean;
}

/** An object as an import leaves it; `before` is null for a new one. */
export interface ObjectChange {
  readonly before: HeldRow | null;
  readonly after: Omit<HeldRow, 'id' | 'retired' | 'has_points'>;
}
