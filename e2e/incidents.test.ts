// A typhoon: orders of two scenarios become one large incident, its towns are asked every hour, a town answers on the phone, its
// co-units close their parts, and 应急响应 stands on every screen.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { clickAtRest, openModule, overflow, signIn } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

interface Part {
  readonly id: number;
  readonly unit: string;
  readonly state: string;
}

const { puan, screen } = setStage(async ({ url }) => {
  const nobody = new Client(url);
  const [admin, flood, power] = await Promise.all([
    nobody.as('admin', PASSWORD),
    nobody.as('flood.admin', PASSWORD),
    nobody.as('power.admin', PASSWORD),
  ]);
  const object = (code: string, name: string, scenario: string): Promise<unknown> =>
    admin.ask('POST', '/api/v1/objects', {
      code,
      name,
      scenarios: [scenario],
      town: '310115125',
      lat: 31.21,
      lon: 121.61,
    });
  await object('E2E-INC-1', '祖冲之路下立交', 'FLOOD');
  await object('E2E-INC-2', '张江 35 kV 变电站', 'POWER');
  const order = (client: Client, at: string, item: string): Promise<unknown> =>
    client.ask('POST', '/api/v1/work-orders', {
      source: 'superior',
      object: at,
      item,
      level: 'orange',
      told: '台风影响，现场告急',
      idempotencyKey: `e2e-incident-${at}`,
    });
  await order(flood, 'E2E-INC-1', 'FLOOD.I06');
  const { items } = await power.ask<{ items: { code: string }[] }>(
    'GET',
    '/api/v1/work-order-plan?object=E2E-INC-2',
  );
  await order(power, 'E2E-INC-2', items[0]?.code ?? '');
});

/** Ticks orders of an incident and gives them back. */
async function release(desk: Page, names: readonly string[], reason: string): Promise<void> {
  for (const one of names) await desk.getByRole('checkbox', { name: new RegExp(`选中 ${one}`, 'u') }).check();
  await clickAtRest(desk.getByRole('button', { name: `移出所选（${names.length}）` }));
  const form = desk.getByRole('dialog');
  await form.getByRole('textbox', { name: '理由' }).fill(reason);
  await clickAtRest(form.getByRole('button', { name: '移出', exact: true }));
  await form.waitFor({ state: 'hidden' });
}

/** One that does not belong to it leaves, and comes back from its own page. */
async function releaseAndAdopt(desk: Page, id: number): Promise<void> {
  await desk.goto(`/orders/incidents/${id}`);
  await desk.getByRole('checkbox', { name: /选中 张江 35 kV 变电站/u }).waitFor();
  await shoot(desk, 'incident-orders');
  const order = desk.getByRole('link', { name: '张江 35 kV 变电站' });
  const address = (await order.getAttribute('href')) ?? '';
  await release(desk, ['张江 35 kV 变电站'], '与台风无关');
  await order.waitFor({ state: 'detached' });
  await desk.goto(address);
  await clickAtRest(desk.getByRole('button', { name: '并入事件' }));
  const form = desk.getByRole('dialog');
  await form.getByRole('radio').first().check();
  await form.getByRole('textbox', { name: '理由' }).fill('停电是台风造成的');
  await shoot(desk, 'order-adopt');
  await clickAtRest(form.getByRole('button', { name: '并入事件' }));
  await desk.getByRole('region', { name: '所属事件' }).getByRole('link').waitFor();
  await desk.getByText('已并入事件的报送').waitFor();
  await shoot(desk, 'order-of-incident');
}

