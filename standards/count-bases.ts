/**
 * Counts the thresholds of the default standard by the tag of their basis, and how many are not verified.
 *
 *     node run.js standards/count-bases.ts [--json]
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { standardFile } from '#contract/standard';
import { type Basis, BASIS_TAGS, SIGN_LEVELS } from '#model/standard';

const NOT_SCENARIOS = new Set(['platforms.json', 'duties.json', 'limits.json']);

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
    return { scenario: file.scenario, signs: file.signs.length, ...countsOf(bases) };
  });
const total = rows.reduce((sum, row) => ({
  scenario: '合计',
  signs: sum.signs + row.signs,
  thresholds: sum.thresholds + row.thresholds,
  S: sum.S + row.S,
  K: sum.K + row.K,
  P: sum.P + row.P,
  A: sum.A + row.A,
  unverified: sum.unverified + row.unverified,
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
  const head = ['scenario', 'signs', 'thresholds', 'S', 'K', 'P', 'A', 'unverified'] as const;
  const lines = [...rows, total].map((row) => `| ${head.map((column) => row[column]).join(' | ')} |`);
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---|').join('')}`, ...lines, ''].join('\n');
}
