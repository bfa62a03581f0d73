import type { WarningDetail } from '#contract/warning';

/** An alarm behind a warning, with the sign that raised it. */
export type Evidence = WarningDetail['evidence'][number];

export type Measured = Evidence['sign']['measure'];
