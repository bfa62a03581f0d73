// How somebody comes in for the first time, and every day after: a password of one's own, a second factor, a phone in the field.
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { loadedBytes } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

const OWN = 'Riverside-2027';
const PIN = '730591';
const STEP_MS = 30_000;

const { puan, screen } = setStage();

/** Asked for by one person and approved by another; gives the temporary password. */
async function openAccount(username: string, name: string, role: string): Promise<string> {
  const as = (who: string): Promise<Client> => new Client(puan.url).as(who, PASSWORD);
  const [admin, head] = [await as('flood.admin'), await as('flood.head')];
  const wanted = { username, name, platform: 'FLOOD', roles: [{ role, platform: 'FLOOD' }] };
  const body = { action: 'open', ...wanted, reason: '新到岗，参加防汛值守' };
  const { id } = await admin.ask<{ id: number }>('POST', '/api/v1/account-requests', body);
  const path = `/api/v1/account-requests/${id}/approve`;
  const decided = await head.ask<{ passwords: readonly { readonly password: string }[] }>('POST', path, {});
  return decided.passwords[0]?.password ?? '';
}

async function typePassword(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

async function changePassword(page: Page): Promise<void> {
  await page.getByRole('heading', { name: '请先修改密码' }).waitFor();
  await page.getByLabel('新密码', { exact: true }).fill('short');
  await page.getByText(/至少 10 个字符；/u).waitFor();
  await page.getByLabel('新密码', { exact: true }).fill(OWN);
  await page.getByLabel('再输一次新密码').fill(OWN);
  await page.getByRole('button', { name: '修改密码' }).click();
}

const codeAt = (secret: string, at: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

/** No page of these scrolls sideways. */
async function expectNoSideScroll(page: Page): Promise<void> {
  const over = await page.evaluate<unknown>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(over).toBe(0);
}

test.skipIf(!browserRunsHere)(
  'from a temporary password to the desk: a password of one’s own, an authenticator, recovery codes; then with a code',
  { timeout: WAIT_MS },
  async () => {
    const temporary = await openAccount('e2e.watch', '防汛值守甲', 'business-admin');
    const desk = await screen('desk');
    await desk.goto('/warnings');
    await desk.getByLabel('用户名').waitFor();
    expect(await loadedBytes(desk)).toBeLessThanOrEqual(400 * 1024);
    await shoot(desk, 'sign-in-desk');
    await typePassword(desk, 'e2e.watch', temporary);
    await shoot(desk, 'sign-in-change-password');
    await changePassword(desk);

    await desk.getByRole('heading', { name: '启用两步验证' }).waitFor();
    await desk.getByRole('img', { name: '两步验证密钥的二维码' }).waitFor();
    const secret = (await desk.locator('.secret-text code').innerText()).replaceAll(' ', '');
    await shoot(desk, 'sign-in-totp');
    // What is typed by hand is checked, and a wrong code changes nothing.
    await desk.getByLabel('应用显示的 6 位数字').fill('000000');
    await desk.getByRole('button', { name: '启用两步验证' }).click();
    await desk.getByText(/验证码不对/u).waitFor();
    await desk.getByLabel('应用显示的 6 位数字').fill(codeAt(secret, Date.now()));
    await desk.getByRole('button', { name: '启用两步验证' }).click();
    await desk.getByRole('heading', { name: '请保存恢复码' }).waitFor();
    const codes = await desk
      .getByRole('list', { name: '请保存恢复码' })
      .getByRole('listitem')
      .allInnerTexts();
    expect(codes).toHaveLength(8);
    expect(await desk.getByRole('button', { name: '继续' }).isDisabled()).toBe(true);
    await shoot(desk, 'sign-in-recovery-codes');
    await desk.getByLabel('我已保存好恢复码').check();
    await desk.getByRole('button', { name: '继续' }).click();
    // Where they wanted to go in the first place.
    await desk.getByRole('heading', { level: 1, name: '预警体征' }).waitFor();

    await desk.goto('/me');
    await desk.getByRole('heading', { level: 1, name: '我的账号' }).waitFor();
    await desk.getByText('已启用：登录时除密码外').waitFor();
    await desk.getByRole('table', { name: '登录会话' }).getByText('这一个').waitFor();
    await expectNoSideScroll(desk);
    await shoot(desk, 'me-desk');

    const other = await screen('desk');
    await other.goto('/sign-in');
    await typePassword(other, 'e2e.watch', OWN);
    await other.getByRole('heading', { name: '两步验证' }).waitFor();
    expect(await other.getByRole('alert').count()).toBe(0);
    await other.getByLabel('验证码').fill('000000');
    await other.getByRole('button', { name: '验证', exact: true }).click();
    await other.getByRole('alert').filter({ hasText: '每个码只能用一次' }).waitFor();
    await other.getByLabel('验证码').fill(codeAt(secret, Date.now() + STEP_MS));
    await other.getByRole('button', { name: '验证', exact: true }).click();
    await other.getByRole('heading', { level: 1, name: '值守台' }).waitFor();

    // Ended from the first screen, the second one is out at its next step.
    await desk.reload();
    const row = desk
      .getByRole('table', { name: '登录会话' })
      .getByRole('row')
      .filter({ hasText: '密码和验证码' });
    await row.getByRole('button', { name: '结束' }).click();
    await desk.getByText('已结束，对方立即退出。').waitFor();
    await other.goto('/warnings');
    await other.getByLabel('用户名').waitFor();
    await Promise.all([desk.context().close(), other.context().close()]);
  },
);

test.skipIf(!browserRunsHere)(
  'a handler binds the phone at the first sign-in and comes in with the PIN from then on',
  { timeout: WAIT_MS },
  async () => {
    const temporary = await openAccount('e2e.hand', '防汛处置甲', 'handler');
    const phone = await screen('phone');
    await phone.goto('/');
    await typePassword(phone, 'e2e.hand', temporary);
    await changePassword(phone);
    await phone.getByRole('heading', { name: '启用两步验证' }).waitFor();
    await phone.getByLabel('设一个 6 位数字的 PIN').fill('123456');
    await phone.getByLabel('再输一次 PIN').fill('123456');
    await phone.getByRole('button', { name: '绑定这台手机' }).tap();
    await phone.getByText('PIN 须为 6 位数字').waitFor();
    await phone.getByLabel('设一个 6 位数字的 PIN').fill(PIN);
    await phone.getByLabel('再输一次 PIN').fill(PIN);
    await expectNoSideScroll(phone);
    await shoot(phone, 'sign-in-bind-phone');
    await phone.getByRole('button', { name: '绑定这台手机' }).tap();
    await phone.getByRole('heading', { level: 1, name: '我的待办' }).waitFor();

    await phone.goto('/me');
    await phone.getByRole('table', { name: '绑定的手机' }).getByText('我的手机').waitFor();
    await expectNoSideScroll(phone);
    await shoot(phone, 'me-phone');
    await phone.getByRole('button', { name: /账号与退出/u }).tap();
    await phone.getByRole('button', { name: '退出登录' }).tap();

    const pad = phone.getByRole('group', { name: 'PIN 键盘' });
    await pad.waitFor();
    await phone.getByText('防汛处置甲').waitFor();
    await expectNoSideScroll(phone);
    await shoot(phone, 'sign-in-pin-phone');
    for (const digit of '999999') await pad.getByRole('button', { name: digit, exact: true }).tap();
    await phone.getByRole('alert').filter({ hasText: '还可以再试 4 次' }).waitFor();
    for (const digit of PIN) await pad.getByRole('button', { name: digit, exact: true }).tap();
    await phone.getByRole('heading', { level: 1, name: '我的待办' }).waitFor();

    // The same by keys, and the way back to the password.
    await phone.getByRole('button', { name: /账号与退出/u }).tap();
    await phone.getByRole('button', { name: '退出登录' }).tap();
    await pad.waitFor();
    await phone.getByRole('button', { name: '用密码登录' }).tap();
    await phone.getByLabel('用户名').waitFor();
    await phone.reload();
    await pad.waitFor();
    await phone.keyboard.type(PIN);
    await phone.getByRole('heading', { level: 1, name: '我的待办' }).waitFor();
    expect(new URL(phone.url()).pathname).toBe('/todo');
    await phone.context().close();
  },
);
