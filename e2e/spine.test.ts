// The spine of the product, as people walk it: a frame on the wire, a warning on the desk, an order in the hand, a figure in the report.
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import {
  countTaps,
  isSameDocument,
  loadedBytes,
  markDocument,
  monthFigure,
  openModule,
  signIn,
} from './desk.ts';
import { samplePhoto } from './photo.ts';
import { shoot } from './shoot.ts';
import { openUnderpass } from './underpass.ts';
import { setStage, WAIT_MS } from './stage.ts';

const NOTE = '强排后水深 3 厘米，路面清洗完毕，恢复通行';

let integrator: Client;
const { puan, screen } = setStage(
  async ({ url }) => {
    integrator = await new Client(url).as('flood.admin', PASSWORD);
  },
  { webgl: true },
);

test.skipIf(!browserRunsHere)(
  'an HJ 212 frame becomes a warning on the desk, an order cleared on a phone, and a figure of the month',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'flood.admin', '值守台');
    await openModule(desk, '运营报告');
    const before = { total: await monthFigure(desk, '合计'), closed: await monthFigure(desk, '结案') };

    const underpass = await openUnderpass(integrator, {
      number: 1,
      name: '祖冲之路金科路下立交',
      hj212Port: puan.hj212Port,
    });
    await openModule(desk, '预警体征');
    await desk.getByText('没有符合条件的预警').waitFor();
    await desk.getByText('实时', { exact: true }).first().waitFor();
    await markDocument(desk);
    await underpass.send(2, 60);
    await underpass.send(45);

    const row = desk.getByRole('row').filter({ hasText: underpass.name });
    await row.waitFor();
    expect(await isSameDocument(desk)).toBe(true);
    const words = await row.innerText();
    for (const word of ['红色', '下立交积水', '45', '生效', '未签收']) expect(words).toContain(word);
    await shoot(desk, 'warnings-desk');

    await row.getByRole('link', { name: underpass.name }).click();
    await desk.getByText('监测点 E2E-UP-1-DEPTH').first().waitFor();
    await desk.getByRole('button', { name: '签收' }).click();
    await desk.getByText('防汛防台 业务管理员').first().waitFor();
    await shoot(desk, 'warning-desk');

    await clearOnThePhone(underpass.name);

    await desk.getByRole('link', { name: /^GD/u }).first().click();
    await desk.getByText(NOTE).waitFor();
    await desk.getByRole('button', { name: '开始复核' }).click();
    await desk.getByRole('region', { name: '结案质量' }).getByText('照片没有位置').waitFor();
    await desk.getByRole('button', { name: '结案' }).click();
    const closing = desk.getByRole('dialog', { name: '结案' });
    await closing.getByRole('checkbox', { name: /现场实测 3 cm/u }).check();
    await shoot(desk, 'close-desk');
    await closing.getByRole('button', { name: '结案' }).click();
    await desk.getByText('已结案').first().waitFor();
    await shoot(desk, 'order-desk');

    await openModule(desk, '运营报告');
    // What was counted before may be shown until it is counted anew.
    await expect.poll(() => monthFigure(desk, '合计'), { timeout: WAIT_MS }).toBe(before.total + 1);
    await expect.poll(() => monthFigure(desk, '结案'), { timeout: WAIT_MS }).toBe(before.closed + 1);
    expect(await monthFigure(desk, '红色')).toBe(1);
    await shoot(desk, 'month-desk');
    underpass.close();
    await desk.context().close();
  },
);

/** Names of the objects that have an open warning, as the server knows them. */
async function openWarnings(): Promise<readonly string[]> {
  const { items } = await integrator.ask<{
    items: readonly { readonly object: { readonly name: string } }[];
  }>('GET', '/api/v1/warnings?state=open');
  return items.map(({ object }) => object.name);
}

