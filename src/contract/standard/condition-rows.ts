import { LEVEL_TEXT, LEVELS, type Level } from '#model/warning';

/** One comparison of a composite sign's condition, as a form shows it. */
export type ConditionRow =
  /** A sign of the object itself. */
  | { readonly kind: 'own'; readonly code: string; readonly level: Level }
  /** The worst of a scenario, an item or a sign, of all objects within reach. */
  | { readonly kind: 'any'; readonly code: string; readonly level: Level }
  /** At so many objects within reach at once. */
  | { readonly kind: 'objects'; readonly code: string; readonly level: Level; readonly count: number }
  | { readonly kind: 'near'; readonly code: string; readonly level: Level; readonly meters: number }
  /** The highest or lowest newest value of an element within reach, in its unit. */
  | { readonly kind: 'value'; readonly code: string; readonly past: 'high' | 'low'; readonly limit: number }
  /** Everything that stands within reach, counted. */
  | { readonly kind: 'total'; readonly what: 'warnings' | 'scenarios' | 'objects'; readonly count: number };

/** Every group must hold; of a group, any of its rows. */
export type ConditionGroups = readonly (readonly ConditionRow[])[];

const CODE = '"(?<code>[A-Z0-9_.]+)"';
const LEVEL = '(?<level>BLUE|YELLOW|ORANGE|RED)';
const COUNT = '(?<count>\\d{1,6})';

interface Form {
  readonly pattern: RegExp;
  readonly row: (found: Readonly<Record<string, string>>) => ConditionRow;
}

/** The comparisons a form knows, as CEL writes them. */
const FORMS: readonly Form[] = [
  {
    pattern: new RegExp(`^sign\\[${CODE}\\] >= ${LEVEL}$`),
    row: ({ code = '', level }) => ({ kind: 'own', code, level: levelNamed(level) }),
  },
  {
    pattern: new RegExp(`^levelOf\\(${CODE}\\) >= ${LEVEL}$`),
    row: ({ code = '', level }) => ({ kind: 'any', code, level: levelNamed(level) }),
  },
  {
    pattern: new RegExp(`^linked\\(${CODE}\\)\\.atLeast\\(${LEVEL}\\)\\.objects\\(\\) >= ${COUNT}$`),
    row: ({ code = '', level, count }) => ({
      kind: 'objects',
      code,
      level: levelNamed(level),
      count: Number(count),
    }),
  },
  {
    pattern: new RegExp(
      `^near\\(${CODE}, (?<meters>\\d{1,6})\\)(?:\\.atLeast\\(${LEVEL}\\))?\\.size\\(\\) > 0$`,
    ),
    row: ({ code = '', level, meters }) => ({
      kind: 'near',
      code,
      level: levelNamed(level ?? 'BLUE'),
      meters: Number(meters),
    }),
  },
  {
    pattern: new RegExp(`^(?<which>highest|lowest)\\(${CODE}\\) (?<sign>>=|<) (?<limit>-?\\d+(?:\\.\\d+)?)$`),
    row: ({ which, code = '', limit }) => ({
      kind: 'value',
      code,
      past: which === 'lowest' ? 'low' : 'high',
      limit: Number(limit),
    }),
  },
  {
    pattern: new RegExp(`^linked\\(\\)\\.(?<what>warnings|scenarios|objects)\\(\\) >= ${COUNT}$`),
    row: ({ what, count }) => ({
      kind: 'total',
      what: what === 'scenarios' || what === 'objects' ? what : 'warnings',
      count: Number(count),
    }),
  },
];

function levelNamed(name: string | undefined): Level {
  return LEVELS.find((level) => level.toUpperCase() === name) ?? 'blue';
}

/** Reads a condition into the rows of a form; undefined where it says more than a form can show. */
export function readConditionRows(when: string): ConditionGroups | undefined {
  const groups: ConditionRow[][] = [];
  const parts = split(when, '&&');
  for (const part of parts) {
    const rows: ConditionRow[] = [];
    const pieces = split(bare(part), '||');
    // "a || b && c" binds otherwise than it is shown.
    if (pieces.length > 1 && parts.length > 1 && bare(part) === part) return undefined;
    for (const piece of pieces) {
      const row = readRow(bare(piece));
      if (row === undefined) return undefined;
      rows.push(row);
    }
    groups.push(rows);
  }
  return groups;
}

