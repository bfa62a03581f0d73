// The two gates and after: a paper clear bounces, a sensor that lies is measured on site, the record is judged and closed; then it is
// drawn, checked by somebody else, asked about, and put right beside the original.
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { clickAtRest, openModule, overflow, signIn } from './desk.ts';
import { openOwnStorage } from './own-storage.ts';
import { samplePhoto } from './photo.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';
import { openUnderpass } from './underpass.ts';

const NAME = '金科路祖冲之路下立交';
const NOTE = '现场水深 2 厘米，液位计读数不动，已报修换新';
const AMENDED = '现场水深 2 厘米（水位标尺），液位计读数不动，已报修换新';

interface Order {
  readonly id: number;
  readonly object: { readonly name: string };
  readonly steps: readonly { readonly code: string }[];
  readonly results: readonly { readonly type: string; readonly field: string; readonly kind: string }[];
}

const { puan, screen } = setStage();

async function person(username: string): Promise<Client> {
  return new Client(puan.url).as(username, PASSWORD);
}

/** A red order that the handler works on; all but the clearing is done. */
async function workedOn(): Promise<number> {
  const underpass = await openUnderpass(await person('admin'), {
    number: 71,
    name: NAME,
    hj212Port: puan.hj212Port,
  });
  await underpass.send(2, 60);
  await underpass.send(45);
  underpass.close();
  const handler = await person('flood.handler');
  const orders = async (): Promise<readonly Order[]> =>
    (await handler.ask<{ items: readonly Order[] }>('GET', '/api/v1/work-orders?mine=true')).items;
  const opened = async () => (await orders()).find(({ object }) => object.name === NAME);
  await expect.poll(opened, { timeout: WAIT_MS }).toBeDefined();
  const id = (await opened())?.id ?? 0;
  const path = `/api/v1/work-orders/${id}`;
  for (const action of ['accept', 'arrive', 'dispose'])
    await handler.ask('POST', `${path}/advance`, { action });
  const { steps, results } = await handler.ask<Order>('GET', path);
  await handler.ask('POST', `${path}/advance`, {
    action: 'feed-back',
    note: '两端已封闭，泵车在抽',
    steps: steps.map(({ code }) => code),
    results: results.flatMap(({ type, field, kind }) => {
      const value = { text: '已落实', number: '2', moment: `2026-11-20T${field === 'to' ? '10' : '08'}:30` }[
        kind
      ];
      return value === undefined ? [] : [{ type, field, value }];
    }),
  });
  return id;
}

/** A paper clear bounces with the value that stands; measured on site and photographed it goes through. */
async function clearOnThePhone(id: number): Promise<void> {
  const phone = await screen('phone');
  await signIn(phone, 'flood.handler', '我的待办');
  await phone.goto(`/todo/orders/${id}`);
  await phone.getByRole('button', { name: '销警' }).tap();
  const dialog = phone.getByRole('dialog', { name: '销警' });
  await dialog.getByText('真实', { exact: true }).tap();
  await dialog.getByRole('textbox', { name: '说明' }).fill(NOTE);
  for (const n of [1, 2]) {
    const buffer = samplePhoto(330 + n, 240);
    await dialog
      .locator('input[type=file]')
      .last()
      .setInputFiles({ name: `${n}.png`, mimeType: 'image/png', buffer });
    await dialog
      .getByRole('img', { name: /照片/u })
      .nth(n - 1)
      .waitFor();
  }
  await dialog.getByText(/下立交积水深.*45 cm/u).waitFor();
  expect(await dialog.getByRole('button', { name: '销警' }).isDisabled()).toBe(true);
  await shoot(phone, 'closure-bounced-phone');
  await dialog.getByRole('checkbox', { name: '传感器故障，现场已实测' }).check();
  await dialog.getByRole('textbox', { name: '现场实测值' }).fill('2');
  expect(await overflow(phone)).toBe(0);
  await shoot(phone, 'closure-clear-phone');
  await dialog.getByRole('button', { name: '销警' }).tap();
  await phone.getByText('已销警').first().waitFor();
  // The phone says so before it is told; whoever closes it for good must not take the act along.
  const handler = await person('flood.handler');
  const state = async (): Promise<string> =>
    (await handler.ask<{ state: string }>('GET', `/api/v1/work-orders/${id}`)).state;
  await expect.poll(state, { timeout: WAIT_MS }).toBe('cleared');
  await phone.context().close();
}

