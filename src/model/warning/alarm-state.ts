import type { WarningState } from './warning.ts';

/**
 * How a warning stands as an operator sees it (ISA-18.2—2016 clause 5.2.3, the state model of alarms): whether what
 * raised it still holds, whether anybody has seen it, and whether it is held back on purpose. The latched states are
 * left out: nothing here is latched.
 */
export const ALARM_STATES = [
  'unacknowledged',
  'acknowledged',
  'rtn-unacknowledged',
  'normal',
  'shelved',
  'suppressed-by-design',
  'out-of-service',
] as const;
export type AlarmState = (typeof ALARM_STATES)[number];

export const ALARM_STATE_TEXT: Readonly<Record<AlarmState, string>> = {
  unacknowledged: '未签收',
  acknowledged: '已签收',
  'rtn-unacknowledged': '已恢复，未签收',
  normal: '正常',
  shelved: '已搁置',
  'suppressed-by-design': '按设计抑制',
  'out-of-service': '停用',
};

/** On purpose held back: by a person for a while, by a rule, or because it is being worked on. */
export const HELD_STATES = [
  'shelved',
  'suppressed-by-design',
  'out-of-service',
] as const satisfies readonly AlarmState[];
export type HeldState = (typeof HELD_STATES)[number];

export interface AlarmFacts {
  readonly state: WarningState;
  readonly acknowledged: boolean;
  /** Set where all that would still speak for it is held back: the hold that would have to end last. */
  readonly held: HeldState | null;
}

/** What is held back is told as that; closed is normal whether or not anybody signed for it: its order was worked on. */
export function alarmStateOf({ state, acknowledged, held }: AlarmFacts): AlarmState {
  if (state === 'closed') return 'normal';
  if (held !== null) return held;
  if (state === 'open') return acknowledged ? 'acknowledged' : 'unacknowledged';
  return acknowledged ? 'normal' : 'rtn-unacknowledged';
}
