import type { Warning } from '#contract/warning';

/** It waits for somebody to see it: what is held back on purpose does not. */
export function isUnread({ alarmState }: Pick<Warning, 'alarmState'>): boolean {
  return alarmState === 'unacknowledged' || alarmState === 'rtn-unacknowledged';
}
