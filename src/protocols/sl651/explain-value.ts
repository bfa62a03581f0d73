import { hexText } from './bcd.ts';
import { type BodyItem, definedBytes, definedDecimals } from './body.ts';
import { ELEMENTS, type SeriesShape, seriesShape, STATE_BITS, STATION_STATE, TIME_STEP } from './elements.ts';
import { codeText } from './frame.ts';
import { measuredText, type NoValue, parseTimeStep, seriesUnits, stateBit } from './value.ts';

/** 没有值的原因，写法与公开的报文样例一致。 */
const WHY_NULL: Readonly<Record<NoValue, string>> = {
  'all-f': 'all F: no data / illegal',
  'all-a': 'all A: vendor filler for no data (not in the standard)',
  'not-bcd': 'not BCD',
};

/** 一个要素或参数给 JSON 的形状；别的组返回 `undefined`。 */
export function explainValue(item: BodyItem, parameter: boolean): object | undefined {
  if (item.kind === 'identifier') return { id: item.id, def_: codeText(item.definition) };
  if (item.kind !== 'value' && item.kind !== 'uniform') return undefined;
  const { id, definition, raw } = item;
  const shown = {
    id,
    def: codeText(definition),
    bytes: definedBytes(definition),
    decimals: definedDecimals(definition),
    raw: hexText(raw),
  };
  if (parameter) return shown;
  const known = ELEMENTS.get(id);
  const named = known === undefined ? shown : { ...shown, name: known.name };
  return { ...named, ...contentOf(item) };
}

type Measured = Extract<BodyItem, { kind: 'value' | 'uniform' }>;

function contentOf(item: Measured): object {
  const { id, definition, raw } = item;
  const shape = seriesShape(id);
  if (id === TIME_STEP) return parseTimeStep(raw) ?? {};
  if (id === STATION_STATE) return { hex_status: hexText(raw), bits_set: bitsOf(raw) };
  if (shape !== undefined) return seriesOf(raw, shape);
  if (item.kind === 'uniform') return { values: groupsOf(raw, definition) };
  const measured = measuredText(raw, definedDecimals(definition));
  return measured.kind === 'value'
    ? { value: measured.text }
    : { value: null, why_null: WHY_NULL[measured.why] };
}

const bitsOf = (raw: Uint8Array): number[] =>
  [...STATE_BITS.keys()].filter((bit) => stateBit(raw, bit) === 1);

function seriesOf(raw: Uint8Array, { width, perUnit }: SeriesShape): object {
  const values = seriesUnits(raw, width).map((unit) => (unit === undefined ? null : unit / perUnit));
  return width === 1 ? { values_mm: values } : { values_m: values };
}

function groupsOf(raw: Uint8Array, definition: number): (string | null)[] {
  const width = definedBytes(definition);
  return Array.from({ length: raw.length / width }, (_, at) => {
    const measured = measuredText(raw.subarray(at * width, (at + 1) * width), definedDecimals(definition));
    return measured.kind === 'value' ? measured.text : null;
  });
}
