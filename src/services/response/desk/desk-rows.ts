import type { DeskOrder } from '#contract/command';
import type { WorkOrderState } from '#model/response';
import type { LevelLimits } from '#model/standard';

import type { DeadlineRow } from '../order-view.ts';

/** An open order with what the desk shows and the ladder asks. Moments are epoch ms. */
export interface DeskOrderRow {
  readonly id: number;
  readonly code: string;
  readonly object: DeskOrder['object'];
  readonly item: string;
  readonly scenario: number;
  readonly level: number;
  readonly state: WorkOrderState;
  readonly handler: string | null;
  readonly limits: LevelLimits;
  readonly overdue: boolean;
  readonly opened_at: number;
  readonly replay_session_id: number | null;
  readonly simulated: boolean;
}

/** A limit of it that runs or was kept. */
export type DeskDeadline = Pick<
  DeadlineRow,
  | 'work_order_id'
  | 'kind'
  | 'started_at'
  | 'due_at'
  | 'met_at'
  | 'overdue_at'
  | 'paused_at'
  | 'pauses'
  | 'red_at'
>;
