// Accounts as people walk them: asked for at one desk, decided at another, used at a third, looked at on a phone.
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { changePassword, clickAtRest, overflow, signIn, signOut, typePassword } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

const OWN = 'Riverside-2027';
const STEP_MS = 30_000;

const { puan, screen } = setStage();

/** Picks an option of a searching choice by what was typed. */
async function pick(page: Page, label: string, typed: string, option: string): Promise<void> {
  const box = page.getByLabel(label, { exact: true }).last();
  await box.click();
  await box.fill(typed);
  await clickAtRest(page.locator('.ant-select-item-option').filter({ hasText: option }).first());
}

const codeAt = (secret: string, at: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

/** Asked for at one desk, approved at another; gives the temporary password, which is on screen this once. */
async function openAccount(asking: Page, deciding: Page, username: string): Promise<string> {
  await asking.goto('/platforms/requests');
  await asking.getByRole('tab', { name: '新开账号' }).click();
  await asking.getByRole('textbox', { name: '用户名', exact: true }).fill(username);
  await asking.getByRole('textbox', { name: '姓名', exact: true }).fill('防汛值守甲');
  await pick(asking, '所属平台', '防汛', '防汛防台（FLOOD）');
  await pick(asking, '角色', '业务', '业务管理员');
  await asking.getByLabel('理由').last().fill('汛期值守增员');
  await shoot(asking, 'people-request-desk');
  await asking.getByRole('button', { name: '提交申请' }).click();
  await asking.getByText('已提交，等待另一位审批人办理。').waitFor();

  await deciding.goto('/platforms/requests');
  const card = deciding.getByRole('listitem').filter({ hasText: username });
  await card.getByRole('button', { name: '批准' }).click();
  const dialog = deciding.getByRole('dialog', { name: '临时口令，只显示这一次' });
  const password = await dialog.locator('code').innerText();
  await shoot(deciding, 'people-password-desk');
  await dialog.getByRole('button', { name: '我已转交，关闭' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await deciding.content()).not.toContain(password);
  return password;
}

/** Sets up the authenticator that is owed; gives its secret. */
async function enrol(page: Page): Promise<string> {
  await page.getByRole('heading', { name: '启用两步验证' }).waitFor();
  await page.getByRole('img', { name: '两步验证密钥的二维码' }).waitFor();
  const secret = (await page.locator('.secret-text code').innerText()).replaceAll(' ', '');
  await shoot(page, 'sign-in-totp');
  // What is typed by hand is checked, and a wrong code changes nothing.
  await page.getByLabel('应用显示的 6 位数字').fill('000000');
  await page.getByRole('button', { name: '启用两步验证' }).click();
  await page.getByText(/验证码不对/u).waitFor();
  await page.getByLabel('应用显示的 6 位数字').fill(codeAt(secret, Date.now()));
  await page.getByRole('button', { name: '启用两步验证' }).click();
  await page.getByRole('heading', { name: '请保存恢复码' }).waitFor();
  const codes = page.getByRole('list', { name: '请保存恢复码' }).getByRole('listitem');
  expect(await codes.count()).toBe(8);
  expect(await page.getByRole('button', { name: '继续' }).isDisabled()).toBe(true);
  await shoot(page, 'sign-in-recovery-codes');
  const [first = ''] = await codes.allInnerTexts();
  await page.getByLabel('我已保存好恢复码').check();
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByRole('heading', { level: 1, name: '值守台' }).waitFor();
  expect(await page.content()).not.toContain(first);
  return secret;
}

test.skipIf(!browserRunsHere)(
  'an account from the request to the day after: approved, a password of one’s own, an authenticator, then in with a code',
  { timeout: WAIT_MS },
  async () => {
    const [asking, deciding, own] = [await screen('desk'), await screen('desk'), await screen('desk')];
    await signIn(asking, 'flood.admin', '值守台');
    await signIn(deciding, 'flood.head', '值守台');
    const temporary = await openAccount(asking, deciding, 'flood.duty1');

    await deciding.goto('/platforms/people');
    await deciding.getByRole('button', { name: '防汛值守甲' }).click();
    const drawer = deciding.getByRole('dialog');
    await drawer.getByText('汛期值守增员').waitFor();
    expect(await drawer.innerText()).toContain('未改初始口令');
    await shoot(deciding, 'people-person-desk');

    await own.goto('/');
    await typePassword(own, 'flood.duty1', temporary);
    await changePassword(own, OWN);
    const secret = await enrol(own);
    await signOut(own);

    await typePassword(own, 'flood.duty1', OWN);
    await own.getByRole('heading', { name: '两步验证' }).waitFor();
    expect(await own.getByRole('alert').count()).toBe(0);
    await own.getByLabel('验证码').fill('000000');
    await own.getByRole('button', { name: '验证', exact: true }).click();
    await own.getByRole('alert').filter({ hasText: '每个码只能用一次' }).waitFor();
    // The code of this half minute may be the one that was used up at the enrolment.
    await own.getByLabel('验证码').fill(codeAt(secret, Date.now() + STEP_MS));
    await own.getByRole('button', { name: '验证', exact: true }).click();
    await own.getByRole('heading', { level: 1, name: '值守台' }).waitFor();
  },
);

test.skipIf(!browserRunsHere)(
  'a pasted table is told its faults by row, and each page fits a phone',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'flood.admin', '值守台');
    await desk.goto('/platforms/requests');
    await desk.getByRole('tab', { name: '批量开通' }).click();
    const good = '用户名\t姓名\nbulk.a\t值守甲\t\t\t\tFLOOD\t处置人员\t';
    await desk.getByLabel('粘贴表格').fill(`${good}\nbulk.a\t值守乙\t\t\t\tGAS\t站长\t`);
    await desk.getByLabel('理由').last().fill('汛期批量开通');
    await desk.getByRole('button', { name: '试算' }).click();
    await desk.getByText('2 行里有 1 行有问题').waitFor();
    expect(await desk.locator('.people-faults').innerText()).toMatch(/站长/u);
    await shoot(desk, 'people-bulk-desk');
    await desk.getByLabel('粘贴表格').fill(good);
    await desk.getByRole('button', { name: '试算' }).click();
    await desk.getByText('1 行都可以提交').waitFor();
    await desk.getByRole('button', { name: '提交 1 行' }).click();
    await desk.getByText(/已提交 1 行/u).waitFor();

    const phone = await screen('phone');
    await signIn(phone, 'flood.admin', '值守台');
    for (const path of ['/platforms/people', '/platforms/requests']) {
      await phone.goto(path);
      await phone.getByRole('tab').first().waitFor();
      for (const tab of await phone.getByRole('tab').all()) {
        await tab.click();
        await expect.poll(() => phone.getByRole('status', { name: '正在载入' }).count()).toBe(0);
        expect([path, await tab.innerText(), await overflow(phone)]).toEqual([
          path,
          await tab.innerText(),
          0,
        ]);
        await shoot(phone, `people-phone${path.replaceAll('/', '-')}-${await tab.innerText()}`);
      }
    }
  },
);

