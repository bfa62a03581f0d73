import { WORK_ORDER_STATES, type WorkOrderState } from '#model/response';
import { type Level, LEVELS } from '#model/warning';

/** The filters of the desk list, as they stand in the address. Nothing said means orders that are not closed. */
export interface OrderSearch {
  readonly show?: 'overdue' | 'all';
  readonly state?: WorkOrderState;
  readonly level?: Level;
  readonly scenario?: string;
  readonly replay?: 'true' | 'false';
  /** Closed in this month (`2026-11`) by this unit, at once or not: what a number of 结案质量 opens to. */
  readonly closedIn?: string;
  readonly unit?: string;
  readonly firstPass?: 'true' | 'false';
}

export function readOrderSearch(search: Record<string, unknown>): OrderSearch {
  const show = (['overdue', 'all'] as const).find((one) => one === search['show']);
  const state = WORK_ORDER_STATES.find((one) => one === search['state']);
  const level = LEVELS.find((one) => one === search['level']);
  const replay = (['true', 'false'] as const).find((one) => one === String(search['replay']));
  const firstPass = (['true', 'false'] as const).find((one) => one === String(search['firstPass']));
  const [scenario, closedIn, unit] = [search['scenario'], search['closedIn'], search['unit']];
  return {
    ...(show ? { show } : {}),
    ...(state ? { state } : {}),
    ...(level ? { level } : {}),
    ...(typeof scenario === 'string' && scenario !== '' ? { scenario } : {}),
    ...(replay ? { replay } : {}),
    ...(typeof closedIn === 'string' && /^\d{4}-\d{2}$/u.test(closedIn) ? { closedIn } : {}),
    ...(typeof unit === 'string' && unit !== '' ? { unit } : {}),
    ...(firstPass ? { firstPass } : {}),
  };
}
