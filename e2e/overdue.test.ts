// An order that nobody accepts: late, on the day's list, 督办 by the coordinator, answered on the phone, closed.
import { expect, test } from 'vitest';

import { TEST_VAULT } from '../src/services/context/testing.ts';
import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { clickAtRest, openModule, overflow, signIn } from './desk.ts';
import { LimitClock } from './limit-clock.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';
import { tooSmallForThumbs } from './thumbs.ts';

const NAMES = ['严御路下立交', '北艾路下立交', '芳甸路下立交'];
const { puan, screen } = setStage(async ({ url }) => {
  const nobody = new Client(url);
  const [admin, flood] = await Promise.all([
    nobody.as('admin', PASSWORD),
    nobody.as('flood.admin', PASSWORD),
  ]);
  for (const [i, name] of NAMES.entries()) {
    const code = `E2E-LATE-${i}`;
    await admin.ask('POST', '/api/v1/objects', {
      code,
      name,
      scenarios: ['FLOOD'],
      town: '310115125',
      lat: 31.2 + i * 0.02,
      lon: 121.6,
    });
    await flood.ask('POST', '/api/v1/work-orders', {
      source: 'superior',
      object: code,
      item: 'FLOOD.I06',
      level: i === 0 ? 'orange' : 'yellow',
      told: '巡查发现积水',
      idempotencyKey: `e2e-late-${code}`,
    });
  }
});

const name = NAMES[0] ?? '';

test.skipIf(!browserRunsHere)(
  'an order that nobody accepts is late, on the day’s list, asked about, answered and closed',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'coordinator', '值守台');
    await openModule(desk, '闭环处置全流程');
    await clickAtRest(desk.getByRole('link', { name: '超期清单', exact: true }));
    await desk.getByText('还没有写定过清单').waitFor();
    await shoot(desk, 'overdue-none');
    await clickAtRest(desk.getByRole('link', { name: '督办', exact: true }));
    await desk.getByText('没有督办').first().waitFor();
    await shoot(desk, 'supervisions-none');

    const clock = await LimitClock.open(puan);
    await clock.agedLimits(48);
    await desk.goto('/orders?show=overdue');
    for (const one of NAMES) await desk.getByRole('row').filter({ hasText: one }).waitFor();
    expect(await clock.writeTomorrowsList(TEST_VAULT)).toBe(NAMES.length);
    await clock.close();
    await desk.goto('/orders/overdue');
    const row = desk.getByRole('row').filter({ hasText: name });
    await row.getByText('接单').first().waitFor();
    expect(await overflow(desk)).toBe(0);
    await shoot(desk, 'overdue-desk');
    const phone = await screen('phone');
    await signIn(phone, 'flood.admin', '值守台');
    await phone.goto('/orders/overdue');
    await phone.getByText(name).first().waitFor();
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'overdue-phone');
    for (const path of [
      '/',
      '/warnings',
      '/orders',
      '/orders/incidents',
      '/command/reports',
      '/command/contacts',
    ]) {
      await phone.goto(path);
      await phone.locator('main h1').waitFor();
      await phone.getByRole('status', { name: '正在载入' }).first().waitFor({ state: 'hidden' });
      const seen = { path, over: await overflow(phone), small: await tooSmallForThumbs(phone) };
      expect(seen).toEqual({ path, over: 0, small: [] });
    }
    // Wherever a thumb lands on a row, what it is about opens.
    await phone.goto('/orders');
    await phone.getByRole('row').filter({ hasText: name }).locator('.cell-limit').tap({ force: true });
    await phone.getByRole('heading', { level: 1, name: new RegExp(name, 'u') }).waitFor();

    await row.getByRole('link', { name }).click();
    await clickAtRest(desk.getByRole('button', { name: '督办' }));
    const form = desk.getByRole('dialog');
    await form.getByRole('textbox', { name: '要求说明什么' }).fill('请说明为何无人接单，何时到场');
    await shoot(desk, 'supervise-form');
    await clickAtRest(form.getByRole('button', { name: '发出' }));
    await desk.getByText('请说明为何无人接单，何时到场').first().waitFor();
    expect(await overflow(desk)).toBe(0);
    await shoot(desk, 'supervision-desk');

    await phone.goto('/orders/supervisions');
    await phone.getByText('请说明为何无人接单').first().waitFor();
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'supervisions-phone');
    await phone
      .getByRole('link', { name: /^DB\d{4}-\d{5}$/u })
      .first()
      .tap();
    await phone.getByRole('textbox', { name: '答复内容' }).fill('班组在另一处抢险，20 分钟内到场');
    await shoot(phone, 'supervision-answer-phone');
    await phone.getByRole('button', { name: '答复', exact: true }).tap();
    await phone.getByText('已答复').first().waitFor();
    expect(await overflow(phone)).toBe(0);

    await desk.getByText('班组在另一处抢险，20 分钟内到场').first().waitFor();
    await shoot(desk, 'supervision-answered-desk');
    await clickAtRest(desk.getByRole('button', { name: '办结' }));
    await desk.getByText('已办结').first().waitFor();
    await desk.goto('/orders/supervisions');
    await clickAtRest(desk.getByText('全部', { exact: true }));
    await desk.getByRole('row').filter({ hasText: name }).getByText('已办结').waitFor();
    expect(await overflow(desk)).toBe(0);
    await shoot(desk, 'supervisions-desk');
    await phone.context().close();
    await desk.context().close();
  },
);
