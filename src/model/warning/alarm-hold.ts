/**
 * What keeps a standing alarm from becoming, or feeding, a warning (ISA-18.2 §5.4, §11): `verify` it waits for an analyst,
 * `shelved` a person put it aside for a time, `suppressed` by design or by its cause, `out-of-service` its equipment is.
 */
export const HOLD_KINDS = ['verify', 'shelved', 'suppressed', 'out-of-service'] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

export const HOLD_KIND_TEXT: Readonly<Record<HoldKind, string>> = {
  verify: '待核实',
  shelved: '已搁置',
  suppressed: '已抑制',
  'out-of-service': '已停用',
};
