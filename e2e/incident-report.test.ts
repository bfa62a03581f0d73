// Risk information as it is told on a night: a red warning owes reports by itself, the office reports on the phone, the district
// reads out to its leader, signs for what came, and asks back.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { overflow, signIn } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';
import { openUnderpass } from './underpass.ts';

let integrator: Client;
const { puan, screen } = setStage(async ({ url }) => {
  integrator = await new Client(url).as('flood.admin', PASSWORD);
});

const dutyOf = (page: Page, words: string) => page.locator('.report-duty').filter({ hasText: words }).first();

test.skipIf(!browserRunsHere)(
  'red: the office reports on its phone, the district tells its leader by telephone, signs, asks back, and is told again',
  { timeout: WAIT_MS },
  async () => {
    const underpass = await openUnderpass(integrator, {
      number: 7,
      name: '锦绣路下立交',
      hj212Port: puan.hj212Port,
    });
    await underpass.send(2, 60);
    await underpass.send(45);

    const phone = await screen('phone');
    await signIn(phone, 'flood.admin', '值守台');
    await phone.goto('/command/reports');
    await dutyOf(phone, '平台报区总平台值班 · 首次').waitFor();
    await shoot(phone, 'reports-due-phone');
    expect(await overflow(phone)).toBe(0);
    await dutyOf(phone, '书面报区总平台值班 · 首次').getByRole('link', { name: '报送' }).click();
    await phone.getByRole('heading', { name: '初报 · 书面报区总平台值班' }).waitFor();
    await phone.getByLabel('影响范围').fill('锦绣路双向断交');
    await phone.getByRole('spinbutton', { name: '受伤' }).fill('0');
    await shoot(phone, 'report-form-phone');
    expect(await overflow(phone)).toBe(0);
    await phone.getByRole('button', { name: '提交报送' }).click();
    await dutyOf(phone, '书面报区总平台值班 · 首次').getByText('按时').waitFor();
    await shoot(phone, 'report-matter-phone');

    const desk = await screen('desk');
    await signIn(desk, 'district', '值守台');
    // What is due stands on the duty desk, and leads to its form.
    const due = desk.getByRole('region', { name: '待报送' });
    await due.getByText('电话报区领导').waitFor();
    expect(await overflow(desk)).toBe(0);
    await shoot(desk, 'duty-reports-desk');
    await desk.goto('/command/reports?tab=flags');
    await desk.getByText('没有迟报、漏报和更改').waitFor();
    await desk.getByRole('combobox', { name: '月份' }).waitFor();
    await shoot(desk, 'report-flags-desk');
    await desk.goto('/command/reports');
    await dutyOf(desk, '电话报区领导').getByRole('link', { name: '报送' }).click();
    await desk.getByText('电话报送：照着读，记下谁接的').waitFor();
    await desk.getByLabel('接报人').fill('区领导值班秘书');
    await shoot(desk, 'report-call-desk');
    await desk.getByRole('button', { name: '提交报送' }).click();
    await dutyOf(desk, '电话报区领导').getByText('按时').waitFor();

    await desk.goto('/command/reports?tab=received&unsigned=true');
    const received = desk.locator('.report-entry').filter({ hasText: '锦绣路双向断交' });
    await received.getByRole('button', { name: '签收' }).waitFor();
    await shoot(desk, 'reports-received-desk');
    await received.getByRole('button', { name: '签收' }).click();
    await desk.getByText('还没有记录').waitFor();
    await desk.goto('/command/reports?tab=received');
    await received.getByText(/区总平台 业务管理员 .* 签收/u).waitFor();
    await received.getByRole('button', { name: '追问' }).click();
    await received.getByRole('textbox', { name: '追问' }).fill('有没有人被困？');
    await received.locator('.report-words').getByRole('button', { name: '追问' }).click();
    await received.getByRole('link', { name: /下立交积水红色预警/u }).click();
    await desk.getByText('有没有人被困？').waitFor();
    await shoot(desk, 'report-matter-desk');

    await phone.getByText('有没有人被困？').waitFor();
    await phone.getByRole('textbox', { name: '答复' }).fill('没有');
    await phone.getByRole('button', { name: '答复' }).click();
    await desk.getByText('没有', { exact: false }).first().waitFor();
    await dutyOf(phone, '书面报区总平台值班 · 续报 1').getByRole('button', { name: '报送' }).click();
    await phone.getByRole('heading', { name: '续报1 · 书面报区总平台值班' }).waitFor();
    await phone.getByText(/还缺：/u).waitFor();
    await phone.getByRole('button', { name: '空着的填“正在核实”' }).click();
    await phone.getByRole('button', { name: '提交报送' }).click();
    await phone.locator('.report-entry').filter({ hasText: '续报1' }).first().waitFor();

    await desk.goto('/command/reports?tab=rules');
    await desk.getByText('红色预警书面专报').waitFor();
    await desk.getByText('未核实').first().waitFor();
    await shoot(desk, 'report-rules-desk');
    await phone.goto('/command/reports?tab=rules');
    await phone.getByText('红色预警书面专报').waitFor();
    expect(await overflow(phone)).toBe(0);
    underpass.close();
  },
);