/** Somebody is asked about the whole of it, and one report stands for all of its orders. */
async function superviseAndGather(desk: Page, id: number): Promise<void> {
  await desk.goto(`/orders/incidents/${id}`);
  const reports = desk.getByRole('region', { name: '信息报送' });
  await clickAtRest(reports.getByRole('button', { name: '合并报送' }));
  await desk.getByRole('dialog').getByRole('textbox', { name: '理由' }).fill('台风期间统一报送');
  await clickAtRest(desk.getByRole('dialog').getByRole('button', { name: '合并报送' }));
  await reports.getByText('代替 2 张工单的报送').waitFor();
  await reports.getByRole('link', { name: '报送、查看' }).click();
  await desk.getByText('代替 2 张工单的报送，事件').waitFor();
  await desk.getByText('平台报区总平台值班 · 首次').waitFor();
  expect(await overflow(desk)).toBe(0);
  await shoot(desk, 'report-whole-desk');
  await desk.goto(`/orders/incidents/${id}`);
  await clickAtRest(desk.getByRole('region', { name: '督办' }).getByRole('button', { name: '督办' }));
  const form = desk.getByRole('dialog');
  await form.getByRole('textbox', { name: '要求说明什么' }).fill('请说明泵车到场时间');
  await shoot(desk, 'incident-supervise');
  await clickAtRest(form.getByRole('button', { name: '发出' }));
  await desk.getByRole('link', { name: /EV-/u }).waitFor();
  await shoot(desk, 'supervision-of-incident');
}

