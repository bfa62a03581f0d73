import { sql } from 'kysely';
import { expect } from 'vitest';

import { readXlsx } from '../../src/services/platform/organisation/sheet/read-xlsx.ts';
import type { Attack } from './attack.ts';
import { FILE_ATTACKS } from './file-attacks.ts';
import { importRows } from './import-rows.ts';
import type { Stage } from './stage.ts';

const against = 'import';
const IMPORTS = '/api/v1/imports';
const MAPPINGS = '/api/v1/import-mappings';
const good = { name: '甲', scenarios: 'FLOOD', lat: 31.2, lon: 121.6 };

const named = (stage: Stage, prefix: string): Promise<readonly unknown[]> =>
  stage.rows(
    sql`select code, name, simulated, version from monitored_object where code like ${`${prefix}%`} order by code`,
  );

/** At the door by which whole sheets come in: with what stands in them. */
export const IMPORT_ATTACKS: readonly Attack[] = [
  {
    name: 'names that are formulas: what goes out as a sheet is marked as text',
    against,
    kind: 'injection',
    run: async (stage) => {
      const formulas = [`=cmd|' /C calc'!A0`, '+1+1', '-2+3', '@SUM(A1)', '\t=1+1'];
      const rows = formulas.map((name, i) => ({ ...good, code: `hx-formula-${i}`, name }));
      const made = await importRows(stage, rows);
      const file = await fetch(`${stage.puan.url}/api/v1/exports?kind=objects`, {
        headers: { authorization: `Bearer ${stage.person('flood.admin').token}` },
      });
      const { rows: cells } = await readXlsx(Buffer.from(await file.arrayBuffer()), 1000);
      const names = cells
        .filter(([code]) => String(code).startsWith('hx-formula'))
        .map(([, name]) => String(name));
      expect(names).toHaveLength(5);
      for (const name of names) expect(name).not.toMatch(/^[=+\-@\t\r]/u);
      return [made];
    },
    expect: '200',
    changes: ['object'],
  },
  {
    name: 'SQL in every cell: it is kept as the text it is, or is a fault of its row',
    against,
    kind: 'injection',
    run: async (stage) => {
      const bad = `'); drop table unit; --`;
      const row = { code: `hx-sql${bad}`, name: bad, address: bad, owner: bad };
      return [
        await importRows(stage, [{ ...good, ...row }]),
        await importRows(stage, [{ ...good, code: 'hx-sqx', town: bad }]),
        await importRows(stage, [{ ...good, code: 'hx-sqx', scenarios: bad }]),
      ];
    },
    expect: ['200', '422 import.faulty', '422 import.faulty'],
    changes: ['object'],
    effect: async (stage) =>
      expect(await named(stage, 'hx-sq')).toMatchObject([{ name: `'); drop table unit; --` }]),
  },
  {
    name: 'columns that were never offered: number, place, creator, version, simulated, prototypes',
    against,
    kind: 'mass-assignment',
    run: async (stage) => {
      const more = { id: 1, place: 0, retired_at: 'now', version: 99, simulated: true, created_by: 'admin' };
      const row = JSON.stringify({ ...good, code: 'hx-mass', ...more }).slice(0, -1);
      return [
        await importRows(
          stage,
          `[${row},"__proto__":{"simulated":true,"version":99},"constructor":{"name":"x"}}]`,
        ),
      ];
    },
    expect: '200',
    changes: ['object'],
    effect: async (stage) =>
      expect(await named(stage, 'hx-mass')).toEqual([
        { code: 'hx-mass', name: '甲', simulated: false, version: 1 },
      ]),
  },
  {
    name: 'columns are mapped to fields that are not offered',
    against,
    kind: 'mass-assignment',
    run: (stage) =>
      stage.each(['id', 'place', 'password_hash', '__proto__', 'constructor', 'toString'], (field) =>
        stage.post(
          MAPPINGS,
          { name: '坏', kind: 'objects', columns: { 编码: field } },
          { as: 'flood.admin' },
        ),
      ),
    expect: '400 input.invalid',
  },
  {
    name: 'headers of a mapping that no table can hold, and that are words of every object',
    against,
    kind: 'malformed',
    run: (stage) =>
      stage.each(['a\u0000', 'a\uD800'], (header) =>
        stage.post(
          MAPPINGS,
          { name: '坏', kind: 'objects', columns: { [header]: 'code' } },
          { as: 'flood.admin' },
        ),
      ),
    expect: '400 input.invalid',
  },
  {
    name: 'objects are put into a scenario, and platforms changed, where the sender has no business',
    against,
    kind: 'mass-assignment',
    run: async (stage) => [
      await importRows(stage, [{ ...good, code: 'hx-foreign', scenarios: 'GAS' }]),
      await importRows(stage, [
        { ...good, code: 'hx-own' },
        { ...good, code: 'hx-foreign', scenarios: 'GAS' },
      ]),
      await importRows(stage, [{ code: 'GAS', name: '改名' }], { query: '&kind=platforms' }),
      await stage.post(`${IMPORTS}?kind=platforms&dryRun=false`, [{ code: 'GAS', name: '改名' }], {
        as: 'flood.admin',
      }),
      await stage.post(
        `${IMPORTS}?kind=units&dryRun=false`,
        [{ code: 'hx-u', name: '某', kind: '运营单位', platform: 'GAS' }],
        {
          as: 'flood.admin',
        },
      ),
    ],
    expect: [
      '422 import.faulty',
      '422 import.faulty',
      '400 input.invalid',
      '422 import.faulty',
      '422 import.faulty',
    ],
  },
  {
    name: 'an object of others is renamed and moved by its code',
    against,
    kind: 'guessing',
    run: async (stage) => [await importRows(stage, [{ ...good, code: 'hx-gas', name: '改名' }])],
    expect: '422 import.faulty',
  },
  {
    name: 'somebody else’s mapping of columns is used and deleted by its number',
    against,
    kind: 'guessing',
    run: async (stage) => {
      const columns = { 代号: 'code' };
      const { id } = await stage
        .person('admin')
        .ask<{ id: number }>('POST', MAPPINGS, { name: 'hx', kind: 'objects', columns });
      return [
        await importRows(stage, [{ ...good, 代号: 'hx-mapped' }], { query: `&mapping=${id}` }),
        await stage.send(`${MAPPINGS}/${id}`, { method: 'DELETE', as: 'flood.admin' }),
        await stage.send(`${MAPPINGS}/-1`, { method: 'DELETE', as: 'flood.admin' }),
        await stage.send(`${MAPPINGS}/2147483648`, { method: 'DELETE', as: 'flood.admin' }),
      ];
    },
    expect: ['404 record.not-found', '404 record.not-found', '400 input.invalid', '400 input.invalid'],
    changes: ['column-mapping'],
  },
  {
    name: 'a foreign page imports with the victim’s cookie',
    against,
    kind: 'csrf',
    run: (stage) =>
      stage.each(['application/json', 'text/plain'], (type) =>
        stage.send(`${IMPORTS}?kind=objects&dryRun=false`, {
          method: 'POST',
          cookieOf: 'flood.admin',
          headers: { 'sec-fetch-site': 'cross-site' },
          body: JSON.stringify([{ ...good, code: 'hx-csrf' }]),
          type,
        }),
      ),
    expect: '403 access.cross-site',
  },
  ...FILE_ATTACKS,
];
