import { type ModbusException, readAlone, type ReadRange } from '#protocols/modbus';

import type { Answer, Link } from './link.ts';

/** 一轮读来的：回答了的、被设备拒绝的、中途断掉的原因，以及下一轮该怎么读。 */
export interface RoundRead {
  readonly answers: readonly { readonly range: ReadRange; readonly data: Uint8Array }[];
  readonly exceptions: readonly ModbusException[];
  readonly lost: Extract<Answer, { kind: 'lost' }>['reason'] | undefined;
  readonly ranges: readonly ReadRange[];
}

/**
 * 一个接一个地读。并在一起读而被拒（02、03）时，可能只是夹着设备没有的地址：拆开逐个再读，
 * 以后也这样读；只有单独读仍被拒的才算拒收。
 */
export async function readRanges(
  link: Pick<Link, 'read'>,
  unit: number,
  ranges: readonly ReadRange[],
): Promise<RoundRead> {
  const queue = [...ranges];
  const answers: { range: ReadRange; data: Uint8Array }[] = [];
  const exceptions: ModbusException[] = [];
  const settled: ReadRange[] = [];
  for (let range = queue.shift(); range !== undefined; range = queue.shift()) {
    const answer = await link.read(unit, range);
    if (answer.kind === 'lost') {
      return { answers, exceptions, lost: answer.reason, ranges: [...settled, range, ...queue] };
    }
    const pieces = answer.kind === 'exception' && isOfAddress(answer.reason) ? readAlone(range) : [];
    if (pieces.length > 1) {
      queue.unshift(...pieces);
      continue;
    }
    settled.push(range);
    if (answer.kind === 'data') answers.push({ range, data: answer.data });
    else exceptions.push(answer.reason);
  }
  return { answers, exceptions, lost: undefined, ranges: settled };
}

const isOfAddress = (reason: ModbusException): boolean =>
  reason === 'illegal-data-address' || reason === 'illegal-data-value';
