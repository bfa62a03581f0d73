// What a phone, its browser or what lies on the way refuses: said in words, and nothing that somebody has done is lost.
import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { overflow, signIn, signOut } from './desk.ts';
import { samplePhoto } from './photo.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

interface Order {
  readonly id: number;
  readonly state: string;
  readonly entries: readonly { readonly kind: string; readonly attachments: readonly object[] }[];
}

let admin: Client;
const { puan, phone } = setStage(async ({ url }) => {
  admin = await new Client(url).as('flood.admin', PASSWORD);
});

async function openOrder(number: number): Promise<number> {
  const registrar = await new Client(puan.url).as('admin', PASSWORD);
  const object = `E2E-REFUSED-${number}`;
  const at = { scenarios: ['FLOOD'], town: '310115004', lat: 31.21, lon: 121.56 };
  await registrar.ask('POST', '/api/v1/objects', {
    code: object,
    name: `拒绝演练下立交 ${number} 号`,
    ...at,
  });
  const { id } = await admin.ask<Order>('POST', '/api/v1/work-orders', {
    source: 'hotline',
    object,
    item: 'FLOOD.I06',
    level: 'red',
    told: '市民来电：下立交积水没过路缘石',
    idempotencyKey: `e2e-refused-${number}`,
  });
  return id;
}

const orderOf = (id: number): Promise<Order> => admin.ask<Order>('GET', `/api/v1/work-orders/${id}`);
async function deeds(id: number): Promise<readonly string[]> {
  const wanted = new Set(['accept', 'arrive', 'dispose']);
  return (await orderOf(id)).entries.map(({ kind }) => kind).filter((kind) => wanted.has(kind));
}

async function pageOf(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? context.newPage();
}

test.skipIf(!browserRunsHere)(
  'a picture that is too large on the way stays on the phone and says so; it goes once it is let through',
  { timeout: WAIT_MS },
  async () => {
    const id = await openOrder(1);
    const context = await phone('too-large', 'block');
    const page = await pageOf(context);
    await signIn(page, 'flood.handler', '我的待办');
    await page.goto(`/todo/orders/${id}`);
    await page.getByRole('button', { name: '接单' }).tap();
    await expect.poll(() => deeds(id), { timeout: WAIT_MS }).toEqual(['accept']);
    // As a proxy that is set too tight answers: in its own words, which are none of ours.
    await page.route('**/attachments**', (route) =>
      route.fulfill({ status: 413, contentType: 'text/html', body: '<h1>413 Request Entity Too Large</h1>' }),
    );
    await page.getByRole('button', { name: '到场' }).tap();
    await page.getByText('已到场').first().waitFor();
    const line = page.getByRole('listitem').filter({ hasText: '调视频确认水深' });
    const buffer = samplePhoto(640, 480);
    await line.locator('input[type=file]').setInputFiles({ name: '1.png', mimeType: 'image/png', buffer });
    await line.getByText('照片太大，传不上去', { exact: false }).waitFor();
    await page.getByRole('button', { name: '开始处置' }).tap();
    // The refusal of the step itself, beside its button: that of the picture stood there before.
    await page
      .getByRole('group', { name: '可以做的事' })
      .getByRole('alert')
      .getByText('照片太大，传不上去', { exact: false })
      .waitFor();
    expect(await line.getByRole('img', { name: /照片/u }).count()).toBe(1);
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'phone-too-large');
    await page.unroute('**/attachments**');
    await page.reload();
    await line.getByRole('img', { name: /照片/u }).waitFor();
    await page.getByRole('button', { name: '开始处置' }).tap();
    await expect.poll(() => deeds(id), { timeout: WAIT_MS }).toEqual(['accept', 'arrive', 'dispose']);
    const dispose = (await orderOf(id)).entries.find(({ kind }) => kind === 'dispose');
    expect(dispose?.attachments).toHaveLength(1);
    await context.close();
  },
);

