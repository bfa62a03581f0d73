import type { CoverageLack } from '#contract/standard';

/** The object, the name in the ledger, or the kind where only a figure is known. */
export function nameOf({ object, ledger, kindName }: CoverageLack): string {
  return object?.name ?? ledger?.name ?? kindName ?? '';
}
