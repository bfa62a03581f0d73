// A village on its phone: one card a thing, done or cannot by two buttons, also without a signal; and what it reports by itself.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { overflow, signIn } from './desk.ts';
import { samplePhoto } from './photo.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

interface Order {
  readonly id: number;
  readonly state: string;
  readonly unit: string;
  readonly entries: readonly {
    readonly kind: string;
    readonly note: string | null;
    readonly actedAt: number | null;
  }[];
}
interface Report {
  readonly id: number;
  readonly kind: string;
  readonly text: string;
  readonly pictures: number;
  readonly placeName: string | null;
}
type Page1<T> = { readonly items: readonly T[] };

const VILLAGE = '310115125001';
let admin: Client;
let town: Client;
const { puan, phone, screen } = setStage(
  async ({ url }) => {
    admin = await new Client(url).as('flood.admin', PASSWORD);
    town = await new Client(url).as('town.zhangjiang', PASSWORD);
  },
  { webgl: true },
);

/** An order of the village's, at an underpass in it. */
async function openOrder(number: number): Promise<{ readonly id: number; readonly name: string }> {
  const name = `川和路下立交 ${number} 号`;
  const registrar = await new Client(puan.url).as('admin', PASSWORD);
  const object = `E2E-VILLAGE-${number}`;
  const at = { scenarios: ['FLOOD'], village: VILLAGE, lat: 31.205, lon: 121.6 };
  await registrar.ask('POST', '/api/v1/objects', { code: object, name, ...at });
  const { id } = await admin.ask<Order>('POST', '/api/v1/work-orders', {
    source: 'hotline',
    object,
    item: 'FLOOD.I06',
    level: 'blue',
    told: '居民来电：下立交开始积水',
    idempotencyKey: `e2e-village-${number}`,
  });
  return { id, name };
}

const orderOf = (id: number): Promise<Order> => admin.ask<Order>('GET', `/api/v1/work-orders/${id}`);

async function deeds(id: number): Promise<readonly string[]> {
  const wanted = new Set(['accept', 'arrive', 'clear', 'reject', 'transfer']);
  return (await orderOf(id)).entries.map(({ kind }) => kind).filter((kind) => wanted.has(kind));
}

const cardOf = (page: Page, name: string) => page.getByRole('article', { name: new RegExp(name, 'u') });

test.skipIf(!browserRunsHere)(
  'what a village has done is told in one press without a signal, and arrives as accepted, arrived and cleared',
  { timeout: WAIT_MS },
  async () => {
    const context = await phone('village-done');
    const page = context.pages()[0] ?? (await context.newPage());
    await signIn(page, 'village.sample', '我的待办');
    await page.getByText('一切平静').waitFor();
    await page.getByText('数据截至', { exact: false }).first().waitFor();
    await page.getByRole('heading', { name: '可以打给谁' }).waitFor();
    expect(await page.getByRole('link', { name: /打给/u }).first().getAttribute('href')).toMatch(/^tel:/u);
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'village-calm');

    const { id, name } = await openOrder(1);
    const card = cardOf(page, name);
    await card.getByRole('button', { name: '办了' }).waitFor();
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'village-card');
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await context.setOffline(true);
    await card.getByRole('button', { name: '办了' }).tap();
    const dialog = page.getByRole('dialog', { name: '办了' });
    for (const box of await dialog.getByRole('checkbox').all()) await box.check();
    for (const field of await dialog.locator('input.plain-input').all()) await field.fill('水深 3 厘米');
    await dialog.getByRole('button', { name: '积水已抽排，路面恢复通行' }).tap();
    for (const field of await dialog.locator('label.field input[type=text]').all())
      if ((await field.inputValue()) === '') await field.fill('已落实');
    for (const n of [1, 2]) {
      const buffer = samplePhoto(320 + n, 240);
      await dialog
        .locator('input[type=file]')
        .first()
        .setInputFiles({ name: `${n}.png`, mimeType: 'image/png', buffer });
      await dialog
        .getByRole('img', { name: /照片/u })
        .nth(n - 1)
        .waitFor();
    }
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'village-done-form');
    await dialog.locator('button[type=submit]').tap();
    await dialog.waitFor({ state: 'detached' });
    await card.getByText('待上传').first().waitFor();
    await shoot(page, 'village-done-offline');
    expect(await deeds(id)).toEqual([]);

    await context.setOffline(false);
    await expect.poll(() => deeds(id), { timeout: WAIT_MS }).toEqual(['accept', 'arrive', 'clear']);
    expect((await orderOf(id)).state).toBe('cleared');
    await context.close();
  },
);

