// 我的待办 inside the page of another system: shown where that system is listed, with its session; nowhere else, and nothing else.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { browserRunsHere } from './browser.ts';
import { typePassword } from './desk.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

const OWN = 'https://puan.example.cn';
const LISTED = 'https://ywtg.example.cn';
const { puan, screen } = setStage(() => Promise.resolve(), {
  env: { PUAN_PUBLIC_URL: OWN, PUAN_FRAME_ANCESTORS: LISTED },
});

/** What a proxy that holds the certificate does: https outside, our own port inside. `keepsSession`: whether the browser takes cookies. */
async function proxy(page: Page, keepsSession = true): Promise<void> {
  await page.route(`${OWN}/**`, async (route) => {
    const request = route.request();
    const { pathname, search } = new URL(request.url());
    // A stream does not end, and what is shown here does not hang on it.
    if (pathname === '/api/v1/events') return route.abort();
    const given = Object.entries(await request.allHeaders()).filter(([name]) => !name.startsWith(':'));
    const body = request.postDataBuffer();
    const answer = await fetch(`${puan.url}${pathname}${search}`, {
      method: request.method(),
      headers: Object.fromEntries(given),
      body: body === null ? null : new Uint8Array(body),
      redirect: 'manual',
    });
    const unpacked = new Set(['content-encoding', 'content-length', ...(keepsSession ? [] : ['set-cookie'])]);
    const headers = Object.fromEntries([...answer.headers].filter(([name]) => !unpacked.has(name)));
    return route.fulfill({ status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) });
  });
}

/** A page of another system, with Puan in a frame of it. */
async function visit(page: Page, system: string, path: string): Promise<void> {
  await page.route(`${system}/**`, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><title>一网统管</title><h1>街镇工作台</h1>
        <iframe title="浦安" src="${OWN}${path}" style="width:100%;height:760px;border:0"></iframe>`,
    }),
  );
  await page.goto(`${system}/workbench`);
}

/** Whether the frame holds a page of ours, or what the browser shows instead of one it was refused. */
async function isShown(page: Page): Promise<boolean> {
  const frame = page.frames().find((one) => one.parentFrame() !== null);
  return (await frame?.title().catch(() => '')) !== '' && (frame?.url().startsWith(OWN) ?? false);
}

test.skipIf(!browserRunsHere)(
  'a village works in the page of the system that is listed, signs in there and is remembered',
  { timeout: WAIT_MS },
  async () => {
    const page = await screen('phone');
    await proxy(page);
    await visit(page, LISTED, '/todo');
    const frame = page.frameLocator('iframe');
    await frame.getByLabel('用户名').fill('village.sample');
    await frame.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await frame.getByRole('button', { name: '登录', exact: true }).click();
    await frame.getByRole('heading', { level: 1, name: '我的待办' }).waitFor();
    await shoot(page, 'frame-village');
    await page.goto(`${LISTED}/workbench?again`);
    await frame.getByRole('heading', { level: 1, name: '我的待办' }).waitFor();
    expect(await isShown(page)).toBe(true);
    await page.context().close();
  },
);

test.skipIf(!browserRunsHere)(
  'a browser that keeps no session for a page in a frame is told so, with what to set',
  { timeout: WAIT_MS },
  async () => {
    const page = await screen('phone');
    await proxy(page, false);
    await visit(page, LISTED, '/todo');
    const frame = page.frameLocator('iframe');
    await frame.getByLabel('用户名').fill('village.sample');
    await frame.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await frame.getByRole('button', { name: '登录', exact: true }).click();
    const told = frame.getByRole('alert').filter({ hasText: '允许本站的第三方 Cookie' });
    await told.waitFor();
    expect(await told.count()).toBe(1);
    await shoot(page, 'frame-no-cookie');
    await page.context().close();
  },
);

test.skipIf(!browserRunsHere)(
  'another system is shown nothing, and the one that is listed nothing but 我的待办',
  { timeout: WAIT_MS },
  async () => {
    const page = await screen('desk');
    await proxy(page);
    await visit(page, 'https://evil.example.cn', '/todo');
    await page.getByRole('heading', { name: '街镇工作台' }).waitFor();
    expect(await isShown(page)).toBe(false);
    await visit(page, LISTED, '/platforms/people');
    await page.getByRole('heading', { name: '街镇工作台' }).waitFor();
    expect(await isShown(page)).toBe(false);
    // The same proxy shows the page where nobody frames it.
    await page.goto(`${OWN}/todo`);
    await typePassword(page, 'town.zhangjiang', PASSWORD);
    await page.getByRole('heading', { level: 1, name: '我的待办' }).waitFor();
    await page.context().close();
  },
);
