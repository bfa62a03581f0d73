import { unitText } from '#model/standard';

/** Beijing time, durations and numbers as people read them here, whatever the browser's zone or language. */
const PARTS = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

interface Civil {
  readonly date: string;
  readonly year: string;
  readonly time: string;
  readonly seconds: string;
}

function civil(at: number): Civil {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of PARTS.formatToParts(at)) parts[type] = value;
  const { year = '', month = '', day = '', hour = '', minute = '', second = '' } = parts;
  return { date: `${year}-${month}-${day}`, year, time: `${hour}:${minute}`, seconds: second };
}

/** `2024-09-19` */
export function formatDate(at: number): string {
  return civil(at).date;
}

/** `2024-09-19 17:00` */
export function formatDateTime(at: number): string {
  const { date, time } = civil(at);
  return `${date} ${time}`;
}

/** `17:00:05` */
export function formatClock(at: number): string {
  const { time, seconds } = civil(at);
  return `${time}:${seconds}`;
}

/** As short as stays clear: `17:00` today, `09-19 17:00` this year, else the whole date. */
export function formatShort(at: number, now: number): string {
  const then = civil(at);
  const today = civil(now);
  if (then.date === today.date) return then.time;
  if (then.year === today.year) return `${then.date.slice(5)} ${then.time}`;
  return `${then.date} ${then.time}`;
}

/** `2026-09` as people write it: `2026年9月`. */
export function formatMonth(month: string): string {
  return `${month.slice(0, 4)}年${Number(month.slice(5))}月`;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `45 秒`, `12 分`, `2 小时 5 分`, `3 天 4 小时`; the sign is dropped. */
export function formatDuration(ms: number): string {
  const span = Math.abs(ms);
  if (span < MINUTE) return `${Math.floor(span / SECOND)} 秒`;
  if (span < HOUR) return `${Math.floor(span / MINUTE)} 分`;
  if (span < DAY) return two(Math.floor(span / HOUR), '小时', Math.floor((span % HOUR) / MINUTE), '分');
  return two(Math.floor(span / DAY), '天', Math.floor((span % DAY) / HOUR), '小时');
}

function two(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}

/** A limit in minutes as it is said: `5 分钟`, `24 小时`. */
export function formatMinutes(minutes: number): string {
  return minutes % 60 === 0 && minutes > 0 ? `${minutes / 60} 小时` : `${minutes} 分钟`;
}

/** A spot on the ground, to the metre: `北纬 31.12800°，东经 121.55000°`. */
export function formatSpot({ lat, lon }: { readonly lat: number; readonly lon: number }): string {
  return `北纬 ${lat.toFixed(5)}°，东经 ${lon.toFixed(5)}°`;
}

/** How long ago, for lists: `刚刚`, `12 分前`; beyond two days (a recording's, too) the moment itself. */
export function formatAgo(at: number, now: number): string {
  const span = now - at;
  if (span >= 2 * DAY) return formatDateTime(at);
  return span < MINUTE ? '刚刚' : `${formatDuration(span)}前`;
}

const GROUPED = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 3 });

/** `1,583`, `0.25`; at most three decimals unless told otherwise. */
export function formatNumber(value: number, decimals?: number): string {
  if (decimals === undefined) return GROUPED.format(value);
  return new Intl.NumberFormat('zh-CN', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
}

/** `97.4%`; a share that does not exist is a dash. */
export function formatShare(share: number | null): string {
  return share === null ? '—' : `${formatNumber(share * 100, 1)}%`;
}

/** `0.28 m` */
export function formatValue(value: number, unit: string): string {
  const text = unitText(unit);
  return text === '' ? formatNumber(value) : `${formatNumber(value)} ${text}`;
}

/** What is left of a limit at `now`, counted from `from`. `share` is the used part, 0–1. */
export interface Remaining {
  readonly late: boolean;
  readonly text: string;
  readonly share: number;
}

export function remaining(limit: { readonly from: number; readonly dueAt: number }, now: number): Remaining {
  const left = limit.dueAt - now;
  const whole = limit.dueAt - limit.from;
  const used = whole <= 0 ? 1 : (now - limit.from) / whole;
  const share = Math.min(1, Math.max(0, used));
  if (left < 0) return { late: true, text: `已超 ${formatDuration(left)}`, share: 1 };
  return { late: false, text: `还剩 ${formatDuration(left)}`, share };
}
