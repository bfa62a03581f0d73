// A channel is set up by hand, an order calls its people by it, and when it fails the next one does; who was told shows.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { orderOfObject } from '../test/order-of-object.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { overflow, signIn } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

/** WeCom's and DingTalk's faces, as far as a message needs them. */
class Providers {
  readonly got: { readonly kind: string; readonly to: string; readonly text: string }[] = [];
  wecomWorks = true;
  readonly #server = http.createServer((request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => this.#answer(request.url ?? '', Buffer.concat(parts).toString('utf8'), reply));
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
  }

  #answer(url: string, text: string, reply: http.ServerResponse): void {
    const json = (body: object): void =>
      void reply.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (url.includes('gettoken'))
      return json({ errcode: 0, errmsg: 'ok', access_token: 't', expires_in: 7200 });
    if (url.includes('message/send')) {
      if (!this.wecomWorks) return void reply.writeHead(502).end();
      this.got.push({ kind: 'wecom', to: String(bodyOf(text)['touser']), text });
      return json({ errcode: 0, errmsg: 'ok', msgid: `m${this.got.length}` });
    }
    this.got.push({ kind: 'dingtalk', to: String(bodyOf(text)['userid_list']), text });
    return json({ errcode: 0, errmsg: 'ok', task_id: this.got.length });
  }
}

const bodyOf = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

const providers = new Providers();
let address = '';
const { puan, screen } = setStage(
  async () => {
    address = await providers.listen();
  },
  { env: { PUAN_WEBHOOK_INSIDE: '127.0.0.1', PUAN_PUBLIC_URL: 'https://puan.example' } },
);
afterAll(() => providers.close());

/** A red order at a new underpass: its number. */
async function breach(code: string): Promise<number> {
  const admin = await new Client(puan.url).as('admin', PASSWORD);
  const body = { code, name: code, scenarios: ['FLOOD'], lat: 31.2, lon: 121.6 };
  const { id: object } = await admin.ask<{ id: number }>('POST', '/api/v1/objects', body);
  await admin.ask('POST', '/api/v1/points', { code, object: code, element: 'FLOOD.UNDERPASS' });
  const named = { name: code, kind: 'gateway' };
  const { token } = await admin.ask<{ token: string }>('POST', '/api/v1/tokens', named);
  const reading = [{ point: code, observedAt: Date.now(), value: 45 }];
  await new Client(puan.url, token).ask('POST', '/api/v1/readings', reading);
  return orderOfObject(await new Client(puan.url).as('flood.admin', PASSWORD), object);
}

/** One's own: another account with the password, quiet hours, a way that is not wanted, a test of one that works. */
async function ownSettings(desk: Page): Promise<void> {
  await desk.getByRole('heading', { name: '我的通知' }).waitFor();
  await desk.getByRole('region', { name: '最近发给我的' }).waitFor();
  await shoot(desk, 'own-notifications-before');
  expect(await overflow(desk)).toBe(0);
  await desk.getByRole('button', { name: '改账号 政务微信' }).click();
  const form = desk.getByRole('dialog');
  await form.getByRole('textbox', { name: /政务微信/u }).fill('zhang.san');
  await form.getByLabel('当前密码').fill('wrong');
  const save = form.getByRole('button', { name: /^保\s?存$/u });
  await save.click();
  await form.getByText('当前密码不对').waitFor();
  expect(await form.getByLabel('当前密码').getAttribute('aria-invalid')).toBe('true');
  expect(await form.getByRole('alert').count()).toBe(0);
  await shoot(desk, 'own-address');
  await form.getByLabel('当前密码').fill(PASSWORD);
  await save.click();
  await form.waitFor({ state: 'hidden' });
  await desk.getByText('z***n').waitFor();
  await desk.getByRole('checkbox', { name: '每天有一段时间不打扰我' }).check();
  await desk
    .getByRole('button', { name: '保存' })
    .or(desk.getByRole('button', { name: '保 存' }))
    .click();
  await desk.getByText('免打扰时段已保存').waitFor();
  await desk.getByRole('checkbox', { name: '非红色的不用钉钉工作通知' }).click();
  await expect
    .poll(() => desk.getByRole('checkbox', { name: '非红色的不用钉钉工作通知' }).isChecked(), {
      timeout: 30_000,
    })
    .toBe(true);
  const before = providers.got.length;
  await desk.getByRole('button', { name: '发测试 钉钉工作通知' }).click();
  await expect.poll(() => providers.got.length, { timeout: 30_000 }).toBeGreaterThan(before);
  // Its state comes by itself.
  await desk.getByRole('region', { name: '最近发给我的' }).getByText('已发出').first().waitFor();
  await shoot(desk, 'own-notifications');
}

