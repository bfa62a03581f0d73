import { sm4 } from 'sm-crypto';
import { expect, test, vi } from 'vitest';

import {
  crcHj212,
  crcText,
  encodeFrame,
  Framer,
  type Item,
  parseSegment,
  type Segment,
} from '#protocols/hj212';

import { AT, Device, MN, open, packet, PATIENCE } from './testing.ts';

/** Requests a device has heard, as it reads them. */
function requests(device: Device): readonly Segment[] {
  const framer = new Framer();
  return framer.push(Buffer.from(device.heard, 'latin1')).flatMap((event) => {
    const outcome = event.kind === 'frame' ? parseSegment(event.segment) : undefined;
    return outcome?.kind === 'segment' && outcome.segment.st !== '91' ? [outcome.segment] : [];
  });
}

const heard = (device: Device): Promise<Segment> =>
  vi.waitFor(() => {
    const request = requests(device).at(-1);
    if (!request) throw new Error('nothing was asked');
    return request;
  }, PATIENCE);

function say(device: Device, asked: Segment, cn: string, item: Item): void {
  const fields: Item[] = [
    ['QN', asked.qn ?? ''],
    ['ST', '91'],
    ['CN', cn],
    ['PW', '123456'],
    ['MN', MN],
    ['Flag', '4'],
  ];
  device.socket.write(encodeFrame({ fields, groups: [[item]], trailingSemicolon: false, coding: 'utf-8' }));
}

/** A device that has spoken once, so that it is known where it is. */
async function online(): ReturnType<typeof open> {
  const opened = await open();
  opened.device.socket.write(packet({ qn: '1' }));
  await expect.poll(() => opened.device.answers, PATIENCE).toEqual(['9014:1']);
  return opened;
}

test('对时：请求带着设备自己的 ST、PW 和版本位，9011 之后等 9012', async () => {
  const { gateway, device } = await online();
  const outcome = gateway.command?.(MN, { kind: 'set-clock' });
  const asked = await heard(device);
  expect(asked).toMatchObject({ cn: '1012', st: '39', pw: '123456', mn: MN, flag: { value: 5 } });
  expect(asked.groups[0]?.[0]?.[0]).toBe('SystemTime');
  expect(asked.groups[0]?.[0]?.[1]).toMatch(/^\d{14}$/u);
  say(device, asked, '9011', ['QnRtn', '1']);
  say(device, asked, '9012', ['ExeRtn', '1']);
  expect(await outcome).toEqual({ kind: 'done', text: '设备回报：执行成功。' });
});

test('设备不接受、没执行成，都说出它给的理由', async () => {
  const { gateway, device } = await online();
  const refused = gateway.command?.(MN, { kind: 'set-interval', seconds: 30 });
  const asked = await heard(device);
  expect(asked).toMatchObject({ cn: '1062', groups: [[['RtdInterval', '30']]] });
  say(device, asked, '9011', ['QnRtn', '3']);
  expect(await refused).toEqual({ kind: 'refused', text: '设备没有接受：PW 错误。' });

  const failed = gateway.command?.(MN, { kind: 'set-clock' });
  const again = await vi.waitFor(() => {
    const [, second] = requests(device);
    if (!second) throw new Error('not asked yet');
    return second;
  }, PATIENCE);
  expect(again.qn).not.toBe(asked.qn);
  say(device, again, '9011', ['QnRtn', '1']);
  say(device, again, '9012', ['ExeRtn', '5']);
  expect(await failed).toEqual({ kind: 'refused', text: '设备没有执行成功：系统繁忙不能执行。' });
});

test('补招历史：设备接受即回，补来的数据照平常存下并应答', async () => {
  const { world, gateway, device } = await online();
  const outcome = gateway.command?.(MN, {
    kind: 'back-fill',
    from: AT - 3_600_000,
    to: AT,
    period: 'minute',
  });
  const asked = await heard(device);
  expect(asked).toMatchObject({
    cn: '2051',
    groups: [[['BeginTime', '20240101070000']], [['EndTime', '20240101080000']]],
  });
  say(device, asked, '9011', ['QnRtn', '1']);
  expect(await outcome).toEqual({ kind: 'done', text: '设备已接受，数据随后按平常的上传到来。' });
  const minute: Item[] = [['DataTime', '20240101073000']];
  device.socket.write(packet({ qn: '7', cn: '2051', area: [minute, [['a34004-Avg', '0.04']]] }));
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:1', '9014:7']);
  expect(world.sink.stored.at(-1)).toMatchObject({ observedAt: AT - 1_800_000, value: 40 });
});

test('没连着的设备问不到；查岗不是本协议的话；走最近的那条活连接', async () => {
  const { gateway, device } = await open();
  expect(await gateway.command?.(MN, { kind: 'set-clock' })).toEqual({ kind: 'not-connected' });
  expect(await gateway.command?.(MN, { kind: 'duty-check', minutes: 5 })).toEqual({ kind: 'unsupported' });
  device.socket.write(packet({ qn: '1' }));
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:1']);
  const reconnected = await Device.dial(gateway.port);
  reconnected.socket.write(packet({ qn: '2' }));
  await expect.poll(() => reconnected.answers, PATIENCE).toEqual(['9014:2']);
  const outcome = gateway.command?.(MN, { kind: 'query-now' });
  const asked = await heard(reconnected);
  expect(requests(device)).toEqual([]);
  say(reconnected, asked, '9011', ['QnRtn', '1']);
  expect(await outcome).toMatchObject({ kind: 'done' });
});

test('网关关闭时还在等的，按没有回答了结', async () => {
  const { gateway, device } = await online();
  const outcome = gateway.command?.(MN, { kind: 'set-clock' });
  await heard(device);
  await gateway.close();
  expect(await outcome).toEqual({ kind: 'timeout' });
});

const KEY = '0123456789abcdeffedcba9876543210';
const sealed = (qn: string, key: string): Uint8Array => {
  const cipher = sm4.encrypt('DataTime=20240101080000;a34004-Rtd=0.035,a34004-Flag=N', key);
  const head = `QN=${qn};ST=39;CN=2011;PW=123456;MN=${MN};Flag=9;CP=&&${cipher}&&`;
  const data = Buffer.from(head);
  const check = crcText(crcHj212(data));
  return Buffer.concat([
    Buffer.from(`##${String(data.length).padStart(4, '0')}`),
    data,
    Buffer.from(`${check}\r\n`),
  ]);
};

test('HJ 212-2025 的密文：档案里有密钥就读得出、存下、应答；密钥不对，记在这台设备名下', async () => {
  const cipher = { key: KEY, text: 'hex', padding: 'pkcs7' } as const;
  const { world, device } = await open({}, { cipher });
  device.socket.write(sealed('1', KEY));
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:1']);
  expect(world.sink.stored).toMatchObject([{ point: 1, observedAt: AT, value: 35 }]);
  device.socket.write(sealed('2', KEY.replaceAll('0', '1')));
  await vi.waitFor(() => expect(world.refused).toEqual([`cipher-not-opened:${MN}`]), PATIENCE);
});

test('没有登记密钥的设备发来密文：拒收，说出理由', async () => {
  const { world, device } = await open();
  device.socket.write(sealed('1', KEY));
  await vi.waitFor(() => expect(world.refused).toEqual([`encrypted-data-area:${MN}`]), PATIENCE);
  expect(world.sink.stored).toEqual([]);
});
