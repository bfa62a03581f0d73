// An order that no warning brought: opened at the desk, shared out, taken on a phone, suspended by two and gone on with.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { clickAtRest, openModule, overflow, signIn } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

const NAME = '龙阳路罗山路下立交';
const { screen } = setStage(async ({ url }) => {
  const admin = await new Client(url).as('admin', PASSWORD);
  await admin.ask('POST', '/api/v1/objects', {
    code: 'E2E-ORDER-1',
    name: NAME,
    scenarios: ['FLOOD'],
    town: '310115004',
    lat: 31.21,
    lon: 121.56,
  });
});

async function pick(page: Page, label: string, option: string, typed?: string): Promise<void> {
  const field = page.getByRole('dialog').getByRole('combobox', { name: label });
  await field.focus();
  await field.press('ArrowDown');
  if (typed !== undefined) await field.fill(typed);
  const list = page.locator('.ant-select-dropdown:visible');
  await clickAtRest(list.locator('.ant-select-item-option').filter({ hasText: option }).first());
  // Where several may be chosen, the list stays until one goes on.
  await expect
    .poll(
      async () => {
        if (await list.isVisible()) {
          // A press that is not over yet holds it open: one goes on once more.
          await field.focus();
          await field.blur();
        }
        return list.isVisible();
      },
      { timeout: WAIT_MS },
    )
    .toBe(false);
}

test.skipIf(!browserRunsHere)(
  'an order by hand is opened and shared out at the desk, suspended by two, and gone on with on the phone',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'flood.admin', '值守台');
    await openModule(desk, '闭环处置全流程');
    await desk.getByRole('button', { name: '人工开单' }).click();
    await pick(desk, '监测对象', NAME, '龙阳路');
    await pick(desk, '事项', '下立交积水');
    await pick(desk, '等级', '黄色');
    await desk.getByRole('textbox', { name: '情况说明' }).fill('市民来电：下立交积水没过路缘石');
    await desk.getByText('取所在街镇').waitFor();
    await shoot(desk, 'order-by-hand');
    await desk.getByRole('button', { name: '开单并派单' }).click();
    await desk.getByRole('heading', { level: 1, name: new RegExp(NAME, 'u') }).waitFor();
    await desk.getByText('12345 热线，人工开单', { exact: false }).waitFor();

    await desk.getByRole('button', { name: '开协同工单' }).click();
    await pick(desk, '协同单位', '事发地街镇');
    await desk.getByRole('textbox', { name: /请它做什么/u }).fill('在两端路口劝返车辆');
    await shoot(desk, 'order-part-form');
    await desk.locator('.ant-drawer').getByRole('button', { name: '开协同工单' }).click();
    await desk.getByRole('link', { name: '事发地街镇' }).waitFor();
    expect(await overflow(desk)).toBe(0);
    await shoot(desk, 'order-whole');

    const phone = await screen('phone');
    await signIn(phone, 'flood.handler', '我的待办');
    await phone.getByRole('link').filter({ hasText: NAME }).first().tap();
    await phone.getByRole('button', { name: '接单' }).tap();
    await phone.getByText('已接单').first().waitFor();

    // What the desk asks stands on the phone without a reload, and the answer at the desk.
    await desk.getByRole('textbox', { name: '写留言' }).fill('水位还在涨吗？');
    await desk.getByRole('button', { name: '发送' }).click();
    const onPhone = phone.getByRole('region', { name: '留言' });
    await onPhone.getByText('水位还在涨吗？').waitFor();
    await phone.getByRole('textbox', { name: '写留言' }).fill('没再涨，两端已劝返');
    await phone.getByRole('button', { name: '发送' }).tap();
    await desk.getByRole('region', { name: '留言' }).getByText('没再涨，两端已劝返').waitFor();
    expect(await desk.getByRole('textbox', { name: '写留言' }).inputValue()).toBe('');
    await shoot(desk, 'order-notes-desk');
    expect(await overflow(phone)).toBe(0);
    // Every button at the thumb holds its words.
    expect(
      await phone.evaluate(`[...document.querySelectorAll('.action-buttons button')]
      .filter((button) => button.scrollWidth > button.clientWidth).map((button) => button.innerText)`),
    ).toEqual([]);
    await onPhone.scrollIntoViewIfNeeded();
    await shoot(phone, 'order-notes-phone');
    await phone.getByRole('button', { name: '更多' }).tap();
    await phone.getByRole('menuitem', { name: '转单' }).tap();
    const dialog = phone.getByRole('dialog');
    await dialog.getByRole('textbox', { name: '转给哪个单位' }).waitFor();
    expect(await dialog.getByRole('button', { name: '转单' }).isDisabled()).toBe(true);
    await shoot(phone, 'order-transfer-phone');
    await dialog.getByRole('button', { name: '取消' }).tap();
    await phone.getByRole('button', { name: '更多' }).tap();
    await phone.getByRole('menuitem', { name: '申请挂起' }).tap();
    await phone.getByRole('dialog').getByRole('textbox', { name: '理由' }).fill('等水泵配件到货');
    await phone.getByRole('dialog').getByRole('button', { name: '申请挂起' }).tap();
    await phone.getByText('等待复核人同意').waitFor();
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'order-asked-phone');

    const url = new URL(phone.url()).pathname.replace('/todo/orders/', '/orders/');
    await desk.goto(url);
    await desk.getByRole('button', { name: '同意挂起', exact: true }).click();
    const agree = desk.getByRole('dialog');
    const tomorrow = new Date(Date.now() + 30 * 3_600_000).toISOString().slice(0, 16);
    await agree.getByLabel('挂起到何时').fill(tomorrow);
    await shoot(desk, 'order-suspend-desk');
    await agree.getByRole('button', { name: '同意挂起' }).click();
    await desk.getByText('已挂起').first().waitFor();
    await desk.getByText('停表', { exact: false }).first().waitFor();
    await shoot(desk, 'order-suspended-desk');

    await phone.getByRole('button', { name: '恢复处置' }).tap();
    await phone.getByText('已接单').first().waitFor();
    await phone.getByRole('button', { name: '开始处置' }).tap();
    await phone.getByRole('button', { name: '销警' }).tap();
    await phone.getByRole('dialog').getByText('调度指令').first().waitFor();
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'order-clear-phone');
    await phone.context().close();
    await desk.context().close();
  },
);
