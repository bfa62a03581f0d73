// 值守台 and 大屏 in a storm, and the look back: what was shown at a moment is shown again when asked for that moment.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { overflow, signIn } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';
import { openUnderpass, type Underpass } from './underpass.ts';

const NAMES = ['罗山路下立交', '金科路下立交', '龙阳路下立交'] as const;
const BEIJING_MS = 8 * 3_600_000;

let officer: Client;
const underpasses: Underpass[] = [];
const { puan, screen } = setStage(async ({ url, hj212Port }) => {
  officer = await new Client(url).as('flood.admin', PASSWORD);
  for (const [i, name] of NAMES.entries())
    underpasses.push(await openUnderpass(officer, { number: 60 + i, name, hj212Port }));
});

/** How many of each level the desk or the wall shows, red first. */
async function levelsOn(page: Page, figures: string): Promise<readonly number[]> {
  const told = await page.locator(figures).locator('strong').allInnerTexts();
  return told.slice(0, 4).map(Number);
}

/** A whole second in which nothing happens, once it is over. */
async function quietSecond(): Promise<number> {
  const at = Math.ceil(Date.now() / 1000) * 1000;
  await expect.poll(() => Date.now(), { timeout: 5000, interval: 50 }).toBeGreaterThan(at);
  return at;
}

const inBeijing = (at: number): string => new Date(at + BEIJING_MS).toISOString().slice(0, 19);

test.skipIf(!browserRunsHere)(
  'the officer sees what came while away, and shows the wall as it stood before',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'flood.admin', '值守台');
    await desk.getByText('实时', { exact: true }).first().waitFor();
    await desk.getByRole('button', { name: '从现在起记' }).click();
    await desk.getByText(/上次看过.*之后/u).waitFor();

    const [first, second, third] = underpasses;
    await first?.send(2, 60);
    await first?.send(45);
    await second?.send(2, 60);
    await second?.send(45);
    await expect.poll(() => levelsOn(desk, '.duty-figures'), { timeout: WAIT_MS }).toEqual([2, 0, 0, 0]);
    await desk.getByRole('button', { name: /新 2 条/u }).click();
    await desk.locator('.since-look').getByRole('link', { name: NAMES[0] }).waitFor();
    await shoot(desk, 'duty-desk-since');
    const storm = await quietSecond();

    const { items } = await officer.ask<{ items: readonly { readonly id: number }[] }>(
      'GET',
      '/api/v1/warnings',
    );
    await officer.ask('POST', `/api/v1/warnings/${items[0]?.id ?? 0}/acknowledge`);
    await third?.send(2, 60);
    await third?.send(45);
    await expect.poll(() => levelsOn(desk, '.duty-figures'), { timeout: WAIT_MS }).toEqual([3, 0, 0, 0]);

    await desk.goto(`/?at=${inBeijing(storm)}`);
    await desk.getByText(`这是 ${inBeijing(storm).replace('T', ' ')} 的样子`).waitFor();
    const recent = desk.locator('.duty-recent');
    await recent.getByRole('link', { name: NAMES[1] }).waitFor();
    expect(await levelsOn(desk, '.duty-figures')).toEqual([2, 0, 0, 0]);
    expect(await recent.getByText('未签收').count()).toBe(2);
    expect(await recent.getByRole('link', { name: NAMES[2] }).count()).toBe(0);
    await shoot(desk, 'duty-desk-past');
    await desk.getByRole('button', { name: '回到现在' }).click();
    await recent.getByRole('link', { name: NAMES[2] }).waitFor();
    expect(await recent.getByText('未签收').count()).toBe(2);

    await desk.setViewportSize({ width: 1920, height: 1080 });
    await desk.goto('/wall');
    await expect.poll(() => levelsOn(desk, '.wall-figures'), { timeout: WAIT_MS }).toEqual([3, 0, 0, 0]);
    await desk.getByText(/数据(刚刚更新| \d+ 秒前)/u).waitFor();
    await shoot(desk, 'wall');
    await desk.goto(`/wall?at=${inBeijing(storm)}`);
    await expect.poll(() => levelsOn(desk, '.wall-figures'), { timeout: WAIT_MS }).toEqual([2, 0, 0, 0]);
    await desk.getByRole('button', { name: '回到现在' }).waitFor();
    await shoot(desk, 'wall-past');
    for (const underpass of underpasses) underpass.close();
    await desk.context().close();
  },
);

test.skipIf(!browserRunsHere)(
  'the desk on the phone, and a moment without a past is refused in words',
  { timeout: WAIT_MS },
  async () => {
    const phone = await screen('phone');
    await signIn(phone, 'flood.admin', '值守台');
    await phone.locator('.duty-figures').waitFor();
    await shoot(phone, 'duty-phone');
    await phone.goto('/?at=2020-01-01T00:00');
    await phone.getByText('那一刻没有记录可看').waitFor();
    await shoot(phone, 'duty-phone-past');
    expect(await overflow(phone)).toBe(0);
    await phone.context().close();
    expect(puan.crashes).toBe(0);
  },
);
