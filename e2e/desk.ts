import type { Locator, Page } from 'playwright-core';

import { PASSWORD } from '../test/puan-process.ts';

/** Signs in through the form and waits until the person's home is shown under `title`. */
export async function signIn(page: Page, username: string, title: string): Promise<void> {
  await page.goto('/');
  await typePassword(page, username, PASSWORD);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** Fills the form of the sign-in page, and sends it. */
export async function typePassword(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

/** Pays what is owed first: a password of one's own. A bad one is told the rule it breaks. */
export async function changePassword(page: Page, next: string): Promise<void> {
  await page.getByRole('heading', { name: '请先修改密码' }).waitFor();
  await page.getByLabel('新密码', { exact: true }).fill('short');
  await page.getByText(/至少 10 个字符；/u).waitFor();
  await page.getByLabel('新密码', { exact: true }).fill(next);
  await page.getByLabel('再输一次新密码').fill(next);
  await page.getByRole('button', { name: '修改密码' }).click();
}

/** Out by the card of one's own name. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /账号与退出/u }).click();
  await page.getByRole('button', { name: '退出登录' }).click();
}

/** Opens a module by its word in the main navigation: no reload. */
export async function openModule(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** By how many pixels a page is wider than its screen. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Notes the document, so that {@link isSameDocument} can tell a reload from a page that changed by itself. */
export async function markDocument(page: Page): Promise<void> {
  await page.evaluate("document.documentElement.dataset.seenByTest = 'yes'");
}

export async function isSameDocument(page: Page): Promise<boolean> {
  return (await page.evaluate<unknown>('document.documentElement.dataset.seenByTest')) === 'yes';
}

const COUNTER = `{
  let taps = 0;
  addEventListener('click', (event) => {
    if (event.isTrusted) document.documentElement.dataset.taps = String((taps += 1));
  }, true);
}`;

/** Counts what the finger does from here on; the page must not be loaded anew. */
export async function countTaps(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(COUNTER);
  return async () => Number(await page.evaluate<unknown>('document.documentElement.dataset.taps'));
}

/** A figure of the month page by its name; 0 where the month is said to be blank. */
export async function monthFigure(page: Page, name: string): Promise<number> {
  const figure = page
    .locator('.figure')
    .filter({ has: page.locator('dt', { hasText: name }) })
    .locator('dd');
  const blank = page.getByText('没有实际数据');
  await figure.first().or(blank).first().waitFor();
  if (await blank.isVisible()) return 0;
  return Number((await figure.first().innerText()).replaceAll(',', ''));
}

const LOADED = `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter((entry) => !new URL(entry.name).pathname.startsWith('/api/'))
  .reduce((sum, entry) => sum + entry.encodedBodySize, 0)`;

/** Bytes of the page's own files that went over the wire since the document was opened. */
export async function loadedBytes(page: Page): Promise<number> {
  return Number(await page.evaluate<unknown>(LOADED));
}

/** What a popup wears while it grows into its place or leaves it. */
const MOVING = ':is([class*="-enter"], [class*="-appear"], [class*="-leave"]):visible';

/** Clicks once nothing on the page is growing or going: between press and release the target would slip from under the pointer. */
export async function clickAtRest(target: Locator): Promise<void> {
  await target.waitFor();
  await target.page().locator(MOVING).first().waitFor({ state: 'hidden' });
  await target.click();
}
