// A hand whose signal goes: what is done under ground is kept, survives the browser, and arrives in the order in which it was done.
import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { overflow, signIn, typePassword } from './desk.ts';
import { samplePhoto } from './photo.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

interface Entry {
  readonly kind: string;
  readonly note: string | null;
  readonly attachments: readonly object[];
}
interface Order {
  readonly id: number;
  readonly state: string;
  readonly entries: readonly Entry[];
}

let admin: Client;
const { puan, phone } = setStage(async ({ url }) => {
  admin = await new Client(url).as('flood.admin', PASSWORD);
});

/** An order at an underpass of its own. */
async function openOrder(number: number): Promise<{ readonly id: number; readonly name: string }> {
  const name = `离线演练下立交 ${number} 号`;
  const registrar = await new Client(puan.url).as('admin', PASSWORD);
  const object = `E2E-PHONE-${number}`;
  const at = { scenarios: ['FLOOD'], town: '310115004', lat: 31.21, lon: 121.56 };
  await registrar.ask('POST', '/api/v1/objects', { code: object, name, ...at });
  const { id } = await admin.ask<Order>('POST', '/api/v1/work-orders', {
    source: 'hotline',
    object,
    item: 'FLOOD.I06',
    level: 'red',
    told: '市民来电：下立交积水没过路缘石',
    idempotencyKey: `e2e-phone-${number}`,
  });
  return { id, name };
}

const orderOf = (id: number): Promise<Order> => admin.ask<Order>('GET', `/api/v1/work-orders/${id}`);

/** What people did, in the order of the server's timeline. */
async function deeds(id: number): Promise<readonly string[]> {
  const wanted = new Set(['accept', 'arrive', 'dispose', 'feed-back', 'clear', 'supplement']);
  return (await orderOf(id)).entries.map(({ kind }) => kind).filter((kind) => wanted.has(kind));
}

async function pageOf(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? context.newPage();
}

/** Has whoever is signed in on this phone everything that is needed without a signal? */
async function waitUntilKept(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate('navigator.serviceWorker.ready.then(() => true)'), { timeout: WAIT_MS })
    .toBe(true);
}

async function photographs(page: Page, step: string, count: number): Promise<void> {
  const line = page.getByRole('listitem').filter({ hasText: step });
  for (let n = 1; n <= count; n += 1) {
    const buffer = samplePhoto(320 + n, 240);
    await line.locator('input[type=file]').setInputFiles({ name: `${n}.png`, mimeType: 'image/png', buffer });
    await line
      .getByRole('img', { name: /照片/u })
      .nth(n - 1)
      .waitFor();
  }
}

test.skipIf(!browserRunsHere)(
  'accepted with a signal, disposed of under ground with two pictures, the browser closed and opened: it arrives in true order',
  { timeout: WAIT_MS },
  async () => {
    const { id, name } = await openOrder(1);
    let context = await phone('under-ground');
    let page = await pageOf(context);
    await signIn(page, 'flood.handler', '我的待办');
    await waitUntilKept(page);
    await page.goto(`/todo/orders/${id}`);
    await page.getByRole('button', { name: '接单' }).tap();
    await page.getByText('已接单').first().waitFor();
    await expect.poll(() => deeds(id), { timeout: WAIT_MS }).toEqual(['accept']);

    await context.setOffline(true);
    await page.getByRole('button', { name: '到场' }).tap();
    await page.getByText('已到场').first().waitFor();
    await photographs(page, '调视频确认水深', 2);
    await page.getByRole('checkbox').first().tap();
    await page.getByRole('button', { name: '开始处置' }).tap();
    await page.getByText('处置中').first().waitFor();
    const held = page.getByRole('region', { name: '手机上的操作' });
    expect(await held.innerText()).toContain('照片 2 张');
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'phone-offline-order');
    await context.close();

    context = await phone('under-ground');
    await context.setOffline(true);
    page = await pageOf(context);
    await page.goto('/todo');
    await page.getByText('没有信号：数据截至').waitFor();
    await page.getByRole('region', { name: '手机上的操作' }).getByText(name).first().waitFor();
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'phone-offline-todo');
    await page.getByRole('link').filter({ hasText: name }).last().tap();
    await page.getByText('处置中').first().waitFor();
    // The marks come from the phone's own store, which opens beside the page.
    await expect.poll(() => page.getByText('待上传', { exact: true }).count(), { timeout: WAIT_MS }).toBe(2);
    expect(await deeds(id)).toEqual(['accept']);

    await context.setOffline(false);
    // The session ended with the browser: whoever signs in anew goes on where they were.
    await typePassword(page, 'flood.handler', PASSWORD);
    await expect.poll(() => deeds(id), { timeout: WAIT_MS }).toEqual(['accept', 'arrive', 'dispose']);
    const order = await orderOf(id);
    expect(order.state).toBe('disposing');
    const dispose = order.entries.find(({ kind }) => kind === 'dispose');
    expect(dispose?.attachments).toHaveLength(2);
    await page.getByRole('region', { name: '手机上的操作' }).waitFor({ state: 'detached' });
    await shoot(page, 'phone-synced-order');
    await context.close();
  },
);

