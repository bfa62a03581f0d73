import type { Client } from '../client.ts';
import { CORNERS, type Zone } from './zones.ts';

interface Id {
  readonly id: number;
}

/** What a corner's platform lets others have, who may, and by which channel it tells its people. */
export async function shareData(
  district: Client,
  zone: Zone,
): Promise<{
  readonly 'shared-item': number;
  readonly 'shared-grant': number;
  readonly webhook: number;
  readonly channel: number;
}> {
  const { mark, platform } = CORNERS[zone];
  const offer = { name: `${mark}数据`, platform };
  const { id: item } = await district.ask<Id>('POST', '/api/v1/shared-items', offer);
  const grant = { item, unit: `${mark}单位`, purpose: '会商', to: Date.now() + 86_400_000 };
  const { id } = await district.ask<Id>('POST', '/api/v1/shared-grants', grant);
  const target = { name: `${mark}推送`, url: 'https://receiver.invalid/puan', warnings: true, platform };
  const { id: webhook } = await district.ask<Id>('POST', '/api/v1/webhooks', target);
  const group = { name: `${mark}群`, platform, settings: { kind: 'wecom-robot', key: 'k' } };
  const { id: channel } = await district.ask<Id>('POST', '/api/v1/channels', group);
  return { 'shared-item': item, 'shared-grant': id, webhook, channel };
}
