// Somebody of a maintainer, without an account: a link from the desk, opened on his phone, used up, and on nobody else's.
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { overflow, signIn } from './desk.ts';
import { samplePhoto } from './photo.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

const NAME = '杨高路民生路下立交';
let order = 0;
const { puan, screen } = setStage(async ({ url }) => {
  const nobody = new Client(url);
  const admin = await nobody.as('admin', PASSWORD);
  await admin.ask('POST', '/api/v1/objects', {
    code: 'E2E-LINK-1',
    name: NAME,
    scenarios: ['FLOOD'],
    town: '310115004',
    lat: 31.23,
    lon: 121.54,
  });
  const desk = await nobody.as('flood.admin', PASSWORD);
  const opened = await desk.ask<{ id: number }>('POST', '/api/v1/work-orders', {
    source: 'hotline',
    object: 'E2E-LINK-1',
    item: 'FLOOD.I06',
    level: 'yellow',
    told: '市民来电：泵站不排水',
    idempotencyKey: 'e2e-link-order',
  });
  order = opened.id;
});

test.skipIf(!browserRunsHere)(
  'a link made at the desk is used on one phone without an account; the desk reads what was told, and the accountable stays',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'flood.admin', '值守台');
    await desk.goto(`/orders/${order}`);
    await desk.getByRole('button', { name: '开链接' }).click();
    const drawer = desk.getByRole('dialog');
    await drawer.getByRole('textbox', { name: '姓名' }).fill('王建国');
    await drawer.getByRole('textbox', { name: '单位' }).fill('申排水泵维保');
    await drawer.getByRole('textbox', { name: /联系电话/u }).fill('021-58000000');
    await shoot(desk, 'link-form');
    await drawer.getByRole('button', { name: '开链接' }).click();
    const address = await drawer.getByRole('textbox', { name: '一次性链接' }).inputValue();
    expect(address).toMatch(/\/l#[\w-]{43}$/u);
    await shoot(desk, 'link-made');
    await drawer.getByRole('button', { name: '完成', exact: true }).click();

    const phone = await screen('phone');
    await phone.goto(address);
    await phone.getByRole('heading', { level: 1, name: new RegExp(NAME, 'u') }).waitFor();
    expect(await phone.getByRole('link', { name: /打电话/u }).getAttribute('href')).toBe('tel:021-58000000');
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'link-hand-phone');
    await phone.getByRole('button', { name: '我已到场' }).tap();
    await phone.getByText('已收到').waitFor();
    await phone.getByRole('button', { name: '办不了' }).tap();
    await phone.getByText('请先写明情况或原因').waitFor();
    await phone.locator('input[type=file]').setInputFiles({
      name: 'pump.jpg',
      mimeType: 'image/jpeg',
      buffer: samplePhoto(),
    });
    await phone.getByRole('img', { name: '照片 1' }).waitFor();
    await phone.getByText('正在发送照片').waitFor({ state: 'detached' });
    await phone.getByRole('textbox', { name: '情况说明' }).fill('二号泵跳闸，已换接触器，水在退');
    await phone.getByRole('button', { name: '已完成' }).tap();
    await phone.getByText('已收到您报的“已完成”', { exact: false }).waitFor();
    expect(await phone.getByRole('button', { name: '办不了' }).count()).toBe(0);
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'link-hand-done-phone');

    const stranger = await screen('phone');
    await stranger.goto(address);
    await stranger.getByText('已在另一个浏览器里打开', { exact: false }).waitFor();
    await shoot(stranger, 'link-elsewhere-phone');
    await stranger.goto(`/orders/${order}`);
    await stranger.getByRole('textbox', { name: '用户名' }).waitFor();

    await desk.getByText('报已完成，待责任人确认').first().waitFor();
    await desk.getByText('经一次性链接：王建国（申排水泵维保）').first().waitFor();
    await shoot(desk, 'link-told-desk');
    await desk.getByRole('button', { name: '收回' }).click();
    await desk.locator('.ant-popconfirm').getByRole('button', { name: '收回' }).click();
    await phone.reload();
    await phone.getByText('这个链接已经失效（已收回）', { exact: false }).waitFor();

    const page = await fetch(new URL('/l', puan.url));
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  },
);
