// node run.js e2e/screenshots.ts <folder> [address of a running Puan]
// Every page at the desk and on the phone, in the demo typhoon at its peak (or as a running Puan stands).
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Page } from 'playwright-core';

import { Client } from '../test/client.ts';
import { PASSWORD, PuanProcess } from '../test/puan-process.ts';
import { browserRunsHere, TestBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import { pagesOf, type Shown } from './pages.ts';
import { stormAtItsPeak } from './storm.ts';

interface Listed {
  readonly items: readonly {
    readonly id: number;
    readonly level: string;
    readonly object: { readonly id: number };
  }[];
  readonly open?: Readonly<Record<string, number>>;
}

/** The separated administrators and the page that is theirs. */
const SEPARATED = [
  ['auditor', '/platforms/audit'],
  ['security', '/platforms/identity'],
] as const;

const [folder, address] = process.argv.slice(2);
if (folder === undefined || !browserRunsHere) {
  process.stderr.write(
    folder === undefined
      ? '用法：node run.js e2e/screenshots.ts <文件夹> [运行中的地址]\n'
      : '自带的浏览器只能在 x64 的 Linux 上运行；其他机器请用 PUAN_CHROMIUM 指定浏览器的路径。\n',
  );
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const own = address === undefined ? new PuanProcess() : undefined;
const browser = await TestBrowser.launch({ webgl: true });
try {
  if (own) {
    await own.start();
    process.stderr.write('正在演示台风，约三分钟\n');
    await stormAtItsPeak(own);
  }
  await photograph(browser, own?.url ?? address ?? '', folder);
} catch (error) {
  if (own?.errors) process.stderr.write(`服务的日志：\n${own.errors}\n`);
  throw error;
} finally {
  await browser.close();
  await own?.remove();
}

async function photograph(by: TestBrowser, url: string, into: string): Promise<void> {
  const client = await new Client(url).as('district', PASSWORD);
  const worst = await worstOf(client);
  const orders = await client.ask<Listed>('GET', '/api/v1/work-orders?open=true&limit=100');
  const order = orders.items.find(({ object }) => object.id === worst.object) ?? orders.items[0];
  const pages = pagesOf({ warning: worst.warning, order: order?.id ?? 0 });
  for (const kind of ['desk', 'phone'] as const) {
    const page = await by.screen(kind, url);
    await page.goto('/sign-in');
    await page.getByLabel('用户名').waitFor();
    await shot(page, into, `sign-in-${kind}`);
    await signIn(page, 'district', '值守台');
    for (const shown of pages) await take(page, shown, path.join(into), kind);
    await page.context().close();
    for (const [who, where] of SEPARATED) {
      const desk = await by.screen(kind, url);
      await signIn(desk, who, '我的待办');
      await take(desk, { name: `${who}-home`, path: '/platforms', ready: 'main h1' }, into, kind);
      await take(desk, { name: who, path: where, ready: 'main h1' }, into, kind);
      await desk.context().close();
    }
    await photographHand(by, url, into, kind);
  }
}

/** What a handler sees: the tasks, and the first order. */
async function photographHand(
  by: TestBrowser,
  url: string,
  into: string,
  kind: 'desk' | 'phone',
): Promise<void> {
  const hand = await by.screen(kind, url);
  await signIn(hand, 'flood.handler', '我的待办');
  await hand.locator('.todo-card, .state').first().waitFor();
  await shot(hand, into, `hand-todo-${kind}`);
  const card = hand.locator('.todo-card').first();
  if (await card.isVisible()) {
    await card.click();
    await hand.locator('.steps').waitFor();
    await shot(hand, into, `hand-order-${kind}`);
  }
  await hand.context().close();
}

async function take(page: Page, shown: Shown, into: string, kind: string): Promise<void> {
  await page.goto(shown.path);
  await page.locator(shown.ready).first().waitFor();
  // The notice about the sample accounts' first password is not what the pages are about.
  const notice = page.locator('.notice').getByRole('button');
  if (await notice.isVisible()) await notice.click();
  await shot(page, into, `${shown.name}-${kind}`);
}

async function shot(page: Page, into: string, name: string): Promise<void> {
  // Charts and the map draw themselves after their data has come.
  await sleep(1500);
  const { width, wide } = await page.evaluate<{ width: number; wide: number }>(
    '({ width: innerWidth, wide: document.documentElement.scrollWidth })',
  );
  if (wide > width) process.stderr.write(`${name}：页面宽 ${wide}，超出屏幕 ${width}\n`);
  await page.screenshot({ path: path.join(into, `${name}.png`) });
  process.stderr.write(`${name}\n`);
}

/** One of the open warnings of the highest level. */
async function worstOf(client: Client): Promise<{ readonly warning: number; readonly object: number }> {
  for (const level of ['red', 'orange', 'yellow', 'blue']) {
    const { items } = await client.ask<Listed>('GET', `/api/v1/warnings?state=open&level=${level}&limit=1`);
    const [found] = items;
    if (found) return { warning: found.id, object: found.object.id };
  }
  throw new Error('没有生效的预警，没有什么可拍的。请等模拟或真实数据引起预警后再运行。');
}
