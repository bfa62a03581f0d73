import { expect, test } from 'vitest';

import { hexBytes } from './bcd.ts';
import { ELEMENT_SYMBOLS } from './element-symbols.ts';
import { ELEMENTS } from './elements.ts';
import { parseBody } from './body.ts';
import { manualValues, stationNotes } from './notes.ts';

const brief = (text: string): string[] =>
  manualValues(text).map(({ element, value }) => `${element}=${value}`);

test('每个字符标识符都指着表 C.1 的一个要素，没有两个指着同一个', () => {
  const elements = [...ELEMENT_SYMBOLS.values()];
  expect(elements.filter((element) => !ELEMENTS.has(element))).toEqual([]);
  expect(new Set(elements).size).toBe(elements.length);
  const known = ['PJ', 'Z', 'VT', 'Q', 'PT', 'NH4N', 'CHLA', 'VIC'].map((symbol) =>
    ELEMENT_SYMBOLS.get(symbol),
  );
  expect(known).toEqual(['20', '39', '38', '27', '26', '4C', '57', '75']);
});

test('写明的要素取出值，分不清的、不认识的、像字的不猜', () => {
  expect(brief('Q 1.234')).toEqual(['27=1.234']);
  expect(brief('z=3.25，PJ：12.5 vt -1')).toEqual(['39=3.25', '20=12.5', '38=-1']);
  expect(brief('Q1 8 Q1.234')).toEqual(['28=8']);
  expect(brief('XX 5 水位Z 3.1 Z 3.1.2 Z 3m')).toEqual([]);
});

test('几个站的图文各归各站；没有观测时间的图片没有时刻，置数用发报时间', () => {
  const sentAt = '260701120000';
  const body = (rest: string) => {
    const outcome = parseBody({
      direction: 'up',
      code: 0x36,
      end: 'ETX',
      body: hexBytes(`0001${sentAt}${rest}`) ?? new Uint8Array(0),
    });
    if (outcome.kind === 'refused') throw new Error(outcome.reason);
    return outcome.body;
  };
  const frame = { direction: 'up', station: '0012345678' } as const;
  const noon = Date.UTC(2026, 6, 1, 4);
  expect(stationNotes(frame, body('F1F100000000AA48F0F02607011100F3F3FFD8'))).toEqual([
    {
      kind: 'picture',
      station: '00000000aa',
      observedAt: noon - 3_600_000,
      picture: Uint8Array.of(0xff, 0xd8),
    },
  ]);
  expect(stationNotes(frame, body('F3F3FFD8'))).toMatchObject([
    { station: '0012345678', observedAt: undefined },
  ]);
  expect(stationNotes(frame, body('F2F25A20332E31'))).toMatchObject([
    { kind: 'text', text: 'Z 3.1', observedAt: noon, values: [{ element: '39', value: 3.1 }] },
  ]);
  expect(stationNotes({ ...frame, direction: 'down' }, body('F2F25A'))).toEqual([]);
});