test.skipIf(!browserRunsHere)(
  'what a village cannot do goes up to its town with the reason: given back before it began, handed on afterwards',
  { timeout: WAIT_MS },
  async () => {
    const page = await screen('phone');
    await signIn(page, 'village.sample', '我的待办');
    const back = await openOrder(2);
    await cardOf(page, back.name).getByRole('button', { name: '办不了' }).tap();
    let dialog = page.getByRole('dialog', { name: '办不了' });
    await dialog.getByRole('button', { name: '不属于本单位职责' }).tap();
    await shoot(page, 'village-cannot-form');
    await dialog.locator('button[type=submit]').tap();
    await expect.poll(() => deeds(back.id), { timeout: WAIT_MS }).toEqual(['reject']);
    const asked = await town.ask<Page1<Order>>('GET', '/api/v1/work-orders?mine=true');
    expect(asked.items.map(({ id }) => id)).toContain(back.id);
    const told = async (): Promise<string> => {
      const { items } = await town.ask<Page1<object>>('GET', '/api/v1/my-notifications');
      return JSON.stringify(items);
    };
    await expect.poll(told, { timeout: WAIT_MS }).toContain('请看理由，另行派单');

    const on = await openOrder(3);
    const card = cardOf(page, on.name);
    await card.getByRole('button', { name: '我去办' }).tap();
    await card.getByText('已接单').waitFor();
    await page.getByRole('link', { name: '看全部经过' }).last().waitFor();
    await card.getByRole('link', { name: '看全部经过' }).tap();
    await page.getByRole('button', { name: '到场' }).tap();
    await page.getByText('已到场').first().waitFor();
    await page.getByRole('link', { name: '我的待办' }).first().tap();
    await card.getByRole('button', { name: '办不了' }).tap();
    dialog = page.getByRole('dialog', { name: '办不了' });
    await expect
      .poll(() => dialog.getByRole('textbox', { name: '转给哪个单位' }).inputValue(), { timeout: WAIT_MS })
      .toBe('张江镇');
    await dialog.getByRole('button', { name: '需专业队伍处置' }).tap();
    await dialog.locator('button[type=submit]').tap();
    await expect.poll(() => deeds(on.id), { timeout: WAIT_MS }).toEqual(['accept', 'arrive', 'transfer']);
    expect(
      (await town.ask<Page1<Order>>('GET', '/api/v1/work-orders?mine=true')).items.map(({ id }) => id),
    ).toContain(on.id);
    await page.context().close();
  },
);

