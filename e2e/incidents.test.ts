// A typhoon: orders of two scenarios become one large incident, its towns are asked every hour, a town answers on the phone, its
// co-units close their parts, and 应急响应 stands on every screen.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { clickAtRest, openModule, signIn } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

interface Part {
  readonly id: number;
  readonly unit: string;
  readonly state: string;
}

const { puan, screen } = setStage(
  async ({ url }) => {
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
  },
  { webgl: true },
);

const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

test.skipIf(!browserRunsHere)(
  'a typhoon is one incident from two scenarios to its closing',
  { timeout: WAIT_MS },
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

    await clickAtRest(desk.getByRole('button', { name: '下发填报' }));
    await clickAtRest(desk.getByRole('dialog').getByRole('button', { name: '下发填报' }));
    await desk.getByText('本轮 0/36 已填').waitFor();
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
    const { items } = await coordinator.ask<{ items: { id: number }[] }>(
      'GET',
      `/api/v1/incidents/${id}/orders`,
    );
    await coordinator.ask('POST', `/api/v1/incidents/${id}/release`, {
      orders: items.map((one) => one.id),
      reason: '转入常规处置',
    });
    await desk.goto(`/orders/incidents/${id}`);
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
    await shoot(desk, 'activation-desk');
    await phone.goto('/todo');
    await phone.getByRole('status').filter({ hasText: 'Ⅳ级' }).waitFor();
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'activation-phone');
    await phone.context().close();
    await desk.context().close();
  },
);
