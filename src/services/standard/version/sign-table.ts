import {
  type Basis,
  BASIS_TAGS,
  type LevelThreshold,
  type Limit,
  type Sign,
  SIGN_LEVELS,
  type SignLevel,
} from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';

/** A cell of a sheet, as a file holds it. */
export type SheetCell = string | number | boolean | Date | null;

/** One column of the sign table: what it shows of a sign, and what a text in it makes of one (a sentence where it cannot). */
interface SignColumn {
  readonly header: string;
  readonly show: (sign: Sign) => string | number | null;
  readonly take: (sign: Sign, text: string) => Sign | string;
}

const LONGEST_TEXT = 2000;
const VERIFIED = { 是: true, 否: false } as const;

export const CODE_HEADER = '体征编码';

/**
 * The columns that a sheet may change. What a sign compares, of which element and for which item, is its structure and is edited
 * on its page.
 */
export const SIGN_COLUMNS: readonly SignColumn[] = [
  {
    header: '体征名称',
    show: ({ name }) => name,
    take: (sign, name) => (name === '' ? '体征名称不能空着' : { ...sign, name }),
  },
  {
    header: '单位',
    show: ({ unit }) => unit,
    take: (sign, unit) => ({ ...sign, unit }),
  },
  ...SIGN_LEVELS.flatMap(levelColumns),
  {
    header: '回差',
    show: ({ deadband }) => deadband,
    take: (sign, text) => {
      const deadband = numberOf(text);
      return deadband === undefined || deadband < 0 ? '须是不小于 0 的数' : { ...sign, deadband };
    },
  },
  {
    header: '恢复延时（秒）',
    show: ({ offDelaySeconds }) => offDelaySeconds,
    take: (sign, text) => {
      const offDelaySeconds = secondsOf(text);
      return offDelaySeconds === undefined ? '须是不小于 0 的整秒数' : { ...sign, offDelaySeconds };
    },
  },
  basisColumn('依据标签', {
    show: ({ tag }) => tag,
    take: (basis, text) => {
      const tag = BASIS_TAGS.find((one) => one === text);
      return tag === undefined ? `须是 ${BASIS_TAGS.join('、')} 之一` : { ...basis, tag };
    },
  }),
  basisColumn('依据文件', {
    show: ({ document }) => document,
    take: (basis, document) => (document === '' ? '依据文件不能空着' : { ...basis, document }),
  }),
  ...(['clause', 'url', 'note'] as const).map((name) =>
    basisColumn({ clause: '依据条款', url: '依据网址', note: '依据备注' }[name], {
      show: (basis) => basis[name] ?? null,
      take: (basis, text) => {
        const { [name]: _old, ...others } = basis;
        return text === '' ? others : { ...others, [name]: text };
      },
    }),
  ),
  basisColumn('已核实', {
    show: ({ verified }) => (verified ? '是' : '否'),
    take: (basis, text) =>
      text === '是' || text === '否' ? { ...basis, verified: VERIFIED[text] } : '须是“是”或“否”',
  }),
];

/** The text of a cell as it is read; what no table can hold is left out. Undefined for one that is too long. */
export function textOf(cell: SheetCell | undefined): string | undefined {
  if (cell === null || cell === undefined) return '';
  const text = (cell instanceof Date ? cell.toISOString() : String(cell))
    .toWellFormed()
    .replaceAll('\u0000', '')
    .trim();
  // Set before what a spreadsheet would take for a formula.
  const plain = /^'[=+\-@]/u.test(text) ? text.slice(1) : text;
  return plain.length > LONGEST_TEXT ? undefined : plain;
}

function basisColumn(
  header: string,
  of: {
    readonly show: (basis: Basis) => string | null;
    readonly take: (basis: Basis, text: string) => Basis | string;
  },
): SignColumn {
  return {
    header,
    show: ({ basis }) => of.show(basis),
    take: (sign, text) => {
      const basis = of.take(sign.basis, text);
      return typeof basis === 'string' ? basis : { ...sign, basis };
    },
  };
}