async function closeAtTheDesk(desk: Page, id: number): Promise<void> {
  await signIn(desk, 'flood.admin', '值守台');
  await desk.goto(`/orders/${id}`);
  // Whoever presses while the last word of the phone is still arriving is told so, and presses again.
  const begin = desk.getByRole('button', { name: '开始复核' });
  await begin.waitFor();
  await expect
    .poll(
      async () => {
        if (await begin.isEnabled({ timeout: 1000 }).catch(() => false)) await begin.click();
        return desk.getByRole('button', { name: '结案', exact: true }).count();
      },
      { timeout: WAIT_MS, interval: 1500 },
    )
    .toBe(1);
  const findings = desk.getByRole('region', { name: '结案质量' });
  await findings.getByText('照片没有位置').waitFor();
  expect(await findings.innerText()).toContain('以后拍照时允许定位');
  await desk.getByRole('button', { name: '结案', exact: true }).click();
  const closing = desk.getByRole('dialog', { name: '结案' });
  await closing.getByRole('checkbox', { name: /现场实测 2 cm/u }).check();
  await shoot(desk, 'closure-close-desk');
  await closing.getByRole('button', { name: '结案', exact: true }).click();
  await desk.getByText('已结案').first().waitFor();
}

/** The order was closed in the month that is over, and nothing of that month was drawn yet. */
async function closedLastMonth(id: number): Promise<void> {
  const storage = await openOwnStorage(puan);
  await sql`update work_order set closed_at = m.over - interval '1 day', opened_at = m.over - interval '2 days'
    from (select date_trunc('month', now() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai' as over) m
    where id = ${id}`.execute(storage.system);
  await sql`delete from closure_draw`.execute(storage.system);
  await storage.close();
}

/** On the phone the form of the check stands whole; it is left as it was. */
async function lookOnThePhone(phone: Page): Promise<void> {
  await signIn(phone, 'flood.head', '值守台');
  await phone.goto('/orders/closure');
  await phone.getByRole('button', { name: '检查' }).tap();
  const form = phone.locator('.ant-drawer');
  await form.getByText('不合格', { exact: true }).tap();
  await form.getByRole('textbox', { name: '不合格的原因' }).fill('说明没有写怎样量的水深');
  expect(await overflow(phone)).toBe(0);
  await shoot(phone, 'closure-check-phone');
  await form.getByRole('button', { name: '取消' }).tap();
}

async function failAtTheDesk(head: Page): Promise<void> {
  const row = head.getByRole('row').filter({ hasText: NAME });
  await row.getByRole('button', { name: '检查' }).click();
  const form = head.locator('.ant-drawer');
  await form.getByText('抽查结案工单').waitFor();
  const submit = form.getByRole('button', { name: /^判为/u });
  expect(await submit.isDisabled()).toBe(true);
  await form.getByText('不合格', { exact: true }).click();
  await form.getByRole('textbox', { name: '不合格的原因' }).fill('说明没有写怎样量的水深');
  await form.getByRole('textbox', { name: '整改要求' }).fill('写明量水深的器具');
  await form.getByText('更正记录，原记录保留').click();
  await shoot(head, 'closure-check-desk');
  await submit.click();
  await row.getByText('更正：写明量水深的器具').waitFor();
  await row.getByText('待答复', { exact: false }).waitFor();
  await shoot(head, 'closure-failed-desk');
}

