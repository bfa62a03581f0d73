import type { Level } from '#model/warning';

/** What happened to a warning, as its room announced it. `at` is epoch ms; of a replayed warning by the recording's clock. */
export interface WarningHappening {
  readonly change: 'raised' | 'upgraded' | 'stepped-down' | 'normal';
  readonly warning: number;
  /** Level after the happening. */
  readonly level: Level;
  readonly at: number;
}
