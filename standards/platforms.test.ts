import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PLATFORM_KINDS, type PlatformEntry, type PlatformFile } from '#model/platform/tree';

const FILE = path.join(import.meta.dirname, 'platforms.json');
const STATISTICS = path.join(import.meta.dirname, '../../shared/data/divisions/pudong.json');
const CENTRES = path.join(import.meta.dirname, '../../shared/data/divisions/pudong_towns_centres.csv');

const file = JSON.parse(readFileSync(FILE, 'utf8')) as PlatformFile;
const { platforms } = file;
const byCode = new Map(platforms.map((row) => [row.code, row]));

function ofKind(kind: PlatformEntry['kind']): readonly PlatformEntry[] {
  return platforms.filter((row) => row.kind === kind);
}

test('the tree holds 1 district, 7 industries, 15 scenarios, Lingang, 36 towns and 1,520 villages', () => {
  expect(Object.fromEntries(PLATFORM_KINDS.map((kind) => [kind, ofKind(kind).length]))).toEqual({
    district: 1,
    industry: 7,
    scenario: 15,
    lingang: 1,
    town: 36,
    zone: 6,
    village: 1520,
  });
});

test('the counts of the file are those of its lines, and the regulation’s sum is 1,583', () => {
  const { total, ...tiers } = file.counts.regulation;
  expect(Object.values(tiers).reduce((sum, n) => sum + n, 0)).toBe(total);
  expect(total).toBe(1583);
  expect(file.counts.held.total).toBe(platforms.length - ofKind('zone').length);
  expect(file.counts.held.total).toBe(1580);
  expect(file.counts.regulation.village - file.counts.held.village).toBe(3);
  expect(file.counts.missing).toContain('缺 3 个');
});

test('no code occurs twice and every parent exists', () => {
  expect(byCode.size).toBe(platforms.length);
  expect(platforms.filter(({ parent }) => parent === null).map(({ code }) => code)).toEqual(['PD']);
  expect(platforms.filter(({ parent }) => parent !== null && !byCode.has(parent))).toEqual([]);
});

test('no “虚拟” village is a platform', () => {
  expect(platforms.filter(({ name }) => name.includes('虚拟'))).toEqual([]);
});

test('every place lies inside its parent’s interval', () => {
  const outside = platforms.filter((row) => {
    const parent = row.parent === null ? undefined : byCode.get(row.parent);
    return parent !== undefined && (row.place <= parent.place || row.placeTo > parent.placeTo);
  });
  expect(outside).toEqual([]);
});

test('intervals either nest or are apart, and only Lingang contains siblings: its own towns', () => {
  const open: PlatformEntry[] = [];
  const overlapping: string[] = [];
  const containedSiblings: string[] = [];
  for (const row of platforms.toSorted((a, b) => a.place - b.place || b.placeTo - a.placeTo)) {
    while ((open.at(-1)?.placeTo ?? Infinity) < row.place) open.pop();
    const around = open.at(-1);
    if (around && (row.place === around.place || row.placeTo > around.placeTo)) overlapping.push(row.name);
    if (around && around.code !== row.parent) containedSiblings.push(`${around.code} ⊃ ${row.name}`);
    open.push(row);
  }
  expect(overlapping).toEqual([]);
  expect(containedSiblings).toEqual([
    'lingang ⊃ 泥城镇',
    'lingang ⊃ 书院镇',
    'lingang ⊃ 万祥镇',
    'lingang ⊃ 南汇新城镇',
  ]);
});

test('Lingang’s towns are adjacent: no foreign town lies between them', () => {
  const towns = [...ofKind('town'), ...ofKind('zone')].toSorted((a, b) => a.place - b.place);
  const marked = towns.flatMap((row, i) => (row.lingang ? [i] : []));
  expect(marked).toHaveLength(4);
  expect(marked.at(-1)! - marked[0]!).toBe(3);
});

test('a village of 南汇新城镇 is seen by its town, by Lingang and by the district', () => {
  const village = platforms.find(({ parent }) => parent === '310115145')!;
  const seenBy = platforms.filter(
    (row) => row !== village && row.place <= village.place && village.place <= row.placeTo,
  );
  expect(seenBy.map(({ code }) => code)).toEqual(['PD', 'lingang', '310115145']);
});

test('every scenario has an owner and hangs under the sub-platform of that owner, or under the district', () => {
  const scenarios = ofKind('scenario');
  const misplaced = scenarios.filter(({ parent, department }) => {
    const above = byCode.get(parent ?? '');
    return above?.kind !== 'district' && above?.department !== department;
  });
  expect(scenarios.filter(({ department }) => !department)).toEqual([]);
  expect(misplaced).toEqual([]);
  const direct = ofKind('scenario').filter(({ parent }) => parent === 'PD');
  expect(direct.map(({ code }) => code)).toEqual(['PIPELINE', 'POWER']);
});

test('only the two sub-platforms the regulation does not name are marked as inferred', () => {
  expect(platforms.filter(({ inferred }) => inferred).map(({ name }) => name)).toEqual([
    '公安分平台',
    '市场监管分平台',
  ]);
});

test('every town has a centre in Pudong, rounded to 0.01°, with its attribution', () => {
  const rounded = (degrees: number): boolean => /^\d+(\.\d{1,2})?$/u.test(String(degrees));
  const odd = ofKind('town').filter(({ lat = 0, lon = 0 }) => {
    const inside = lat > 30.8 && lat < 31.5 && lon > 121.4 && lon < 122.1;
    return !inside || !rounded(lat) || !rounded(lon);
  });
  expect(odd).toEqual([]);
  expect(ofKind('zone').filter(({ lat }) => lat !== undefined)).toEqual([]);
  expect(file.attribution).toContain('© OpenStreetMap contributors (ODbL 1.0)');
});

test('the committed file stays under 400 kB, one platform a line', () => {
  expect(statSync(FILE).size).toBeLessThan(400_000);
  const lines = readFileSync(FILE, 'utf8').split('\n');
  expect(lines.filter((line) => line.startsWith('{"code":'))).toHaveLength(platforms.length);
});

test.skipIf(!existsSync(STATISTICS))('towns and villages are those of the public statistics', () => {
  const rows = JSON.parse(readFileSync(STATISTICS, 'utf8')) as readonly {
    code: string;
    name: string;
    kind: string;
  }[];
  const named = (list: readonly { code: string; name: string }[]) =>
    list.map(({ code, name }) => `${code} ${name}`).toSorted();
  const towns = rows.filter(({ kind }) => kind === '街道' || kind === '镇');
  const villages = rows.filter(({ kind }) => kind === '居委会' || kind === '村委会');
  expect(towns).toHaveLength(36);
  expect(named(ofKind('town'))).toEqual(named(towns));
  expect(named(ofKind('village'))).toEqual(named(villages));
});

test.skipIf(!existsSync(CENTRES))('town centres are the surveyed points, rounded', () => {
  const lines = readFileSync(CENTRES, 'utf8').trim().split('\n').slice(1);
  const far = lines.filter((line) => {
    const [code = '', , , , lon, lat] = line.split(',');
    const town = byCode.get(code);
    const off = Math.max(Math.abs((town?.lat ?? 0) - Number(lat)), Math.abs((town?.lon ?? 0) - Number(lon)));
    return off > 0.005_001;
  });
  expect(lines).toHaveLength(36);
  expect(far).toEqual([]);
});
