// How somebody comes in every day: back to where he wanted to go, out of a screen he left behind, by PIN in the field.
// The first sign-in with an authenticator is in people.test.ts.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { changePassword, clickAtRest, loadedBytes, overflow, signIn, signOut, typePassword } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

const OWN = 'Riverside-2027';
const PIN = '730591';

const { puan, screen } = setStage();

/** Asked for by one person and approved by another; gives the temporary password. */
async function openHandler(username: string, name: string): Promise<string> {
  const as = (who: string): Promise<Client> => new Client(puan.url).as(who, PASSWORD);
  const [admin, head] = [await as('flood.admin'), await as('flood.head')];
  const wanted = { username, name, platform: 'FLOOD', roles: [{ role: 'handler', platform: 'FLOOD' }] };
  const body = { action: 'open', ...wanted, reason: '新到岗，参加防汛值守' };
  const { id } = await admin.ask<{ id: number }>('POST', '/api/v1/account-requests', body);
  const path = `/api/v1/account-requests/${id}/approve`;
  const decided = await head.ask<{ passwords: readonly { readonly password: string }[] }>('POST', path, {});
  return decided.passwords[0]?.password ?? '';
}

/** No page of these scrolls sideways. */
async function expectNoSideScroll(page: Page): Promise<void> {
  expect(await overflow(page)).toBe(0);
}

/** On one's own page: for a gateway, narrowed to a scenario. */
async function issueToken(page: Page): Promise<string> {
  await page.getByRole('button', { name: '签发令牌' }).click();
  const dialog = page.getByRole('dialog', { name: '签发令牌' });
  await dialog.getByLabel('名称').fill('水位网关');
  await dialog.getByText('几个场景').click();
  await dialog.getByLabel('场景', { exact: true }).click();
  await clickAtRest(page.locator('.ant-select-item-option').filter({ hasText: '防汛' }).first());
  await page.keyboard.press('Escape');
  await shoot(page, 'me-token-form');
  await dialog.getByRole('button', { name: '签发', exact: true }).click();
  const token = await dialog.locator('.secret-text code').innerText();
  await shoot(page, 'me-token-shown');
  await dialog.getByRole('button', { name: '我已保存' }).click();
  const row = page
    .getByRole('table', { name: '我签发的令牌' })
    .getByRole('row')
    .filter({ hasText: '水位网关' });
  await row.waitFor();
  expect(await page.content()).not.toContain(token);
  return token;
}

test.skipIf(!browserRunsHere)(
  'whoever signs in gets where he wanted to go, ends the screen he left signed in, and issues a token for a gateway',
  { timeout: WAIT_MS },
  async () => {
    const [desk, other] = [await screen('desk'), await screen('desk')];
    await signIn(other, 'district', '值守台');
    await desk.goto('/warnings');
    await desk.getByLabel('用户名').waitFor();
    expect(await loadedBytes(desk)).toBeLessThanOrEqual(400 * 1024);
    await shoot(desk, 'sign-in-desk');
    await typePassword(desk, 'district', PASSWORD);
    await desk.getByRole('heading', { level: 1, name: '预警体征' }).waitFor();

    await desk.goto('/me');
    await desk.getByRole('heading', { level: 1, name: '我的账号' }).waitFor();
    const sessions = desk.getByRole('table', { name: '登录会话' });
    await sessions.getByText('这一个').waitFor();
    await sessions.getByRole('button', { name: '结束', exact: true }).click();
    await desk.getByText('已结束，对方立即退出。').waitFor();
    await expectNoSideScroll(desk);
    await shoot(desk, 'me-desk');
    // The other screen is out at its next step.
    await other.goto('/warnings');
    await other.getByLabel('用户名').waitFor();

    // A token for a gateway: its text is on screen once, and it reaches no further than it was given.
    const admin = await new Client(puan.url).as('admin', PASSWORD);
    for (const scenario of ['FLOOD', 'GAS']) {
      const at = { name: '令牌所及', lat: 31.21, lon: 121.59 };
      await admin.ask('POST', '/api/v1/objects', { ...at, code: `TOKEN-${scenario}`, scenarios: [scenario] });
    }
    const token = await issueToken(desk);
    const gateway = new Client(puan.url, token);
    const seen = await gateway.ask<{ items: { scenarios: string[] }[] }>('GET', '/api/v1/objects');
    expect(new Set(seen.items.flatMap(({ scenarios }) => scenarios))).toEqual(new Set(['FLOOD']));
    expect(await gateway.send('GET', '/api/v1/warnings')).toMatchObject({ status: 403 });
    await Promise.all([desk.context().close(), other.context().close()]);
  },
);

test.skipIf(!browserRunsHere)(
  'a handler binds the phone at the first sign-in and comes in with the PIN from then on',
  { timeout: WAIT_MS },
  async () => {
    const temporary = await openHandler('e2e.hand', '防汛处置甲');
    const phone = await screen('phone');
    await phone.goto('/');
    await typePassword(phone, 'e2e.hand', temporary);
    await changePassword(phone, OWN);
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
    await signOut(phone);

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
    await signOut(phone);
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
