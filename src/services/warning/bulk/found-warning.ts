import type { FalseAlarmReason, WarningState } from '#model/warning';

/** A warning that is acted on with others, locked. */
export interface FoundWarning {
  readonly id: number;
  readonly object: number;
  readonly item: string;
  readonly place: number;
  readonly scenario: number;
  readonly level: number;
  readonly state: WarningState;
  readonly acknowledged_by: string | null;
  readonly false_alarm: FalseAlarmReason | null;
}

/** What is asked, and those it can be done to. */
export interface Act<Asked> {
  readonly body: Asked;
  readonly acted: readonly FoundWarning[];
}
