import {
  LOG_KINDS,
  type LogKind,
  NOTIFICATION_STATES,
  NOTIFICATION_WAYS,
  type NotificationState,
  type NotificationWay,
} from '#model/command';

type Raw = Record<string, unknown>;

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function id(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/** Drops what was not asked for, so that an address stays short. */
function given<Search extends object>(search: Search): Search {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== false),
  ) as Search;
}

export interface NowSearch {
  readonly platform?: string | undefined;
}

export function readNowSearch(raw: Raw): NowSearch {
  return given({ platform: word(raw['platform']) });
}

export interface RosterSearch {
  readonly roster?: number | undefined;
  /** `2026-11` */
  readonly month?: string | undefined;
}

export function readRosterSearch(raw: Raw): RosterSearch {
  const month = word(raw['month']);
  return given({
    roster: id(raw['roster']),
    month: month !== undefined && /^\d{4}-(?:0[1-9]|1[0-2])$/u.test(month) ? month : undefined,
  });
}

export interface HandoverSearch {
  readonly waiting?: boolean | undefined;
}

export function readHandoverSearch(raw: Raw): HandoverSearch {
  return given({ waiting: raw['waiting'] === true });
}

export interface LogSearch {
  readonly platform?: string | undefined;
  readonly below?: boolean | undefined;
  readonly kind?: LogKind | undefined;
  /** `2026-11-25`; absent: today. */
  readonly day?: string | undefined;
  readonly search?: string | undefined;
  readonly marked?: boolean | undefined;
  /** A line to begin at once, about a warning or an order. */
  readonly warning?: number | undefined;
  readonly workOrder?: number | undefined;
}

export function readLogSearch(raw: Raw): LogSearch {
  const day = word(raw['day']);
  return given({
    platform: word(raw['platform']),
    below: raw['below'] === true,
    kind: LOG_KINDS.find((kind) => kind === raw['kind']),
    day: day !== undefined && /^\d{4}-\d{2}-\d{2}$/u.test(day) ? day : undefined,
    search: word(raw['search']),
    marked: raw['marked'] === true,
    warning: id(raw['warning']),
    workOrder: id(raw['workOrder']),
  });
}

const TABS = ['people', 'teams', 'stores'] as const;
export type ContactTab = (typeof TABS)[number];

export interface ContactSearch {
  readonly tab?: ContactTab | undefined;
  readonly q?: string | undefined;
  readonly tag?: string | undefined;
}

export function readContactSearch(raw: Raw): ContactSearch {
  return given({
    tab: TABS.find((tab) => tab === raw['tab']),
    q: word(raw['q']),
    tag: word(raw['tag']),
  });
}

export type NotificationTab = 'log' | 'channels' | 'templates';
export interface NotificationSearch {
  readonly tab?: NotificationTab | undefined;
  readonly state?: NotificationState | undefined;
  readonly kind?: NotificationWay | undefined;
}

export function readNotificationSearch(raw: Raw): NotificationSearch {
  const tab = (['log', 'channels', 'templates'] as const).find((one) => one === raw['tab']);
  return given({
    tab,
    state: NOTIFICATION_STATES.find((one) => one === raw['state']),
    kind: NOTIFICATION_WAYS.find((one) => one === raw['kind']),
  });
}

export const REPORT_TABS = ['due', 'sent', 'received', 'flags', 'rules'] as const;
export type ReportTab = (typeof REPORT_TABS)[number];

export interface ReportSearch {
  readonly tab?: ReportTab | undefined;
  /** Of every platform in sight, not the own one alone. */
  readonly all?: boolean | undefined;
  readonly unsigned?: boolean | undefined;
  /** `YYYY-MM`, of what is to be assessed; absent: all. */
  readonly month?: string | undefined;
}

export function readReportSearch(raw: Raw): ReportSearch {
  return given({
    tab: REPORT_TABS.find((tab) => tab === raw['tab']),
    all: raw['all'] === true,
    unsigned: raw['unsigned'] === true,
    month: monthWord(raw['month']),
  });
}

function monthWord(raw: unknown): string | undefined {
  return typeof raw === 'string' && /^\d{4}-(?:0[1-9]|1[0-2])$/u.test(raw) ? raw : undefined;
}

export interface MatterSearch {
  /** The duty that is to be met: its form stands open. */
  readonly duty?: number | undefined;
}

export function readMatterSearch(raw: Raw): MatterSearch {
  return given({ duty: id(raw['duty']) });
}
