import { calleeRoutes, notificationRoutes } from '#contract/command';

import { call } from '../../../app/call.ts';

/**
 * How this browser stands to being called. `none`: it cannot be (a web view, no HTTPS) · `unserved`: no channel calls browsers ·
 * `refused`: its owner has said no in its settings · `off` and `on`.
 */
export type PushStanding = 'none' | 'unserved' | 'refused' | 'off' | 'on';

export async function pushStanding(): Promise<PushStanding> {
  const registration = await workerOf();
  if (!registration) return 'none';
  const { publicKey } = await call(calleeRoutes.getWebPushKey);
  if (publicKey === null) return 'unserved';
  if (Notification.permission === 'denied') return 'refused';
  const { ways } = await call(notificationRoutes.getNotificationPreference);
  const told = ways.some(({ kind, address }) => kind === 'web-push' && address !== null);
  const subscription = await registration.pushManager.getSubscription();
  return subscription !== null && told ? 'on' : 'off';
}

/** Has this browser called; one of somebody's browsers is, the last that was asked for. Throws in a sentence where it does not come to it. */
export async function switchOn(): Promise<void> {
  const registration = await workerOf();
  const { publicKey } = await call(calleeRoutes.getWebPushKey);
  if (!registration || publicKey === null) return;
  if ((await Notification.requestPermission()) !== 'granted')
    throw new Error('浏览器没有允许通知。请在浏览器的网站设置里允许后再开。');
  let subscription: PushSubscription;
  try {
    const applicationServerKey = bytesOf(publicKey);
    subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  } catch (cause) {
    throw new Error('浏览器连不上它的推送服务（国内多数手机如此）。通知仍由政务微信、短信等送达。', {
      cause,
    });
  }
  await tellAddress(JSON.stringify(subscription));
}

export async function switchOff(): Promise<void> {
  const registration = await workerOf();
  await tellAddress('');
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

async function tellAddress(address: string): Promise<void> {
  const { quiet } = await call(notificationRoutes.getNotificationPreference);
  await call(notificationRoutes.putNotificationPreference, {
    body: { quiet, addresses: { 'web-push': address } },
  });
}

/** The worker that would be called; undefined where the browser has none, or none that can be. */
async function workerOf(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('PushManager' in window) || !('Notification' in window)) return undefined;
  const { followWorker } = await import('../../../app/follow-worker.ts');
  const registered = await followWorker();
  return registered && navigator.serviceWorker.ready;
}

/** base64url (RFC 8292) as the browser wants it. */
function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
