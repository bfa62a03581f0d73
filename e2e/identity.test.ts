// A village user who has no account here: through the city operation centre's provider to their village, and out again.
import { decodeJwt } from 'jose';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { IdentityProviderServer } from '../test/identity-provider.ts';
import { PASSWORD, PuanProcess } from '../test/puan-process.ts';
import { browserRunsHere, TestBrowser } from './browser.ts';
import { overflow, signIn } from './desk.ts';
import { shoot } from './shoot.ts';

const WAIT_MS = 180_000;
const VILLAGE = '310115125001';
const OWN = '川和路泵站';
const OTHER = '军民路泵站';

const idp = new IdentityProviderServer();
let puan: PuanProcess;
let browser: TestBrowser | undefined;

beforeAll(async () => {
  if (!browserRunsHere) return;
  await idp.listen();
  puan = new PuanProcess({ env: idp.settings });
  [browser] = await Promise.all([TestBrowser.launch(), puan.start()]);
  await idp.serve(puan.url);
  const admin = await new Client(puan.url).as('admin', PASSWORD);
  const object = (code: string, name: string, village: string) => ({
    code,
    name,
    scenarios: ['FLOOD'],
    lat: 31.2,
    lon: 121.6,
    village,
  });
  await admin.ask('POST', '/api/v1/objects', object('E2E-IDP-1', OWN, VILLAGE));
  await admin.ask('POST', '/api/v1/objects', object('E2E-IDP-2', OTHER, '310115125002'));
}, WAIT_MS);
afterAll(async () => {
  await browser?.close();
  if (!browserRunsHere) return;
  await puan.remove();
  await idp.close();
}, WAIT_MS);

async function screen(kind: 'desk' | 'phone'): Promise<Page> {
  if (!browser) throw new Error('浏览器没有启动');
  return browser.screen(kind, puan.url);
}

test.skipIf(!browserRunsHere)(
  'the security administrator fills the table of mappings and tries a person’s claims on it',
  { timeout: WAIT_MS },
  async () => {
    const page = await screen('desk');
    await page.goto('/platforms/identity');
    await page.getByLabel('用户名').fill('security');
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText('已启用：登录页有“城运平台登录”').waitFor();
    await page.getByRole('button', { name: '填入常用的三行' }).click();
    await page.getByRole('row').filter({ hasText: 'roles 为 village' }).waitFor();
    await page.getByRole('button', { name: '试算' }).click();
    await page.getByText('川和路居委会').waitFor();
    await shoot(page, 'identity-desk');

    await page.getByRole('button', { name: '添加一行' }).click();
    const drawer = page.getByRole('dialog', { name: '添加映射' });
    await drawer.getByLabel('值', { exact: true }).fill('left');
    await drawer.getByLabel('声明', { exact: true }).fill('status');
    await drawer.getByText('不准登录', { exact: true }).click();
    await drawer.getByRole('button', { name: '保存' }).click();
    const row = page.getByRole('row').filter({ hasText: 'status 为 left' });
    await row.waitFor();
    await page.getByLabel('声明（JSON）').fill('{"status": "left", "roles": "village"}');
    await page.getByRole('button', { name: '试算' }).click();
    await page.getByText('不能登录：身份平台已停用这个人').waitFor();
    await row.getByRole('switch').click();
    await expect.poll(() => row.getByRole('switch').getAttribute('aria-checked')).toBe('false');

    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'identity-phone');
    await page.context().close();
  },
);

test.skipIf(!browserRunsHere)(
  'a village user comes through the provider, sees that village only, and is out when the provider says so',
  { timeout: WAIT_MS },
  async () => {
    let sid = '';
    idp.tamper = (token) => {
      sid = String(decodeJwt(token)['sid']);
      return token;
    };
    idp.next = { sub: 'e2e.village', name: '川和路 居村处置', roles: ['village'], org_code: `${VILLAGE}000` };
    const page = await screen('desk');
    await page.goto('/map');
    await page.getByRole('link', { name: /城运平台/u }).click();
    await page.getByRole('heading', { level: 1, name: '风险一张图' }).waitFor();
    await page.getByText('全部 1', { exact: true }).click();
    const objects = page.getByRole('region', { name: '视野内对象' });
    await objects.getByText(OWN).waitFor();
    expect(await page.getByText(OTHER).count()).toBe(0);
    await shoot(page, 'identity-village');

    await page.goto('/platforms/objects');
    await page.getByText(OWN).first().waitFor();
    expect(await page.getByText(OTHER).count()).toBe(0);

    await idp.logOut('e2e.village', sid);
    // The open page is told by its stream that ended, without a click.
    await page.getByLabel('用户名').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.context().close();
  },
);

test.skipIf(!browserRunsHere)(
  'whoever the table does not know is told so in a sentence on the sign-in page, and local accounts still sign in',
  { timeout: WAIT_MS },
  async () => {
    idp.next = { sub: 'e2e.stranger', name: '外单位', roles: ['visitor'] };
    const page = await screen('phone');
    await page.goto('/');
    await page.getByRole('link', { name: /城运平台/u }).click();
    await page.getByText('还没有对应到本系统的平台').waitFor();
    await shoot(page, 'identity-refused-phone');
    expect(new URL(page.url()).searchParams.get('fault')).toBe('identity.no-mapping');
    await page.context().close();
    const desk = await screen('desk');
    await signIn(desk, 'flood.admin', '值守台');
    await desk.context().close();
  },
);
