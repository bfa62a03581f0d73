// 浏览器推送: an extra. Where it is not to be had that is said, and nothing looks broken.
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { makeVapidKeys } from '../src/outlets/web-push/index.ts';
import { browserRunsHere } from './browser.ts';
import { signIn } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

interface Way {
  readonly kind: string;
  readonly address: string | null;
}

const { puan, phone } = setStage();

/** Push services of browsers are out of reach of a test: what one answers when it is reached. */
const REACHED = `PushManager.prototype.subscribe = function (options) {
  const key = [...new Uint8Array(options.applicationServerKey)];
  if (key.length !== 65 || key[0] !== 4) throw new DOMException('no key', 'InvalidAccessError');
  const subscription = {
    endpoint: 'https://push.example.com/send/1',
    toJSON: () => ({ endpoint: 'https://push.example.com/send/1', keys: { p256dh: 'BA', auth: 'AA' } }),
    unsubscribe: () => { delete window.subscribed; return Promise.resolve(true); },
  };
  window.subscribed = subscription;
  return Promise.resolve(subscription);
};
PushManager.prototype.getSubscription = () => Promise.resolve(window.subscribed ?? null);`;

/** A browser without a screen shows no notifications and says so; this one may. */
const ALLOWED = `Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
Notification.requestPermission = () => Promise.resolve('granted');`;

const SWITCH = { name: /有通知时由这个浏览器弹出/u } as const;

test.skipIf(!browserRunsHere)(
  'a browser is subscribed and unsubscribed by its owner; without worker, channel or push service it is said',
  { timeout: WAIT_MS },
  async () => {
    const plain = await phone('push-none', 'block');
    let page = plain.pages()[0] ?? (await plain.newPage());
    await page.addInitScript('delete window.PushManager;');
    await signIn(page, 'flood.handler', '我的待办');
    await page.goto('/me/notifications');
    await page.getByText('没有推送功能', { exact: false }).waitFor();
    expect(await page.getByRole('switch', SWITCH).isDisabled()).toBe(true);
    await plain.close();

    const context = await phone('push', 'allow');
    page = context.pages()[0] ?? (await context.newPage());
    await signIn(page, 'flood.handler', '我的待办');
    await page.goto('/me/notifications');
    await page.getByText('没有开通浏览器推送通道', { exact: false }).waitFor();
    const admin = await new Client(puan.url).as('admin', PASSWORD);
    await admin.ask('POST', '/api/v1/channels', {
      platform: 'PD',
      name: '浏览器推送',
      settings: { kind: 'web-push', subject: 'mailto:duty@puan.example', ...makeVapidKeys() },
    });
    await page.reload();
    await page.getByText('不允许本站通知', { exact: false }).waitFor();
    const toggle = page.getByRole('switch', SWITCH);
    expect(await toggle.isDisabled()).toBe(true);
    await page.addInitScript(ALLOWED);
    await page.reload();
    await expect.poll(() => toggle.isEnabled(), { timeout: WAIT_MS }).toBe(true);
    await toggle.tap();
    await page.getByText('连不上它的推送服务', { exact: false }).waitFor();
    await shoot(page, 'push-unreached');

    await page.addInitScript(REACHED);
    await page.reload();
    await expect.poll(() => toggle.isEnabled(), { timeout: WAIT_MS }).toBe(true);
    await toggle.tap();
    await page.getByText('已开。', { exact: false }).waitFor();
    const handler = await new Client(puan.url).as('flood.handler', PASSWORD);
    const told = async (): Promise<boolean> => {
      const { ways } = await handler.ask<{ readonly ways: readonly Way[] }>(
        'GET',
        '/api/v1/notification-preference',
      );
      return ways.some(({ kind, address }) => kind === 'web-push' && address !== null);
    };
    expect(await told()).toBe(true);
    await shoot(page, 'push-on');
    await toggle.tap();
    await page.getByText('没有开。', { exact: false }).waitFor();
    expect(await told()).toBe(false);
    await context.close();
  },
);