/** 接单 → 到场 → 处置 → 步骤与照片 → 销警, by touch alone. */
async function clearOnThePhone(object: string): Promise<void> {
  const phone = await screen('phone');
  await signIn(phone, 'flood.handler', '我的待办');
  const taps = await countTaps(phone);
  const card = phone.getByRole('link').filter({ hasText: object });
  expect(await card.innerText()).toContain('待接单');
  await shoot(phone, 'todo-phone');
  await card.tap();
  await phone.getByRole('button', { name: '接单' }).tap();
  await phone.getByText('已接单').first().waitFor();
  expect(await taps()).toBeLessThanOrEqual(3);

  await phone.getByRole('button', { name: '到场' }).tap();
  await phone.getByText('已到场').first().waitFor();
  await phone.getByRole('button', { name: '开始处置' }).tap();
  await phone.getByText('处置中').first().waitFor();

  const first = phone.getByRole('listitem').filter({ hasText: '调视频确认水深' });
  const photo = { name: 'pump.png', mimeType: 'image/png', buffer: samplePhoto() };
  await first.locator('input[type=file]').setInputFiles(photo);
  await first.getByRole('img', { name: /照片/u }).waitFor();
  for (const box of await phone.getByRole('checkbox').all()) await box.tap();
  await phone.getByRole('textbox', { name: /搜寻被困车辆和人员/u }).fill('两侧车道已搜，无人被困');
  await shoot(phone, 'steps-phone');

  await phone.getByRole('button', { name: '销警' }).tap();
  const dialog = phone.getByRole('dialog', { name: '销警' });
  await dialog.getByText('核查结论').first().waitFor();
  expect(await dialog.getByRole('button', { name: '销警' }).isDisabled()).toBe(true);
  await dialog.getByText('真实', { exact: true }).tap();
  await dialog.getByRole('textbox', { name: '说明' }).fill(NOTE);
  // What the handbook's disposal types must produce, and a second picture: before and after.
  for (const field of ['调度指令', '执行回执', '绕行方案'])
    await dialog.getByRole('textbox', { name: field }).fill('已落实');
  await dialog.getByLabel('管控开始').fill('2026-11-20T08:30');
  await dialog.getByLabel('管控结束').fill('2026-11-20T10:00');
  await dialog
    .locator('input[type=file]')
    .last()
    .setInputFiles({ ...photo, name: 'after.png', buffer: samplePhoto(300, 240) });
  await dialog.getByRole('img', { name: /现场照片/u }).waitFor();
  // The gauge still stands at 45 cm: on paper alone the warning is not cleared.
  await dialog.getByText('体征还没有恢复正常').waitFor();
  expect(await dialog.getByRole('button', { name: '销警' }).isDisabled()).toBe(true);
  await dialog.getByRole('checkbox', { name: '传感器故障，现场已实测' }).check();
  await dialog.getByRole('textbox', { name: '现场实测值' }).fill('3');
  await shoot(phone, 'clear-phone');
  await dialog.getByRole('button', { name: '销警' }).tap();
  await phone.getByText('已销警').first().waitFor();
  expect(await phone.locator('main').innerText()).toContain('两侧车道已搜，无人被困');
  const pictures = phone.locator('main img');
  await pictures.first().waitFor();
  expect(
    await pictures.first().evaluate((image: { readonly naturalWidth: number }) => image.naturalWidth),
  ).toBeGreaterThan(0);
  await shoot(phone, 'cleared-phone');
  await phone.context().close();
}

const KILO = 1024;

test.skipIf(!browserRunsHere)(
  'a first visit to a list loads at most 400 kB, and 850 kB with the map',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'flood.admin', '值守台');
    await openModule(desk, '预警体征');
    const list = await loadedBytes(desk);
    expect(list).toBeGreaterThan(0);
    expect(list).toBeLessThanOrEqual(400 * KILO);
    await openModule(desk, '风险一张图');
    await desk.locator('.map-canvas canvas').waitFor();
    expect(await loadedBytes(desk)).toBeLessThanOrEqual(850 * KILO);
    await desk.context().close();
  },
);

test.skipIf(!browserRunsHere)(
  'a server that is killed and started again: the desk says so, then catches up by itself',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'flood.admin', '值守台');
    await openModule(desk, '预警体征');
    await desk.getByText('实时', { exact: true }).first().waitFor();
    await markDocument(desk);
    const at = { number: 2, name: '川沙路华夏东路下立交', hj212Port: puan.hj212Port };
    const underpass = await openUnderpass(integrator, at);
    await underpass.send(1, 60);

    await puan.kill();
    const banner = desk.getByRole('alert').filter({ hasText: '连接断开：数据停在' });
    await banner.waitFor();
    await shoot(desk, 'stale-desk');
    // The desk stays cut off while the warning is raised, so that it is one that was missed.
    await desk.context().setOffline(true);
    await puan.start();
    await underpass.send(42);
    await expect.poll(openWarnings, { timeout: WAIT_MS }).toContain(underpass.name);
    const row = desk.getByRole('row').filter({ hasText: underpass.name });
    expect(await row.count()).toBe(0);

    await desk.context().setOffline(false);
    await row.waitFor();
    await banner.waitFor({ state: 'detached' });
    expect(await row.innerText()).toContain('红色');
    expect(await isSameDocument(desk)).toBe(true);
    underpass.close();
    await desk.context().close();
  },
);
