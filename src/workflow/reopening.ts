import type { WarningState } from '#model/warning';

const WITHIN_MS = 24 * 3_600_000;

/** A warning of which it is asked whether it may be opened again (重开). */
export interface Reopenable {
  readonly state: WarningState;
  /** Epoch ms. */
  readonly closedAt: number | null;
  /** The warning in which it goes on already. */
  readonly again: number | null;
  /** The one that stands for the same object and item. */
  readonly open: number | null;
}

/** Why it is not opened again, as a person would say it; undefined where it is. `now` is epoch ms. */
export function reopenFault({ state, closedAt, again, open }: Reopenable, now: number): string | undefined {
  if (state !== 'closed' || closedAt === null) return '它还没有结案，可以直接处理';
  if (again !== null) return `它已经重开为预警 #${again}`;
  if (open !== null) return `同一对象、同一事项已有生效的预警 #${open}，请在那一条上处理`;
  if (now - closedAt > WITHIN_MS) return '结案已超过 24 小时，条件再成立时会另成一条新的预警';
  return undefined;
}
