import type { Group, Segment } from './segment.ts';

/** 一个数据段摊开来看：给人和给 JSON 的形状；重复的名取第一个，全部内容在 `cp`。 */
export interface Explanation {
  readonly header: Readonly<Record<string, string>>;
  readonly cp: readonly Group[];
  /** 因子编码 → 后缀 → 值；`a34004-Rtd=1` 记作 `{a34004: {Rtd: '1'}}`。 */
  readonly factors: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** 没有后缀的项。 */
  readonly cp_fields: Readonly<Record<string, string>>;
  readonly flag?: {
    readonly value: number;
    readonly version_bits: number;
    readonly version: string;
    readonly split: boolean;
    readonly needs_answer: boolean;
  };
}

const VERSIONS: Readonly<Record<number, string>> = {
  0: 'HJ/T 212-2005',
  1: 'HJ 212-2017',
  2: 'HJ 212-2025 (or, with ST=21, the 2017 surface-water profile)',
};

const FIELD_NAMES = new Map(
  ['QN', 'ST', 'CN', 'PW', 'MN', 'Flag', 'PNUM', 'PNO'].map((name) => [name.toLowerCase(), name]),
);

export function explainSegment(segment: Segment): Explanation {
  const header = new Map<string, string>();
  for (const [name, value] of segment.fields) {
    keepFirst(header, FIELD_NAMES.get(name.toLowerCase()) ?? name, value);
  }
  const factors = new Map<string, Map<string, string>>();
  const plain = new Map<string, string>();
  for (const [name, value] of segment.groups.flat()) {
    const { factor, field } = splitName(name);
    if (field === undefined) keepFirst(plain, name, value);
    else keepFirst(fieldsOf(factors, factor), field, value);
  }
  const explanation = {
    header: Object.fromEntries(header),
    cp: segment.groups,
    factors: Object.fromEntries([...factors].map(([factor, fields]) => [factor, Object.fromEntries(fields)])),
    cp_fields: Object.fromEntries(plain),
  };
  const { flag } = segment;
  if (flag === undefined) return explanation;
  const version = VERSIONS[flag.version] ?? `unknown (version bits ${flag.version})`;
  return {
    ...explanation,
    flag: {
      value: flag.value,
      version_bits: flag.version,
      version,
      split: flag.split,
      needs_answer: flag.needsAnswer,
    },
  };
}

function keepFirst(map: Map<string, string>, name: string, value: string): void {
  if (!map.has(name)) map.set(name, value);
}

function fieldsOf(factors: Map<string, Map<string, string>>, factor: string): Map<string, string> {
  const known = factors.get(factor);
  if (known !== undefined) return known;
  const fields = new Map<string, string>();
  factors.set(factor, fields);
  return fields;
}

/** `a34004-Rtd` → 因子 `a34004`、后缀 `Rtd`；没有后缀时 `field` 为 `undefined`。 */
function splitName(name: string): { readonly factor: string; readonly field: string | undefined } {
  const dash = name.lastIndexOf('-');
  if (dash <= 0) return { factor: name, field: undefined };
  return { factor: name.slice(0, dash).trim(), field: name.slice(dash + 1).trim() };
}