function readRow(text: string): ConditionRow | undefined {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  for (const { pattern, row } of FORMS) {
    const found = pattern.exec(line);
    if (!found) continue;
    const made = row(found.groups ?? {});
    // A comparison the other way round is no row.
    return writeRow(made) === line || made.kind === 'near' ? made : undefined;
  }
  return undefined;
}

/** Without the brackets around the whole of it. */
function bare(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('(') || !trimmed.endsWith(')')) return trimmed;
  let depth = 0;
  for (let i = 0; i < trimmed.length; i += 1) {
    if (trimmed[i] === '(') depth += 1;
    else if (trimmed[i] === ')') depth -= 1;
    if (depth === 0 && i < trimmed.length - 1) return trimmed;
  }
  return bare(trimmed.slice(1, -1));
}

/** At an operator that stands in no brackets. */
function split(text: string, operator: '&&' | '||'): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i];
    if (letter === '(' || letter === '[') depth += 1;
    else if (letter === ')' || letter === ']') depth -= 1;
    else if (depth === 0 && text.startsWith(operator, i)) {
      parts.push(text.slice(from, i).trim());
      from = i + operator.length;
    }
  }
  return [...parts, text.slice(from).trim()];
}

/** The condition in CEL. */
export function writeCondition(groups: ConditionGroups): string {
  const written = groups.map((rows) => rows.map(writeRow).join(' || '));
  if (written.length <= 1) return written.join('');
  return written.map((text, i) => ((groups[i]?.length ?? 0) > 1 ? `(${text})` : text)).join('\n&& ');
}

function writeRow(row: ConditionRow): string {
  switch (row.kind) {
    case 'own':
      return `sign["${row.code}"] >= ${row.level.toUpperCase()}`;
    case 'any':
      return `levelOf("${row.code}") >= ${row.level.toUpperCase()}`;
    case 'objects':
      return `linked("${row.code}").atLeast(${row.level.toUpperCase()}).objects() >= ${row.count}`;
    case 'near': {
      const level = row.level === 'blue' ? '' : `.atLeast(${row.level.toUpperCase()})`;
      return `near("${row.code}", ${row.meters})${level}.size() > 0`;
    }
    case 'value':
      return row.past === 'high'
        ? `highest("${row.code}") >= ${row.limit}`
        : `lowest("${row.code}") < ${row.limit}`;
    case 'total':
      return `linked().${row.what}() >= ${row.count}`;
    default:
      return row satisfies never;
  }
}

/** How a code is called, and the unit of an element. */
export type NameOf = (code: string) => { readonly name: string; readonly unit?: string | undefined };

const TOTAL_TEXT = { warnings: ['预警', '件'], scenarios: ['场景', '个'], objects: ['对象', '个'] } as const;

/** The condition in words; undefined where only CEL says it. */
export function conditionWords(when: string, nameOf: NameOf): string | undefined {
  const groups = readConditionRows(when);
  if (groups === undefined) return undefined;
  const told = groups.map((rows) => rows.map((row) => rowWords(row, nameOf)).join('，或'));
  return told.length === 1 ? told.join('') : told.map((text) => `（${text}）`).join('且');
}

function rowWords(row: ConditionRow, nameOf: NameOf): string {
  if (row.kind === 'total') {
    const [what, counted] = TOTAL_TEXT[row.what];
    return `可见范围内在级的${what}不少于 ${row.count} ${counted}`;
  }
  const { name, unit = '' } = nameOf(row.code);
  switch (row.kind) {
    case 'own':
      return `本对象“${name}”达${LEVEL_TEXT[row.level]}`;
    case 'any':
      return `“${name}”达${LEVEL_TEXT[row.level]}`;
    case 'objects':
      return `${row.count} 个以上对象“${name}”达${LEVEL_TEXT[row.level]}`;
    case 'near':
      return `${row.meters} 米内“${name}”达${LEVEL_TEXT[row.level]}`;
    case 'value': {
      const limit = unit === '' ? String(row.limit) : `${row.limit} ${unit}`;
      return row.past === 'high' ? `“${name}”最高不低于 ${limit}` : `“${name}”最低低于 ${limit}`;
    }
    default:
      return row satisfies never;
  }
}
