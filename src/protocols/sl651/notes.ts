import type { NotedValue } from '#model/monitoring';

import { hexText } from './bcd.ts';
import type { Body } from './body.ts';
import { ELEMENT_SYMBOLS } from './element-symbols.ts';
import { ELEMENTS } from './elements.ts';
import type { Frame } from './frame.ts';
import { manualText } from './manual-text.ts';
import { parseStationTime } from './station-clock.ts';

interface Noted {
  /** 它所属的遥测站，10 位小写十六进制。 */
  readonly station: string;
  /** 纪元毫秒：观测时间；人工置数报没有这一项，是发报时间。读不出为 `undefined`。 */
  readonly observedAt: number | undefined;
}

/** 报文里数以外的内容：图片（原样字节）或人工置数的文字。 */
export type StationNote =
  | (Noted & { readonly kind: 'picture'; readonly picture: Uint8Array })
  | (Noted & { readonly kind: 'text'; readonly text: string; readonly values: readonly NotedValue[] });

/** 一份上行报文里的图片与人工置数，按报文次序；下行没有。 */
export function stationNotes(frame: Pick<Frame, 'direction' | 'station'>, body: Body): StationNote[] {
  const notes: StationNote[] = [];
  if (frame.direction === 'down') return notes;
  let station = frame.station;
  let stated: number | undefined;
  let isStated = false;
  for (const item of body.items) {
    if (item.kind === 'station') {
      station = hexText(item.raw).toLowerCase();
      isStated = false;
    } else if (item.kind === 'observed') {
      stated = parseStationTime(item.raw);
      isStated = true;
    } else if (item.kind === 'picture') {
      notes.push({ kind: 'picture', station, observedAt: isStated ? stated : undefined, picture: item.raw });
    } else if (item.kind === 'manual') {
      const text = manualText(item.raw).trim();
      const observedAt = isStated ? stated : parseStationTime(body.sentAt);
      notes.push({ kind: 'text', station, observedAt, text, values: manualValues(text) });
    }
  }
  return notes;
}

/**
 * 文字里以要素标识符写明的值，如 `Q 1.234 Z=3.25`：标识符与值之间要有空格、等号或冒号，`Q1.234` 可以是 Q 也可以是
 * Q1，不猜。不认识的标识符只留在文字里。
 */
export function manualValues(text: string): NotedValue[] {
  return [...text.matchAll(VALUES)].flatMap(([, symbol = '', digits]) => {
    const element = ELEMENT_SYMBOLS.get(symbol.toUpperCase());
    const known = element === undefined ? undefined : ELEMENTS.get(element);
    if (element === undefined || known === undefined) return [];
    return [{ element, name: known.name, value: Number(digits), unit: known.unit }];
  });
}

const VALUES =
  /(?<![\p{L}\d])([a-z]{1,6}\d{0,3})\s{0,4}[ =:：]\s{0,8}(-?\d{1,12}(?:\.\d{1,6})?)(?![\d.\p{L}])/giu;
