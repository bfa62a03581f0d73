import { type Level, LEVELS, WARNING_STATES, type WarningState } from '#model/warning';

/** The filters of the list, as they stand in the address: a filtered list can be bookmarked and sent. */
export interface WarningSearch {
  readonly level?: Level;
  readonly state?: WarningState;
  readonly scenario?: string;
  readonly replay?: 'true' | 'false';
}

export function readWarningSearch(search: Record<string, unknown>): WarningSearch {
  const level = LEVELS.find((one) => one === search['level']);
  const state = WARNING_STATES.find((one) => one === search['state']);
  const replay = (['true', 'false'] as const).find((one) => one === String(search['replay']));
  const scenario = search['scenario'];
  return {
    ...(level ? { level } : {}),
    ...(state ? { state } : {}),
    ...(typeof scenario === 'string' && scenario !== '' ? { scenario } : {}),
    ...(replay ? { replay } : {}),
  };
}