test.skipIf(!browserRunsHere)(
  'the page is renewed while something waits on the phone: it loads itself anew and what waits arrives',
  { timeout: WAIT_MS },
  async () => {
    const id = await openOrder(2);
    const context = await phone('renewed', 'block');
    const page = await pageOf(context);
    await signIn(page, 'flood.handler', '我的待办');
    await page.goto(`/todo/orders/${id}`);
    await page.route('**/advance', (route) => route.fulfill({ status: 503, body: '' }));
    await page.getByRole('button', { name: '接单' }).tap();
    await page.getByText('待上传', { exact: true }).first().waitFor();
    // The parts of the page that were not loaded yet are gone: their names bear another hash by now.
    let gone = 0;
    await page.route('**/assets/quick-report-page*.js', (route) => {
      gone += 1;
      return gone === 1 ? route.fulfill({ status: 404, body: '' }) : route.fallback();
    });
    await page.getByRole('link', { name: '我的待办' }).first().tap();
    await page.evaluate("document.documentElement.dataset.before = 'yes'");
    await page.getByRole('link', { name: '随手报' }).tap();
    await page.getByRole('heading', { level: 1, name: '随手报' }).waitFor();
    expect(gone).toBeGreaterThan(0);
    expect(await page.evaluate('document.documentElement.dataset.before ?? null')).toBe(null);
    await page.goto('/todo');
    await page
      .getByRole('region', { name: '手机上的操作' })
      .getByText('待上传', { exact: true })
      .first()
      .waitFor();
    await page.unroute('**/advance');
    await page.reload();
    await expect.poll(() => deeds(id), { timeout: WAIT_MS }).toEqual(['accept']);
    await context.close();
  },
);

/** As a private window of some browsers does: the page may keep nothing. */
const NO_STORE = `Object.defineProperty(window, 'indexedDB', {
  get() { return { open() { throw new DOMException('refused', 'SecurityError'); } }; },
});`;

test.skipIf(!browserRunsHere)(
  'a browser that lets the page keep nothing is told so, works on line, and carries over a short gap',
  { timeout: WAIT_MS },
  async () => {
    const id = await openOrder(3);
    const context = await phone('keeps-nothing', 'block');
    await context.addInitScript(NO_STORE);
    const page = await pageOf(context);
    await signIn(page, 'flood.handler', '我的待办');
    await page.getByText('不让网页保存数据', { exact: false }).waitFor();
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'phone-keeps-nothing');
    await page.goto(`/todo/orders/${id}`);
    await page.getByRole('button', { name: '接单' }).tap();
    await expect.poll(() => deeds(id), { timeout: WAIT_MS }).toEqual(['accept']);
    await context.setOffline(true);
    await page.getByRole('button', { name: '到场' }).tap();
    await page.getByText('待上传', { exact: true }).first().waitFor();
    await context.setOffline(false);
    await expect.poll(() => deeds(id), { timeout: WAIT_MS }).toEqual(['accept', 'arrive']);
    await context.close();
  },
);

/** The store takes nothing more from the moment on at which the page says so. */
const FULL = `for (const name of ['put', 'add']) {
  const write = IDBObjectStore.prototype[name];
  IDBObjectStore.prototype[name] = function (...given) {
    if (document.documentElement.dataset.full === 'yes') throw new DOMException('full', 'QuotaExceededError');
    return write.apply(this, given);
  };
}`;

test.skipIf(!browserRunsHere)(
  'a phone without room says what was not kept, and what is pressed goes to the server at once',
  { timeout: WAIT_MS },
  async () => {
    const id = await openOrder(4);
    const context = await phone('full', 'block');
    await context.addInitScript(FULL);
    const page = await pageOf(context);
    await signIn(page, 'flood.handler', '我的待办');
    await page.goto(`/todo/orders/${id}`);
    await page.getByRole('button', { name: '接单' }).waitFor();
    await page.evaluate("document.documentElement.dataset.full = 'yes'");
    await page.getByRole('button', { name: '接单' }).tap();
    await page.getByText('已接单').first().waitFor();
    await expect.poll(() => deeds(id), { timeout: WAIT_MS }).toEqual(['accept']);
    await page.getByText('存储满了', { exact: false }).first().waitFor();
    const line = page.getByRole('listitem').filter({ hasText: '调视频确认水深' });
    const buffer = samplePhoto(330, 240);
    await page.getByRole('button', { name: '到场' }).tap();
    await page.getByText('已到场').first().waitFor();
    await line.locator('input[type=file]').setInputFiles({ name: '1.png', mimeType: 'image/png', buffer });
    await line.getByRole('alert').filter({ hasText: '存储满了' }).waitFor();
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'phone-full');
    await context.close();
  },
);

