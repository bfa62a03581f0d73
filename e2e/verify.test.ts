// An alarm that has to be verified first: an analyst confirms one and refuses another, at the desk and on the phone.
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { clickAtRest, isSameDocument, markDocument, overflow, signIn } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';
import { openUnderpass } from './underpass.ts';

const REAL = '浦东南路 3 号燃气阀门井旁污水井';
const FALSE = '张杨路 8 号燃气阀门井旁电缆井';

/** Two manholes beside gas valves, quiet for hours; then methane in both for more than five minutes. */
const { puan, screen } = setStage(async ({ url }) => {
  const admin = await new Client(url).as('admin', PASSWORD);
  const named = { name: '测试网关', kind: 'gateway' };
  const { token } = await admin.ask<{ token: string }>('POST', '/api/v1/tokens', named);
  const gateway = new Client(url, token);
  const analyst = await new Client(url).as('gas.admin', PASSWORD);
  for (const [n, name] of [REAL, FALSE].entries()) {
    const code = `E2E-CH4-${n}`;
    const spot = { lat: 31.22 + n * 0.01, lon: 121.53 };
    await analyst.ask('POST', '/api/v1/objects', { code, name, scenarios: ['GAS'], ...spot });
    await analyst.ask('POST', '/api/v1/points', { code, object: code, element: 'GAS.CH4_SPACE' });
    const now = Date.now();
    const quiet = Array.from({ length: 20 }, (_, i) => ({
      point: code,
      observedAt: now - (380 - i * 18) * 60_000,
      value: 0.05 + 0.02 * (i % 3),
    }));
    const risen = [400, 200, 5].map((ago, i) => ({
      point: code,
      observedAt: now - ago * 1000,
      value: 3 + i * 0.1 + n * 0.05,
    }));
    for (const rows of [quiet, risen]) await gateway.ask('POST', '/api/v1/readings', rows);
  }
});

const rowOf = (page: Page, object: string): Locator => page.getByRole('row').filter({ hasText: object });

/** Opens what waits of an object, and waits for what there is to judge by. */
async function openOne(page: Page, object: string): Promise<Locator> {
  await rowOf(page, object).getByRole('button', { name: '核实' }).click();
  const drawer = page.getByRole('dialog', { name: new RegExp(object, 'u') });
  await drawer.getByText(/相邻空间甲烷浓度：实测 3.*≥ 2\.5.*（橙色）/u).waitFor();
  await drawer.getByRole('img', { name: /读数与阈值/u }).waitFor();
  return drawer;
}

test.skipIf(!browserRunsHere)(
  'what waits has an owner and a limit; confirmed with a note it is a warning with its order, refused with a reason it is none',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'gas.admin', '值守台');
    await desk.goto('/warnings?tab=verify');
    await rowOf(desk, REAL).getByText('业务管理员').waitFor();
    await rowOf(desk, FALSE).getByText('相邻地下空间甲烷聚集要先由值守分析人员核实').waitFor();
    expect(await desk.getByText('生效预警').count()).toBeGreaterThan(0);
    const metrics = await (await fetch(`${puan.url}/metrics`)).text();
    expect(metrics).toContain('puan_alarms_waiting{scenario="GAS"} 2');
    await shoot(desk, 'verify-list-desk');
    await markDocument(desk);

    const phone = await screen('phone');
    await signIn(phone, 'gas.admin', '值守台');
    await phone.goto('/warnings?tab=verify');
    await rowOf(phone, FALSE).waitFor();
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'verify-list-phone');

    const real = await openOne(desk, REAL);
    // Nothing can be confirmed without a word on how it was verified.
    expect(await real.getByRole('button', { name: '确认为预警' }).isDisabled()).toBe(true);
    await real.getByLabel('说明', { exact: true }).fill('抢修队现场复测 3.2 %VOL');
    await shoot(desk, 'verify-drawer-desk');
    await real.getByRole('button', { name: '确认为预警' }).click();
    await rowOf(desk, REAL).waitFor({ state: 'detached' });

    const none = await openOne(phone, FALSE);
    expect(await overflow(phone)).toBe(0);
    await none.getByLabel('说明', { exact: true }).fill('传感器进水');
    const reasons = none.getByRole('combobox', { name: '误报原因' });
    await reasons.scrollIntoViewIfNeeded();
    await shoot(phone, 'verify-drawer-phone');
    await reasons.click();
    await clickAtRest(phone.locator('.ant-select-item-option').filter({ hasText: '设备故障' }));
    await none.getByRole('button', { name: '误报', exact: true }).click();
    await phone.getByText('没有待核实的报警').waitFor();

    // The desk hears of it by itself; both are on the record.
    await desk.getByText('没有待核实的报警').waitFor();
    await desk.getByText('已核实', { exact: true }).click();
    await rowOf(desk, FALSE).getByText('误报（设备故障）：传感器进水').waitFor();
    await rowOf(desk, REAL).getByText('已确认，定为橙色：抢修队现场复测 3.2 %VOL').waitFor();
    expect(await rowOf(desk, FALSE).getByRole('link').count()).toBe(0);
    await shoot(desk, 'verify-decided-desk');
    await rowOf(desk, REAL)
      .getByRole('link', { name: /预警 #/u })
      .click();

    await desk.getByRole('heading', { level: 1, name: new RegExp(REAL, 'u') }).waitFor();
    await desk
      .getByText(/已核实：抢修队现场复测/u)
      .first()
      .waitFor();
    await desk
      .getByRole('link', { name: /^GD|^[A-Z]+-?\d/u })
      .first()
      .waitFor();
    await shoot(desk, 'verified-warning-desk');
    expect(await isSameDocument(desk)).toBe(true);

    await desk.goto('/warnings');
    await rowOf(desk, REAL).waitFor();
    expect(await rowOf(desk, FALSE).count()).toBe(0);
  },
);

