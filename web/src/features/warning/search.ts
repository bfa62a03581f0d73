import {
  ALARM_STATES,
  type AlarmState,
  type Level,
  LEVELS,
  WARNING_STATES,
  type WarningState,
} from '#model/warning';

/** 生效预警, 待核实, 搁置与抑制, 连带影响, 预警绩效. */
const TAB_KEYS = ['open', 'verify', 'held', 'reach', 'performance'] as const;
export type TabKey = (typeof TAB_KEYS)[number];

const SPAN = /^(24h|7d|30d|\d{4}-(0[1-9]|1[0-2]))$/u;

/** The filters of the list, as they stand in the address: a filtered list can be bookmarked and sent. */
export interface WarningSearch {
  readonly tab?: TabKey;
  readonly level?: Level;
  readonly state?: WarningState;
  readonly alarmState?: AlarmState;
  readonly scenario?: string;
  readonly replay?: 'true' | 'false';
  /** Rows, or cards. */
  readonly view?: 'cards';
  /** Of 预警绩效: the desk, and `24h`, `7d`, `30d` or a month. */
  readonly desk?: string;
  readonly span?: string;
}

export function readWarningSearch(search: Record<string, unknown>): WarningSearch {
  const tab = TAB_KEYS.find((one) => one === search['tab']);
  const level = LEVELS.find((one) => one === search['level']);
  const state = WARNING_STATES.find((one) => one === search['state']);
  const alarmState = ALARM_STATES.find((one) => one === search['alarmState']);
  const replay = (['true', 'false'] as const).find((one) => one === String(search['replay']));
  const scenario = search['scenario'];
  return {
    ...(tab ? { tab } : {}),
    ...(level ? { level } : {}),
    ...(state ? { state } : {}),
    ...(alarmState ? { alarmState } : {}),
    ...(typeof scenario === 'string' && scenario !== '' ? { scenario } : {}),
    ...(replay ? { replay } : {}),
    ...(search['view'] === 'cards' ? { view: 'cards' } : {}),
    ...(typeof search['desk'] === 'string' && search['desk'] !== '' ? { desk: search['desk'] } : {}),
    ...(SPAN.test(String(search['span'])) ? { span: String(search['span']) } : {}),
  };
}