test.skipIf(!browserRunsHere)(
  'a phone without room for a report says so, keeps it on the screen without a line, and sends it at once with one',
  { timeout: WAIT_MS },
  async () => {
    const context = await phone('report-full', 'block');
    await context.addInitScript(FULL);
    const page = await pageOf(context);
    await signIn(page, 'village.sample', '我的待办');
    await page.getByRole('link', { name: '随手报' }).tap();
    await page.getByText('您还没有报过').waitFor();
    await page.evaluate("document.documentElement.dataset.full = 'yes'");
    await page.getByText('井盖缺失', { exact: true }).tap();
    await page.getByRole('button', { name: '井盖破损松动' }).tap();
    await page.getByText('存储满了', { exact: false }).first().waitFor();
    await page.getByLabel('地点名称', { exact: false }).fill('川和路居委会');
    await page
      .locator('input[type=file]')
      .setInputFiles(
        [1, 2].map((n) => ({ name: `${n}.png`, mimeType: 'image/png', buffer: samplePhoto(330 + n, 240) })),
      );
    const taken = page.locator('form').getByRole('img', { name: /照片/u });
    await taken.nth(1).waitFor();
    await context.setOffline(true);
    await page.getByRole('button', { name: '上报' }).tap();
    const form = page.locator('form.quick-form');
    await form.getByRole('alert').filter({ hasText: '存储满了' }).waitFor();
    expect(await taken.count()).toBe(2);
    expect(await page.getByLabel('怎么回事').inputValue()).toBe('井盖破损松动');
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'report-full');
    await context.setOffline(false);
    await page.getByRole('button', { name: '上报' }).tap();
    await page.getByText('已报上', { exact: false }).waitFor();
    const village = await new Client(puan.url).as('village.sample', PASSWORD);
    const { items } = await village.ask<{ readonly items: readonly object[] }>(
      'GET',
      '/api/v1/my-social-reports',
    );
    expect(items).toMatchObject([{ kind: '井盖缺失', text: '井盖破损松动', pictures: 2 }]);
    await context.close();
  },
);

test.skipIf(!browserRunsHere)(
  'the contact book is read without a signal by whoever was signed in, and is gone with signing out',
  { timeout: WAIT_MS },
  async () => {
    const context = await phone('book');
    const page = await pageOf(context);
    await signIn(page, 'flood.handler', '我的待办');
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    const keptKeys = (): Promise<readonly string[]> =>
      page.evaluate(`new Promise((resolve, reject) => {
        const asked = indexedDB.open('puan-answers');
        asked.onerror = () => reject(asked.error);
        asked.onsuccess = () => {
          const keys = asked.result.transaction('answers').objectStore('answers').getAllKeys();
          keys.onsuccess = () => { asked.result.close(); resolve(keys.result); };
        };
      })`);
    await expect.poll(keptKeys, { timeout: WAIT_MS }).toContain('contacts/book');
    await context.setOffline(true);
    await page.getByRole('link', { name: '通讯录' }).tap();
    await page.getByText('110 报警').waitFor();
    await page.getByText('没有信号：数据截至', { exact: false }).waitFor();
    expect(await page.getByRole('link', { name: '95598' }).getAttribute('href')).toBe('tel:95598');
    await page.getByRole('searchbox').fill('泵站');
    await page.getByText('排水泵站值守').waitFor();
    await page.getByText('110 报警').waitFor({ state: 'detached' });
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'phone-book-offline');
    await context.setOffline(false);
    await page.goto('/todo');
    await signOut(page);
    await page.getByLabel('用户名').waitFor();
    await expect.poll(keptKeys, { timeout: WAIT_MS }).not.toContain('contacts/book');
    await context.close();
  },
);
