// The district sets the limits; what is shipped says where it comes from; what is owed already keeps its own.
import path from 'node:path';

import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { listReportRules, loadReportRules, oweReports, updateReportRule } from '../index.ts';
import { MINUTE, november, openReportHouse, type ReportHouse } from './testing.ts';

let house: ReportHouse;
let district: RequestContext;
beforeAll(async () => {
  house = await openReportHouse();
  district = await house.as('district');
});
afterAll(() => house.db.drop());

const NIGHT = november(20, 2, 14);
const edit = { inForce: true, withinMinutes: 3, repeatMinutes: null, finalMinutes: null, version: 1 };

test('each rule says where it comes from; what nobody could read says that it is not verified', async () => {
  const { items } = await listReportRules(await house.as('flood.admin'));
  expect(items).toHaveLength(15);
  const unread = items.filter(({ rule }) => !rule.basis.verified);
  expect(unread.every(({ rule }) => ['K', 'P', 'A'].includes(rule.basis.tag))).toBe(true);
  expect(items.filter(({ rule }) => rule.basis.tag === 'S').map(({ rule }) => rule.code)).toEqual([
    'BS.R11',
    'BS.R12',
  ]);
  // What a newer plan has replaced, and nobody could read, is shipped switched off.
  expect(items.filter(({ inForce }) => !inForce).map(({ rule }) => rule.code)).toEqual(['BS.R14', 'BS.R15']);
});

test('the district alone edits; another version in between is refused; the change stands in the audit', async () => {
  const params = { code: 'BS.R01' };
  await expect(updateReportRule(await house.as('flood.admin'), { params, body: edit })).rejects.toMatchObject(
    {
      code: 'access.denied',
    },
  );
  house.now = NIGHT;
  const before = await house.order({ level: 'red', at: NIGHT });
  await house.system.transaction((tx) => oweReports(tx, [house.raised(before, 'red', NIGHT)], NIGHT));
  const after = await updateReportRule(district, { params, body: edit });
  expect(after).toMatchObject({ withinMinutes: 3, version: 2, editedBy: '区总平台 业务管理员' });
  await expect(updateReportRule(district, { params, body: edit })).rejects.toMatchObject({
    code: 'record.changed',
  });
  const later = await house.order({ level: 'red', at: NIGHT });
  await house.system.transaction((tx) => oweReports(tx, [house.raised(later, 'red', NIGHT)], NIGHT));
  const { rows } = await sql<{ minutes: number }>`
    select extract(epoch from due_at - started_at)::int / 60 as minutes from report_duty where rule = 'BS.R01' order by id`.execute(
    house.db.storage.system,
  );
  expect(rows.map(({ minutes }) => minutes)).toEqual([5, 3]);
  const trail = await sql<{
    after: object;
  }>`select after from audit where action = 'report-rule.update'`.execute(house.db.storage.system);
  expect(trail.rows).toMatchObject([{ after: { withinMinutes: 3 } }]);
});

test('a start brings the file anew and keeps what the district has set', async () => {
  const off = { ...edit, inForce: false, withinMinutes: 90, version: 1 };
  await updateReportRule(district, { params: { code: 'BS.R06' }, body: off });
  await loadReportRules(house.system, path.resolve('standards/command/report-rules.json'));
  const { items } = await listReportRules(district);
  expect(items.find(({ rule }) => rule.code === 'BS.R06')).toMatchObject({
    inForce: false,
    withinMinutes: 90,
  });
  const orange = await house.order({ level: 'orange', at: NIGHT + MINUTE });
  await house.system.transaction((tx) =>
    oweReports(tx, [house.raised(orange, 'orange', NIGHT + MINUTE)], NIGHT + MINUTE),
  );
  const { rows } = await sql`select rule from report_duty where rule in ('BS.R04', 'BS.R06')`.execute(
    house.db.storage.system,
  );
  expect(rows).toEqual([{ rule: 'BS.R04' }]);
});