test.skipIf(!browserRunsHere)(
  'a warning is judged to be none with a reason, by whoever may: the timeline says who, when and why, and the button is gone',
  { timeout: WAIT_MS },
  async () => {
    const handler = await screen('desk');
    await signIn(handler, 'gas.handler', '我的待办');
    await handler.goto('/warnings');
    await rowOf(handler, REAL).getByRole('link', { name: REAL }).click();
    await handler.getByRole('heading', { name: '经过' }).waitFor();
    expect(await handler.getByRole('button', { name: '判为误报…' }).count()).toBe(0);

    const desk = await screen('desk');
    await signIn(desk, 'gas.admin', '值守台');
    await desk.goto('/warnings');
    await rowOf(desk, REAL).getByRole('link', { name: REAL }).click();
    await desk.getByRole('button', { name: '判为误报…' }).click();
    const dialog = desk.getByRole('dialog', { name: '判为误报' });
    expect(await dialog.getByRole('button', { name: '判为误报' }).isDisabled()).toBe(true);
    await dialog.getByRole('combobox', { name: '误报原因' }).click();
    await clickAtRest(desk.locator('.ant-select-item-option').filter({ hasText: '检修施工' }));
    await dialog.getByLabel('说明（可不填）').fill('阀门井改造放散');
    await shoot(desk, 'judge-warning-desk');
    await dialog.getByRole('button', { name: '判为误报' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const line = desk.getByRole('listitem').filter({ hasText: '判定误报' });
    await line.getByText('误报（检修施工）：阀门井改造放散').waitFor();
    expect(await line.innerText()).toContain('燃气 业务管理员');
    await desk.getByRole('button', { name: '判为误报…' }).waitFor({ state: 'detached' });
    await shoot(desk, 'judged-warning-desk');
    // Whoever has the page open hears of it.
    await handler.getByText('误报（检修施工）：阀门井改造放散').first().waitFor();
  },
);

/** An underpass that was flooded two hours ago, dry ever since, and its order closed by those whose it is: all by the recording's clock. */
async function closedFlood(): Promise<string> {
  const admin = await new Client(puan.url).as('flood.admin', PASSWORD);
  const handler = await new Client(puan.url).as('flood.handler', PASSWORD);
  const at = { number: 7, name: '罗山路下立交', hj212Port: puan.hj212Port };
  const underpass = await openUnderpass(admin, at);
  await admin.ask('POST', '/api/v1/replay-sessions', { name: '误结演示', devices: [underpass.mn] });
  await underpass.send(45, 7200);
  for (let ago = 6900; ago >= 0; ago -= 300) await underpass.send(0, ago);
  underpass.close();
  interface Order {
    readonly id: number;
    readonly version: number;
  }
  const orders = async () =>
    (await handler.ask<{ items: readonly Order[] }>('GET', '/api/v1/work-orders?mine=true&limit=10')).items;
  await expect.poll(async () => (await orders()).length, { timeout: WAIT_MS }).toBe(1);
  const [order] = await orders();
  const note = '现场已无积水，封控设施已撤除，恢复通行。';
  for (const [who, action, content] of [
    [handler, 'accept', {}],
    [handler, 'arrive', {}],
    [handler, 'dispose', {}],
    [handler, 'clear', { note, verdict: 'test' }],
    [admin, 'review', {}],
    [admin, 'close', {}],
  ] as const)
    await who.ask('POST', `/api/v1/work-orders/${order?.id}/advance`, { action, ...content });
  return underpass.name;
}

test.skipIf(!browserRunsHere)(
  'what was closed by mistake is opened again with a reason: another warning with an order of its own, each leading to the other',
  { timeout: WAIT_MS },
  async () => {
    const name = await closedFlood();
    const desk = await screen('desk');
    await signIn(desk, 'flood.admin', '值守台');
    await desk.goto('/warnings?state=closed');
    await rowOf(desk, name).getByRole('link', { name }).click();
    await desk.getByRole('button', { name: '重新打开…' }).click();
    const dialog = desk.getByRole('dialog', { name: '重新打开误结的预警' });
    await dialog.getByLabel('为什么重新打开').fill('巡查发现积水未退，读数为探头脱落');
    await shoot(desk, 'reopen-warning-desk');
    await dialog.getByRole('button', { name: '重新打开' }).click();
    await desk
      .getByText(/重开误结的预警 #\d+：巡查发现积水未退/u)
      .first()
      .waitFor();
    await desk.getByText('生效中').first().waitFor();
    await desk.getByText('重开自').waitFor();
    await desk.getByRole('link', { name: /^GD/u }).first().waitFor();
    await shoot(desk, 'reopened-warning-desk');
    await desk.getByRole('link', { name: /^预警 #/u }).click();
    await desk.getByText('已重开为').waitFor();
    const line = desk.getByRole('listitem').filter({ hasText: '重开' });
    expect(await line.first().innerText()).toContain('防汛防台 业务管理员');
    expect(await desk.getByRole('button', { name: '重新打开…' }).count()).toBe(0);
  },
);