test.skipIf(!browserRunsHere)(
  'a deputy is named at the desk, and a team is put together',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'gas.admin', '值守台');
    await desk.goto('/platforms/people');
    await desk.getByRole('tab', { name: '代理' }).click();
    await desk.getByRole('button', { name: '指定我的代理人' }).click();
    await desk.getByLabel('代理人（用户名）').fill('gas.leader');
    await desk.getByLabel('事由').fill('年休假');
    await desk.getByRole('dialog').getByRole('button', { name: '安排代理' }).click();
    await desk.getByText('燃气 分管责任人 代 燃气 业务管理员').waitFor();
    await shoot(desk, 'people-delegation-desk');
    const deputy = await new Client(puan.url).as('gas.leader', PASSWORD);
    const session = await deputy.ask<{ roles: { actingFor: string | null }[] }>('GET', '/api/v1/session');
    expect(session.roles.map(({ actingFor }) => actingFor)).toContain('燃气 业务管理员');

    await desk.getByRole('tab', { name: '班组' }).click();
    await desk.getByRole('button', { name: '成立班组' }).click();
    await desk.getByRole('textbox', { name: '编码', exact: true }).fill('gas-1');
    await desk.getByRole('textbox', { name: '名称', exact: true }).fill('燃气抢险一班');
    await pick(desk, '所属平台', '燃气', '燃气（GAS）');
    await pick(desk, '成员', 'gas.handler', 'gas.handler');
    await desk.keyboard.press('Escape');
    await desk.getByRole('button', { name: '保存' }).click();
    await desk.getByRole('listitem').filter({ hasText: '燃气抢险一班' }).waitFor();
    await shoot(desk, 'people-teams-desk');
  },
);