/** A level whose limit is empty does not exist. A new one has no hold unless told; its ground is the sign's. */
function levelColumns(level: SignLevel): readonly SignColumn[] {
  const color = LEVEL_TEXT[level];
  return [
    {
      header: `${color}限值`,
      show: ({ levels }) => shownLimit(levels[level]?.limit),
      take: (sign, text) => {
        if (text === '') {
          const { [level]: _gone, ...levels } = sign.levels;
          return { ...sign, levels };
        }
        const limit = limitOf(text);
        if (limit === undefined) return NO_LIMIT;
        return {
          ...sign,
          levels: { ...sign.levels, [level]: { onDelaySeconds: 0, ...sign.levels[level], limit } },
        };
      },
    },
    {
      header: `${color}下限`,
      show: ({ levels }) => shownLimit(levels[level]?.lower),
      take: (sign, text) => {
        const held = sign.levels[level];
        if (held === undefined) return text === '' ? sign : `没有${color}限值，不能有下限`;
        const { lower: _old, ...others } = held;
        if (text === '') return { ...sign, levels: { ...sign.levels, [level]: others } };
        const lower = limitOf(text);
        return lower === undefined
          ? NO_LIMIT
          : { ...sign, levels: { ...sign.levels, [level]: { ...others, lower } } };
      },
    },
    ...(['from', 'to'] as const).map((end): SignColumn => ({
      header: `${color}对象可设${end === 'from' ? '下端' : '上端'}`,
      show: ({ levels }) => shownLimit(levels[level]?.own?.[end]),
      take: (sign, text) => takeOwnEnd(sign, { level, end }, text),
    })),
    {
      header: `${color}持续（秒）`,
      show: ({ levels }) => levels[level]?.onDelaySeconds ?? null,
      take: (sign, text) => {
        const held = sign.levels[level];
        if (held === undefined) return text === '' ? sign : `没有${color}限值，不能有持续时间`;
        const onDelaySeconds = text === '' ? held.onDelaySeconds : secondsOf(text);
        if (onDelaySeconds === undefined) return '须是不小于 0 的整秒数';
        return { ...sign, levels: { ...sign.levels, [level]: { ...held, onDelaySeconds } } };
      },
    },
  ];
}

/** One end of the range for objects' own limits. The lower end comes first: it opens the range, or, when empty, takes it away. */
function takeOwnEnd(
  sign: Sign,
  { level, end }: { readonly level: SignLevel; readonly end: 'from' | 'to' },
  text: string,
): Sign | string {
  const held = sign.levels[level];
  if (held === undefined) return text === '' ? sign : `没有${LEVEL_TEXT[level]}限值，不能有对象可设范围`;
  const { own, ...others } = held;
  const put = (cell: LevelThreshold): Sign => ({ ...sign, levels: { ...sign.levels, [level]: cell } });
  if (text === '') return end === 'from' || own === undefined ? put(others) : HALF_RANGE;
  const limit = limitOf(text);
  if (limit === undefined) return NO_LIMIT;
  if (end === 'from') return put({ ...others, own: { from: limit, to: own?.to ?? limit } });
  return own === undefined ? HALF_RANGE : put({ ...others, own: { from: own.from, to: limit } });
}

const HALF_RANGE = '对象可设范围须有下端和上端，或两个都空着';
const NO_LIMIT = '须是数，或对象参数，如 FLOOD.W_STAGE × 1.2 + 0.5';

/** A number, or `PARAMETER × times + plus`. */
function shownLimit(limit: Limit | undefined): string | number | null {
  if (limit === undefined) return null;
  if (typeof limit === 'number') return limit;
  const times = limit.times === undefined ? '' : ` × ${limit.times}`;
  const plus = limit.plus === undefined ? '' : ` ${limit.plus < 0 ? '-' : '+'} ${Math.abs(limit.plus)}`;
  return `${limit.parameter}${times}${plus}`;
}

const NUMBER = String.raw`\d+(?:\.\d+)?(?:e[+-]?\d+)?`;
const LIMIT_PATTERN = new RegExp(
  String.raw`^([A-Z]{1,20}\.[A-Z0-9_]{1,39})(?:\s*[×xX*]\s*(-?${NUMBER}))?(?:\s*([+\-−])\s*(${NUMBER}))?$`,
  'u',
);

function limitOf(text: string): Limit | undefined {
  const number = numberOf(text);
  if (number !== undefined) return number;
  const [, parameter, times, sign, plus] = LIMIT_PATTERN.exec(text) ?? [];
  if (parameter === undefined) return undefined;
  return {
    parameter,
    ...(times === undefined ? {} : { times: Number(times) }),
    ...(plus === undefined ? {} : { plus: Number(plus) * (sign === '+' ? 1 : -1) }),
  };
}

function numberOf(text: string): number | undefined {
  if (!new RegExp(`^[+-]?${NUMBER}$`, 'u').test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

const MOST_SECONDS = 2_147_483_647;

function secondsOf(text: string): number | undefined {
  const number = numberOf(text);
  return number !== undefined && Number.isInteger(number) && number >= 0 && number <= MOST_SECONDS
    ? number
    : undefined;
}
