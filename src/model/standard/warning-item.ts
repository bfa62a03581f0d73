/** 预警: risk is rising. 报警: it has happened. */
export const ITEM_KINDS = ['预警', '报警'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** Whether an alarm becomes a warning by itself, or after an analyst has verified it (核实). */
export const VERIFICATIONS = ['automatic', 'analyst'] as const;
export type Verification = (typeof VERIFICATIONS)[number];

/** 预警事项: what can happen to an object. Handbooks, warnings and statistics go by item and level. */
export interface WarningItemDefinition {
  /** `FLOOD.I01`; the number is that of the catalog's sign row. */
  readonly code: string;
  readonly name: string;
  readonly kind: ItemKind;
  readonly verification: Verification;
  readonly summary: string;
}