test.skipIf(!browserRunsHere)(
  'sent to another meanwhile: the phone says what was done and what is so now, and it goes into the timeline as a supplement',
  { timeout: WAIT_MS },
  async () => {
    const { id } = await openOrder(2);
    const context = await phone('conflict');
    const page = await pageOf(context);
    await signIn(page, 'flood.handler', '我的待办');
    await page.goto(`/todo/orders/${id}`);
    await page.getByRole('button', { name: '接单' }).tap();
    await expect.poll(() => deeds(id), { timeout: WAIT_MS }).toEqual(['accept']);

    await context.setOffline(true);
    await page.getByRole('button', { name: '到场' }).tap();
    await page.getByText('已到场').first().waitFor();
    await photographs(page, '调视频确认水深', 1);
    await page.getByRole('button', { name: '开始处置' }).tap();
    await page.getByText('处置中').first().waitFor();
    const advance = (step: object) => admin.ask('POST', `/api/v1/work-orders/${id}/advance`, step);
    await advance({ action: 'reject', reason: '改派给养护班组' });
    await advance({ action: 'dispatch', unit: '养护班组' });

    await context.setOffline(false);
    const conflict = page.getByRole('region', { name: '这一步没有被接受' });
    await conflict.waitFor();
    await conflict.getByText('待接单', { exact: false }).first().waitFor();
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'phone-conflict');
    await conflict.getByRole('button', { name: '作为补充记录提交' }).tap();
    await expect.poll(() => deeds(id), { timeout: WAIT_MS }).toEqual(['accept', 'supplement']);
    const { entries } = await orderOf(id);
    const supplement = entries.find(({ kind }) => kind === 'supplement');
    expect(supplement?.note).toMatch(/到场[\s\S]*开始处置/u);
    expect(supplement?.attachments).toHaveLength(1);
    await conflict.waitFor({ state: 'detached' });
    await shoot(page, 'phone-supplemented');

    await page.getByRole('button', { name: /账号与退出/u }).tap();
    await page.getByRole('button', { name: '退出登录' }).tap();
    await page.getByLabel('用户名').waitFor();
    await context.close();
  },
);

test.skipIf(!browserRunsHere)(
  'in a view without service worker, camera and place refused: what waits survives closing, and signing out asks first',
  { timeout: WAIT_MS },
  async () => {
    const { id } = await openOrder(3);
    let context = await phone('web-view', 'block');
    let page = await pageOf(context);
    await signIn(page, 'flood.handler', '我的待办');
    await page.goto(`/todo/orders/${id}`);
    await page.getByRole('button', { name: '接单' }).tap();
    await expect.poll(() => deeds(id), { timeout: WAIT_MS }).toEqual(['accept']);
    await context.setOffline(true);
    await page.getByRole('button', { name: '到场' }).tap();
    await page.getByText('已到场').first().waitFor();
    await page.getByRole('button', { name: '反馈' }).tap();
    const dialog = page.getByRole('dialog', { name: '反馈' });
    await dialog.getByRole('button', { name: '已到现场，正在查看' }).tap();
    await shoot(page, 'phone-phrases');
    await dialog.getByRole('button', { name: '反馈' }).tap();
    await dialog.waitFor({ state: 'detached' });
    await context.close();

    context = await phone('web-view', 'block');
    page = await pageOf(context);
    // The server takes nothing for now: what stands before it answers.
    await page.route('**/advance', (route) => route.fulfill({ status: 503, body: '' }));
    await page.goto('/todo');
    await typePassword(page, 'flood.handler', PASSWORD);
    await page.getByRole('region', { name: '手机上的操作' }).getByText('反馈').waitFor();
    await page.getByRole('button', { name: /账号与退出/u }).tap();
    await page.getByRole('button', { name: '退出登录' }).tap();
    await page.getByText('还有 2 项操作没有上传').waitFor();
    await shoot(page, 'phone-sign-out');
    await page.getByRole('button', { name: '先不退出' }).tap();
    await page.unroute('**/advance');
    await page.reload();
    await expect.poll(() => deeds(id), { timeout: WAIT_MS }).toEqual(['accept', 'arrive', 'feed-back']);
    await context.close();
  },
);