test.skipIf(!browserRunsHere)(
  'a channel is set up and tested, an order calls its handler with a link, he reads it; the channel fails and the next one calls',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'district', '值守台');
    await desk.goto('/command/notifications?tab=channels');
    await desk.getByText('还没有通知通道').waitFor();
    await desk.getByRole('button', { name: '加通道' }).click();
    const form = desk.getByRole('dialog');
    await form.getByRole('textbox', { name: '名称' }).fill('政务微信');
    await form.getByRole('textbox', { name: '接口地址' }).fill(address);
    await form.getByRole('textbox', { name: /企业 ID/u }).fill('corp');
    await form.getByRole('textbox', { name: /应用 ID/u }).fill('1000002');
    await form.getByLabel(/应用密钥/u).fill('wecom-secret');
    await form.getByRole('checkbox', { name: /演练发送/u }).uncheck();
    await shoot(desk, 'channel-form');
    await form
      .getByRole('button', { name: '保 存' })
      .or(form.getByRole('button', { name: '保存' }))
      .click();
    await form.waitFor({ state: 'hidden' });
    await desk.getByRole('button', { name: '发测试 政务微信' }).click();
    await expect.poll(() => providers.got.map(({ to }) => to), { timeout: 30_000 }).toEqual(['district']);
    expect(await desk.content()).not.toContain('wecom-secret');
    const district = await new Client(puan.url).as('district', PASSWORD);
    await district.ask('POST', '/api/v1/channels', {
      platform: 'PD',
      name: '钉钉',
      dryRun: false,
      settings: { kind: 'dingtalk', baseUrl: address, appKey: 'k', agentId: 7, appSecret: 's' },
    });
    await desk.reload();
    await desk.getByText('钉钉', { exact: true }).waitFor();
    expect(await overflow(desk)).toBe(0);
    await shoot(desk, 'channels');

    const order = await breach('E2E-NOTE-1');
    const called = () =>
      providers.got.filter(({ to, text }) => to === 'flood.handler' && text.includes(`/orders/${order}`));
    await expect.poll(() => called().length, { timeout: 30_000 }).toBeGreaterThan(0);
    expect(called()[0]?.text).toContain(`https://puan.example/orders/${order}`);

    const phone = await screen('phone');
    await signIn(phone, 'flood.handler', '我的待办');
    await phone.getByRole('button', { name: /^通知，\d+ 条未读$/u }).tap();
    await phone
      .getByRole('link', { name: /E2E-NOTE-1/u })
      .first()
      .waitFor();
    expect(await overflow(phone)).toBe(0);
    await phone.waitForTimeout(500);
    await shoot(phone, 'bell-phone');
    await phone.getByRole('button', { name: '全部记为已读' }).tap();
    await phone.getByRole('button', { name: '全部记为已读' }).waitFor({ state: 'hidden' });

    providers.wecomWorks = false;
    const second = await breach('E2E-NOTE-2');
    await expect
      .poll(
        () =>
          providers.got.filter(({ kind, text }) => kind === 'dingtalk' && text.includes('E2E-NOTE-2')).length,
        {
          timeout: 60_000,
        },
      )
      .toBeGreaterThan(0);
    await desk.goto(`/orders/${second}`);
    const told = desk.getByRole('region', { name: '通知' });
    await told
      .getByText(/改由钉钉工作通知/u)
      .first()
      .waitFor();
    expect(await overflow(desk)).toBe(0);
    await told.scrollIntoViewIfNeeded();
    await shoot(desk, 'order-notifications');
    await desk.goto(`/orders/${order}`);
    await told.getByText('已读').first().waitFor();
    await desk.goto('/command/notifications');
    await desk
      .getByText(/改由钉钉工作通知/u)
      .first()
      .waitFor();
    await shoot(desk, 'notification-log');
    await desk.goto('/command/notifications?tab=templates');
    await desk.getByRole('button', { name: '修改 催办' }).waitFor();
    await shoot(desk, 'notification-templates');
    await desk.getByRole('button', { name: '修改 应急响应' }).scrollIntoViewIfNeeded();
    await shoot(desk, 'notification-templates-more');
    const watch = await screen('desk');
    await signIn(watch, 'flood.handler', '我的待办');
    await watch.getByRole('button', { name: /^通知，\d+ 条未读$/u }).click();
    await watch
      .getByRole('link', { name: /E2E-NOTE-2/u })
      .first()
      .waitFor();
    await watch.waitForTimeout(500);
    await shoot(watch, 'bell');
    await desk.getByRole('button', { name: /^通知，/u }).click();
    await desk.getByRole('link', { name: /^我的通知/u }).click();
    await ownSettings(desk);
    await phone.goto('/me/notifications');
    await phone.getByRole('region', { name: '最近发给我的' }).scrollIntoViewIfNeeded();
    await phone
      .getByText(/E2E-NOTE/u)
      .first()
      .waitFor();
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'own-notifications-phone');
    await phone.getByRole('button', { name: '改账号 邮件' }).tap();
    await phone.getByRole('dialog').waitFor();
    await shoot(phone, 'own-address-phone');
    await phone
      .getByRole('button', { name: '取 消' })
      .or(phone.getByRole('button', { name: '取消' }))
      .tap();
    await phone.goto(`/orders/${second}`);
    await phone.getByRole('region', { name: '通知' }).scrollIntoViewIfNeeded();
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'order-notifications-phone');
    await phone.goto('/command/notifications?tab=templates');
    await phone.getByText('连带影响预告').first().waitFor();
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'notification-templates-phone');
    await phone.goto('/command/notifications');
    await phone
      .getByText(/E2E-NOTE/u)
      .first()
      .waitFor();
    expect(await overflow(phone)).toBe(0);
    await shoot(phone, 'notification-log-phone');
  },
);
