import type { HoldKind } from '#model/warning';

/** What keeps an alarm back. `by` names the thing that does (`shelf/12`); `until` is epoch ms, null where no end is known. */
export interface Hold {
  readonly kind: HoldKind;
  readonly by: string;
  /** One sentence a person would say. */
  readonly reason: string;
  readonly until: number | null;
  /** The highest level it holds, 1 blue … 4 red; what is worse goes through. Absent: whatever the level. */
  readonly upTo?: number;
}

/** A hold that is open or was: as its row says. */
export interface KeptHold {
  readonly id: number;
  readonly kind: HoldKind;
  readonly by: string;
  readonly open: boolean;
}

export interface Admission {
  /** Holds to open. */
  readonly opened: readonly Hold[];
  /** Open ones that hold no longer. */
  readonly ended: readonly KeptHold[];
  /** Whether the alarm may feed a warning. */
  readonly admitted: boolean;
  /** What would hold it, were it not worse than that holds. */
  readonly passed: readonly Hold[];
}

/**
 * Whether an alarm that stands goes through, when `holds` is what holds it now and `kept` what its rows say. An alarm that
 * feeds a warning already is never taken out of it again: a warning that is put aside stays a warning (decision 0026).
 */
export function admitAlarm(
  alarm: { readonly feedsWarning: boolean; readonly kept: readonly KeptHold[]; readonly level: number },
  holds: readonly Hold[],
): Admission {
  const passed = holds.filter(({ upTo = alarm.level }) => alarm.level > upTo);
  const standing = alarm.feedsWarning ? [] : holds.filter((hold) => !passed.includes(hold));
  const open = alarm.kept.filter((one) => one.open);
  return {
    opened: standing.filter((hold) => !open.some((one) => isSame(one, hold))),
    ended: open.filter((one) => !standing.some((hold) => isSame(one, hold))),
    admitted: standing.length === 0,
    passed,
  };
}

function isSame(one: KeptHold, hold: Hold): boolean {
  return one.kind === hold.kind && one.by === hold.by;
}
