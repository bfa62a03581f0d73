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
export type HeldState = Extract<AlarmState, 'shelved' | 'suppressed-by-design' | 'out-of-service'>;

export interface AlarmFacts {
  readonly state: WarningState;
  readonly acknowledged: boolean;
  /** Set where all that would still speak for it is held back; the strongest hold, see {@link strongestHold}. */
  readonly held: HeldState | null;
}

/** What is held back is told as that; closed is normal whether or not anybody signed for it: its order was worked on. */
export function alarmStateOf({ state, acknowledged, held }: AlarmFacts): AlarmState {
  if (state === 'closed') return 'normal';
  if (held !== null) return held;
  if (state === 'open') return acknowledged ? 'acknowledged' : 'unacknowledged';
  return acknowledged ? 'normal' : 'rtn-unacknowledged';
}

/** Of several holds that one which would have to end last: out of service before by design before shelved. */
export function strongestHold(held: readonly HeldState[]): HeldState | null {
  return STRONGEST_FIRST.find((state) => held.includes(state)) ?? null;
}

const STRONGEST_FIRST: readonly HeldState[] = ['out-of-service', 'suppressed-by-design', 'shelved'];