test.skipIf(!browserRunsHere)(
  '随手报 without a signal: what is begun outlives the page, is kept with its pictures, sent once, and what became of it is told',
  { timeout: WAIT_MS },
  async () => {
    const context = await phone('village-report');
    let page = context.pages()[0] ?? (await context.newPage());
    await signIn(page, 'village.sample', '我的待办');
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await page.getByRole('link', { name: '随手报' }).tap();
    await page.getByText('您还没有报过').waitFor();
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'report-empty');
    await context.setOffline(true);
    await page.getByText('井盖缺失', { exact: true }).tap();
    await page.getByRole('button', { name: '井盖破损松动' }).tap();
    await page.getByRole('button', { name: '用我现在的位置' }).tap();
    await page.getByText('取不到位置', { exact: false }).waitFor();
    await page.getByRole('button', { name: '川和路居委会' }).tap();
    const picture = (n: number) => ({
      name: `${n}.png`,
      mimeType: 'image/png',
      buffer: samplePhoto(330 + n, 240),
    });
    const taken = () => page.getByRole('img', { name: /照片/u });
    await page.locator('input[type=file]').setInputFiles(picture(1));
    await taken().waitFor();
    // Closed before it was handed in, and opened anew: still without a signal.
    await page.close();
    page = await context.newPage();
    await page.goto('/todo/report');
    await taken().waitFor();
    expect(await page.getByRole('radio', { name: '井盖缺失' }).isChecked()).toBe(true);
    expect(await page.getByLabel('怎么回事').inputValue()).toBe('井盖破损松动');
    expect(await page.getByLabel('地点名称', { exact: false }).inputValue()).toBe('川和路居委会');
    // The same one again is no other; of what is more than three nothing is asked.
    await page.locator('input[type=file]').setInputFiles([picture(1), picture(2), picture(3)]);
    await taken().nth(2).waitFor();
    expect([await taken().count(), await page.locator('input[type=file]').count()]).toEqual([3, 0]);
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'report-filled');
    await page.getByRole('button', { name: '上报' }).tap();
    await page.getByText('已存在这台手机上', { exact: false }).waitFor();
    await page.getByText('待上传', { exact: true }).waitFor();
    await taken().first().waitFor({ state: 'detached' });
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'report-kept');
    await page.close();

    page = await context.newPage();
    await page.goto('/todo/report');
    await page.getByText('待上传', { exact: true }).waitFor();
    // What was handed in is not in the form any more.
    expect(await page.getByLabel('怎么回事').inputValue()).toBe('');
    await context.setOffline(false);
    const reports = async (): Promise<readonly Report[]> =>
      (await admin.ask<Page1<Report>>('GET', '/api/v1/suspected-events?origin=social')).items;
    const village = await new Client(puan.url).as('village.sample', PASSWORD);
    const mine = async (): Promise<readonly Report[]> =>
      (await village.ask<Page1<Report>>('GET', '/api/v1/my-social-reports')).items;
    await expect
      .poll(mine, { timeout: WAIT_MS })
      .toMatchObject([{ kind: '井盖缺失', text: '井盖破损松动', pictures: 3, placeName: '川和路居委会' }]);
    await page.getByText('待上传', { exact: true }).waitFor({ state: 'detached' });
    expect(await reports()).toHaveLength(0);
    const [report] = await mine();
    await town.ask('POST', `/api/v1/suspected-events/${report?.id ?? 0}/reject`, { note: '已有工单在修' });
    await page.getByText('已有工单在修', { exact: false }).waitFor();
    await page.getByText('不属实').waitFor();
    await shoot(page, 'report-judged');

    await page.getByText('高空坠物', { exact: true }).tap();
    await page.getByRole('button', { name: '树枝要掉下来' }).tap();
    await page.getByRole('button', { name: '在地图上点' }).tap();
    const map = page.locator('.spot-map canvas');
    await map.waitFor();
    await map.click({ position: { x: 180, y: 150 } });
    await page.getByText('已在地图上点定').waitFor();
    expect(await overflow(page)).toBe(0);
    await shoot(page, 'report-map');
    await page.getByRole('button', { name: '上报' }).tap();
    await expect.poll(async () => (await mine()).length, { timeout: WAIT_MS }).toBe(2);
    await context.close();

    const asked = await openOrder(4);
    const desk = await screen('desk');
    await signIn(desk, 'village.sample', '我的待办');
    await cardOf(desk, asked.name).getByRole('button', { name: '办了' }).waitFor();
    expect(await overflow(desk)).toBe(0);
    await shoot(desk, 'village-desk');
    await desk.goto('/todo/report');
    await desk.getByText('已有工单在修', { exact: false }).waitFor();
    expect(await overflow(desk)).toBe(0);
    await shoot(desk, 'report-desk');
    await desk.context().close();
  },
);