async function answerAndAmend(desk: Page, id: number): Promise<void> {
  await desk.goto('/orders/supervisions');
  await desk.getByRole('link', { name: /^ZG/u }).click();
  await desk.getByRole('heading', { level: 1, name: /^整改通知 ZG/u }).waitFor();
  await desk.getByRole('textbox', { name: '答复内容' }).fill('已更正处置说明，写明用水位标尺量得');
  await desk.getByRole('button', { name: '答复' }).click();
  await desk.getByText('已答复').first().waitFor();
  await shoot(desk, 'closure-answered-desk');
  await desk.goto(`/orders/${id}`);
  const panel = desk.getByRole('region', { name: '更正' });
  await panel.getByRole('button', { name: '更正' }).click();
  const form = desk.locator('.ant-drawer');
  await form.getByRole('textbox', { name: '更正为' }).fill(AMENDED);
  await form.getByRole('textbox', { name: '为何更正' }).fill('补上量水深的器具');
  await shoot(desk, 'closure-amend-desk');
  await clickAtRest(form.getByRole('button', { name: '更正', exact: true }));
  await panel.getByText(AMENDED).waitFor();
  expect(await panel.innerText()).toContain(NOTE);
  await desk.getByText(`更正处置说明：原为“${NOTE}”`, { exact: false }).waitFor();
  expect(await overflow(desk)).toBe(0);
  await shoot(desk, 'closure-amended-desk');
}

test.skipIf(!browserRunsHere)(
  'a paper clear bounces, a record is closed, drawn, fails its check, is answered for and put right beside the original',
  { timeout: 2 * WAIT_MS },
  async () => {
    const id = await workedOn();
    await clearOnThePhone(id);
    const desk = await screen('desk');
    await closeAtTheDesk(desk, id);

    const head = await screen('desk');
    await signIn(head, 'flood.head', '值守台');
    await openModule(head, '闭环处置全流程');
    await head.getByRole('link', { name: '结案质量', exact: true }).click();
    await head.getByRole('heading', { level: 1, name: '结案质量' }).waitFor();
    // Whether the month that is over was drawn by then, with nothing in it, is chance.
    const nothing = head.getByText('没有抽到您范围内的工单', { exact: false });
    await head.getByText('还没有抽查').or(nothing).waitFor();
    expect(await overflow(head)).toBe(0);
    await shoot(head, 'closure-empty-desk');
    await closedLastMonth(id);
    await head.getByText('已查 0 / 1 张', { exact: false }).waitFor({ timeout: WAIT_MS });
    const phone = await screen('phone');
    await lookOnThePhone(phone);
    await failAtTheDesk(head);

    await answerAndAmend(desk, id);

    await head.getByText('已更正处置说明，写明用水位标尺量得', { exact: false }).waitFor();
    await head.getByText('已整改').waitFor();
    expect(await overflow(head)).toBe(0);
    await shoot(head, 'closure-page-desk');
    await head
      .getByRole('region', { name: '一次结案率' })
      .getByRole('link', { name: '1', exact: true })
      .first()
      .click();
    await head.getByRole('link', { name: NAME }).waitFor();
    expect(await head.getByText(/月结案 · /u).count()).toBe(1);
    await shoot(head, 'closure-orders-desk');

    for (const [name, path] of [
      ['page', '/orders/closure'],
      ['order', `/orders/${id}`],
    ] as const) {
      await phone.goto(path);
      await phone.getByText(NAME).first().waitFor();
      expect(await overflow(phone)).toBe(0);
      await shoot(phone, `closure-${name}-phone`);
    }
    const panel = phone.getByRole('region', { name: '更正' });
    await panel.getByRole('button', { name: '更正' }).tap();
    await phone.locator('.ant-drawer').getByText('更正哪一项').waitFor();
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'closure-amend-phone');
    await Promise.all([desk, head, phone].map((page) => page.context().close()));
  },
);
