import { WORK_ORDER_STATES, type WorkOrderState } from '#model/response';
import { type Level, LEVELS } from '#model/warning';

/** The filters of the desk list, as they stand in the address. Nothing said means orders that are not closed. */
export interface OrderSearch {
  readonly show?: 'overdue' | 'all';
  readonly state?: WorkOrderState;
  readonly level?: Level;
  readonly scenario?: string;
  readonly replay?: 'true' | 'false';
}

export function readOrderSearch(search: Record<string, unknown>): OrderSearch {
  const show = (['overdue', 'all'] as const).find((one) => one === search['show']);
  const state = WORK_ORDER_STATES.find((one) => one === search['state']);
  const level = LEVELS.find((one) => one === search['level']);
  const replay = (['true', 'false'] as const).find((one) => one === String(search['replay']));
  const scenario = search['scenario'];
  return {
    ...(show ? { show } : {}),
    ...(state ? { state } : {}),
    ...(level ? { level } : {}),
    ...(typeof scenario === 'string' && scenario !== '' ? { scenario } : {}),
    ...(replay ? { replay } : {}),
  };
}