test.skipIf(!browserRunsHere)(
  'a typhoon is one incident from two scenarios to its closing',
  // Three people, from the first order to the last: a long night.
  { timeout: 2 * WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'coordinator', '值守台');
    await openModule(desk, '闭环处置全流程');
    await clickAtRest(desk.getByRole('link', { name: '事件', exact: true }));
    // Two scenarios within 500 m and an hour made it by themselves.
    const row = desk.getByRole('row').filter({ hasText: '多个场景在近处同时出事' });
    await row.waitFor();
    expect(await overflow(desk)).toBe(0);
    await shoot(desk, 'incidents-desk');
    await row.getByRole('link').click();
    await desk.getByText('区应急管理局大闭环统筹').first().waitFor();
    await clickAtRest(desk.getByRole('button', { name: '签字接手' }));
    await clickAtRest(desk.getByRole('dialog').getByRole('button', { name: '签字接手' }));
    await desk.getByText('应急管理局 大闭环统筹').first().waitFor();

    await clickAtRest(desk.getByRole('button', { name: '增加参与单位' }));
    const called = desk.getByRole('dialog');
    await called.getByRole('textbox', { name: '单位', exact: true }).fill('区水务集团');
    await called.getByRole('textbox', { name: '请它做什么' }).fill('调两台移动泵车到祖冲之路');
    await clickAtRest(called.getByRole('button', { name: '增加参与单位' }));
    await desk.getByText('区水务集团').first().waitFor();

    await clickAtRest(desk.getByRole('button', { name: '下发填报' }));
    const asked = desk.getByRole('dialog');
    await asked.getByText('全部街镇（36 个）', { exact: false }).waitFor();
    // Found by typing, taken and dropped again by the keyboard: all of them are asked.
    const towns = asked.getByRole('combobox', { name: '发给哪些街镇' });
    await towns.fill('张江');
    await towns.press('Enter');
    await asked.getByText('只发给选定的 1 个').waitFor();
    await shoot(desk, 'incident-ask');
    await expect
      .poll(
        async () => {
          // For a quarter of a second after something was searched, the field drops nothing: a finger that rests on the key is meant well.
          await towns.press('Backspace');
          return asked.getByText('只发给选定的 1 个').count();
        },
        { timeout: WAIT_MS, interval: 400 },
      )
      .toBe(0);
    await clickAtRest(asked.getByRole('button', { name: '下发填报' }));
    await desk.getByText('本轮 0/36 已填').waitFor();
    await desk.getByText('36 个未填').waitFor();
    expect(await overflow(desk)).toBe(0);
    await shoot(desk, 'incident-desk');

    const phone = await screen('phone');
    await signIn(phone, 'town.zhangjiang', '值守台');
    await phone.goto('/todo');
    const card = phone.getByRole('region', { name: '要填的报表' });
    await card.getByRole('spinbutton', { name: '已转移人数' }).fill('120');
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'incident-form-phone');
    await card.getByRole('button', { name: '提交' }).tap();
    await card.waitFor({ state: 'detached' });
    await desk.getByText('本轮 1/36 已填').waitFor();
    await clickAtRest(desk.getByRole('button', { name: '看汇总' }));
    await desk.getByRole('cell', { name: '120', exact: true }).first().waitFor();
    await shoot(desk, 'incident-form-result');

    const id = Number(new URL(desk.url()).pathname.split('/').at(-1));
    await phone.goto(`/orders/incidents/${id}`);
    await phone.getByRole('heading', { name: '参与单位' }).waitFor();
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'incident-phone');

    const coordinator = await new Client(puan.url).as('coordinator', PASSWORD);
    const { parts } = await coordinator.ask<{ parts: Part[] }>('GET', `/api/v1/incidents/${id}`);
    expect(parts.map(({ unit }) => unit)).toContain('张江镇');
    for (const part of parts)
      await coordinator.ask('POST', `/api/v1/incident-parts/${part.id}/answer`, {
        text: '险情已排除',
        done: true,
      });
    await superviseAndGather(desk, id);
    await releaseAndAdopt(desk, id);

    // The storm is over: what is still to be repaired goes on in its own loop, with the reason on record.
    await desk.goto(`/orders/incidents/${id}`);
    await release(desk, ['祖冲之路下立交', '张江 35 kV 变电站'], '险情已排除，修复转入各自的小闭环');
    await desk.getByText('没有您能看到的工单').waitFor();
    await clickAtRest(desk.getByRole('button', { name: '事件结案' }));
    await desk.getByRole('dialog').getByRole('textbox', { name: '理由' }).fill('台风过境，险情排除');
    await clickAtRest(desk.getByRole('dialog').getByRole('button', { name: '事件结案' }));
    await desk.getByText('已结案').first().waitFor();
    await shoot(desk, 'incident-closed');

    await desk.goto('/command/activations');
    await clickAtRest(desk.getByRole('button', { name: '启动应急响应' }));
    await desk.getByRole('dialog').getByRole('textbox', { name: /依据/u }).fill('台风蓝色预警信号');
    await clickAtRest(desk.getByRole('dialog').getByRole('button', { name: '启动应急响应' }));
    await desk.getByText('完成 0 / 3').waitFor();
    await clickAtRest(desk.getByRole('button', { name: '改规定动作' }));
    const measures = desk.getByRole('dialog');
    await clickAtRest(measures.getByRole('button', { name: '增加一项' }));
    await measures.getByRole('textbox', { name: '第 4 项做什么' }).fill('龙阳路下立交预置泵车');
    await measures.getByRole('textbox', { name: '第 4 项由谁做' }).fill('区建交委');
    await measures.getByRole('textbox', { name: '理由' }).fill('该处历年积水');
    await shoot(desk, 'activation-measures');
    await clickAtRest(measures.getByRole('button', { name: '保存规定动作' }));
    await desk.getByText('完成 0 / 4').waitFor();
    await clickAtRest(desk.getByRole('button', { name: '经过', exact: true }));
    await desk
      .getByRole('dialog')
      .getByText('增加“龙阳路下立交预置泵车”（区建交委）', { exact: false })
      .waitFor();
    await shoot(desk, 'activation-course');
    await desk
      .getByRole('dialog')
      .getByRole('button', { name: /Close|关闭/u })
      .first()
      .click();
    expect(await overflow(desk)).toBe(0);
    await shoot(desk, 'activation-desk');
    await desk.goto('/wall');
    await desk.getByRole('status').filter({ hasText: 'Ⅳ级' }).waitFor();
    expect(await overflow(desk)).toBe(0);
    await shoot(desk, 'activation-wall');
    await phone.goto('/todo');
    await phone.getByRole('status').filter({ hasText: 'Ⅳ级' }).waitFor();
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'activation-phone');
    await phone.goto('/wall');
    await phone.getByRole('status').filter({ hasText: 'Ⅳ级' }).waitFor();
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'activation-wall-phone');
    await phone.goto('/command/activations');
    await phone.getByText('完成 0 / 4').waitFor();
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'activations-phone');
    await phone.context().close();
    await desk.context().close();
  },
);
