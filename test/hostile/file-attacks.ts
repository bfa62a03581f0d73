import { XLSX } from '#contract/platform';
import { expect } from 'vitest';

import { packZip } from '../../src/services/platform/organisation/sheet/pack-zip.ts';
import type { Attack } from './attack.ts';
import { importRows } from './import-rows.ts';
import type { Reply } from './reply.ts';
import type { Stage } from './stage.ts';
import { workbook } from './workbook.ts';
import { zipBomb } from './zip-bomb.ts';

const against = 'import';
const IMPORTS = '/api/v1/imports';
const SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>';
const good = { name: '甲', scenarios: 'FLOOD', lat: 31.2, lon: 121.6 };

const importFile = (stage: Stage, body: Buffer): Promise<Reply> =>
  stage.send(`${IMPORTS}?kind=objects&dryRun=false`, { method: 'POST', as: 'flood.admin', body, type: XLSX });

/** At the same door: with files that are no sheets, or too much of one. */
export const FILE_ATTACKS: readonly Attack[] = [
  {
    name: 'a zip bomb of a hundred megabytes in a small file',
    against,
    kind: 'oversized',
    run: async (stage) => [await importFile(stage, zipBomb(100))],
    expect: '422 import.unreadable',
  },
  {
    name: 'fifty megabytes of zeros, and twenty-one',
    against,
    kind: 'oversized',
    run: async (stage) => {
      const head = `POST ${IMPORTS}?kind=objects HTTP/1.1\r\nHost: x\r\nContent-Type: ${XLSX}\r\nAuthorization: Bearer ${stage.person('admin').token}\r\n`;
      const announced = `${head}Content-Length: 52428800\r\n\r\n${'\u0000'.repeat(100_000)}`;
      return [await stage.raw(announced), await importFile(stage, Buffer.alloc(21_000_000))];
    },
    expect: '413 input.too-large',
  },
  {
    name: 'a million rows, and three hundred columns',
    against,
    kind: 'oversized',
    run: async (stage) => [
      await importRows(stage, `[${'{"code":1},'.repeat(999_999)}{"code":1}]`),
      await importRows(stage, [Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`f${i}`, 1]))]),
    ],
    expect: '422 import.unreadable',
  },
  {
    name: 'outside entities, and entities that grow, in the XML of a sheet',
    against,
    kind: 'injection',
    run: (stage) => {
      const outside = '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst>&x;</sst>';
      const growing = '<!DOCTYPE w [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
      return stage.each(
        [
          packZip(workbook(`${SHEET}</sheetData></worksheet>`, [['xl/sharedStrings.xml', outside]])),
          packZip(
            workbook(`${growing}${SHEET}<row r="1"><c r="A1"><v>&b;</v></c></row></sheetData></worksheet>`),
          ),
        ],
        (file) => importFile(stage, file),
      );
    },
    expect: '422 import.unreadable',
    effect: (_stage, replies) => expect(replies.map(({ text }) => text).join()).not.toContain('root:'),
  },
  {
    name: 'JSON that is nested a hundred thousand times, as rows and within a cell',
    against,
    kind: 'malformed',
    run: async (stage) => {
      const deep = `${'['.repeat(100_000)}1${']'.repeat(100_000)}`;
      const rows = JSON.stringify({ ...good, code: 'hx-deep' }).slice(0, -1);
      return [
        await importRows(stage, deep),
        await importRows(stage, `[${rows},"name":{"name":${deep}}}]`),
        await importRows(stage, `[${rows},"name":{"name":{"toString":1,"valueOf":2}}}]`),
        await importRows(stage, `[${rows},"name":{"name":null}}]`),
      ];
    },
    expect: ['422 import.unreadable', '422 import.faulty', '422 import.faulty', '422 import.faulty'],
  },
  {
    name: 'files that are not what they say: text, half a workbook, a workbook as JSON, JSON as a workbook',
    against,
    kind: 'malformed',
    run: async (stage) => {
      const whole = packZip(workbook(`${SHEET}</sheetData></worksheet>`));
      const asWorkbook = { type: XLSX };
      return [
        await importFile(stage, Buffer.from('no workbook at all, only text')),
        await importFile(stage, whole.subarray(0, whole.length / 2)),
        await importRows(stage, [good], asWorkbook),
        await importRows(stage, '{"rows":', {}),
        await stage.send(`${IMPORTS}?kind=objects`, { method: 'POST', as: 'flood.admin', body: whole }),
      ];
    },
    expect: '422 import.unreadable',
  },
  {
    name: 'media types that are not taken: a form with a file in it cut off half-way, XML, none',
    against,
    kind: 'malformed',
    run: (stage) =>
      stage.each(['multipart/form-data; boundary=x', 'application/xml', 'application/x-ndjson'], (type) =>
        importRows(
          stage,
          '--x\r\nContent-Disposition: form-data; name="file"; filename="../../x.xlsx"\r\n\r\nPK',
          { type },
        ),
      ),
    expect: '415 input.unsupported-media-type',
  },
  {
    name: 'a form with a file in it that calls itself CSV',
    against,
    kind: 'malformed',
    run: (stage) =>
      stage.each(['text/csv'], (type) =>
        importRows(
          stage,
          '--x\r\nContent-Disposition: form-data; name="file"; filename="../../x.xlsx"\r\n\r\nPK',
          { type },
        ),
      ),
    expect: '422 import.faulty',
  },
  {
    name: 'lengths that contradict one another, are none, or promise more than comes: smuggling, and a sender that goes away',
    against,
    kind: 'malformed',
    run: async (stage) => {
      const head = `POST ${IMPORTS}?kind=objects&dryRun=false HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
      const authorization = `Authorization: Bearer ${stage.person('flood.admin').token}\r\n`;
      const row = JSON.stringify([{ ...good, code: 'hx-cut' }]);
      const raw = (rest: string): Promise<Reply> =>
        stage.raw(`${head}${authorization}${rest}`, { end: true });
      return [
        await raw(`Content-Length: ${row.length}\r\nTransfer-Encoding: chunked\r\n\r\n${row}`),
        await raw(`Content-Length: -5\r\n\r\n${row}`),
        await raw(`Content-Length: ${row.length + 100}\r\n\r\n${row}`),
        await raw(`Transfer-Encoding: chunked\r\n\r\nzz\r\n${row}\r\n0\r\n\r\n`),
      ];
    },
    expect: '400 input.invalid',
  },
  {
    name: 'names in the archive, and of the sheet, that lead out of it',
    against,
    kind: 'forgery',
    run: async (stage) => {
      const names = ['../../etc/cron.d/x.xml', '..\\..\\x.xml'];
      const files = names.map((name) =>
        packZip(workbook(`${SHEET}</sheetData></worksheet>`, [[name, '<a/>']])),
      );
      const whole = packZip(
        workbook(`${SHEET}<row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`),
      );
      const query = `?kind=objects&sheet=${encodeURIComponent('../../../../etc/passwd')}`;
      return [
        ...(await stage.each(files, (file) => importFile(stage, file))),
        await stage.send(IMPORTS + query, { method: 'POST', as: 'flood.admin', body: whole, type: XLSX }),
      ];
    },
    expect: '422 import.unreadable',
  },
];
