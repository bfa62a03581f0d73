import { toBeijing } from '#base';

/** What else says the same as the sign that raised a warning. */
export interface Agreement {
  /** Since when the condition of the level has held, epoch ms; null where that is not known. */
  readonly since: number | null;
  /** When the sentence is said, epoch ms of the readings' clock. */
  readonly at: number;
  /** Points of the same element near by or at the same object that are past the same level. */
  readonly agreeing: number;
  /** Counting ended there: there may be more. */
  readonly mostCounted: number;
  /** Other kinds of source, each in a few words: `视频“积水”`. */
  readonly others: readonly string[];
}

const MINUTE_MS = 60_000;

/** `1小时雨量：1 小时累计 61.6 mm ≥ 50 mm（黄色），16:00 起，附近 3 个同类测点一致，另有视频“积水”`. */
export function withAgreement(sentence: string, agreement: Agreement): string {
  const { since, at, agreeing, mostCounted, others } = agreement;
  const parts = [
    since === null || at - since < MINUTE_MS ? '' : `${clockText(since, at)} 起`,
    agreeing === 0 ? '' : `附近 ${agreeing} 个${agreeing >= mostCounted ? '以上' : ''}同类测点一致`,
    others.length === 0 ? '' : `另有${others.join('、')}`,
  ];
  return [sentence, ...parts.filter((part) => part !== '')].join('，');
}

/** `16:00`, with its day where that is another one. */
function clockText(moment: number, at: number): string {
  const then = toBeijing(moment);
  const now = toBeijing(at);
  const minutes = Math.floor(then.msOfDay / MINUTE_MS);
  const clock = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return then.day === now.day && then.month === now.month ? clock : `${then.month}月${then.day}日 ${clock}`;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
