/**
 * Counts the default standard: what each scenario holds, its thresholds by the tag of their basis, and how many are not verified.
 *
 *     node run.js standards/count-standard.ts [--json]
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { standardFile } from '#contract/standard';
import { type Basis, BASIS_TAGS, SIGN_LEVELS } from '#model/standard';

const NOT_SCENARIOS = new Set(['platforms.json', 'duties.json', 'limits.json', 'dependencies.json']);

const rows = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.json') && !NOT_SCENARIOS.has(name))
  .map((name) => {
    const text = readFileSync(path.join(import.meta.dirname, name), 'utf8');
    const file = standardFile.parse(JSON.parse(text));
    const bases = file.signs.flatMap((sign) =>
      SIGN_LEVELS.flatMap((level) => {
        const cell = sign.levels[level];
        return cell === undefined ? [] : [cell.basis ?? sign.basis];
      }),
    );
    return {
      scenario: file.scenario,
      elements: file.elements.length,
      items: file.items.length,
      parameters: file.parameters.length,
      signs: file.signs.length,
      ...countsOf(bases),
      handbook: file.handbook.length,
    };
  });
const total = rows.reduce((sum, row) => ({
  scenario: '合计',
  elements: sum.elements + row.elements,
  items: sum.items + row.items,
  parameters: sum.parameters + row.parameters,
  signs: sum.signs + row.signs,
  thresholds: sum.thresholds + row.thresholds,
  S: sum.S + row.S,
  K: sum.K + row.K,
  P: sum.P + row.P,
  A: sum.A + row.A,
  unverified: sum.unverified + row.unverified,
  handbook: sum.handbook + row.handbook,
}));

process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify([...rows, total])}\n` : tableOf());

function countsOf(bases: readonly Basis[]) {
  const [S = 0, K = 0, P = 0, A = 0] = BASIS_TAGS.map(
    (tag) => bases.filter((basis) => basis.tag === tag).length,
  );
  return {
    thresholds: bases.length,
    S,
    K,
    P,
    A,
    unverified: bases.filter((basis) => !basis.verified).length,
  };
}

function tableOf(): string {
  const head = [
    'scenario',
    'elements',
    'items',
    'parameters',
    'signs',
    'thresholds',
    'S',
    'K',
    'P',
    'A',
    'unverified',
    'handbook',
  ] as const;
  const lines = [...rows, total].map((row) => `| ${head.map((column) => row[column]).join(' | ')} |`);
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---|').join('')}`, ...lines, ''].join('\n');
}
