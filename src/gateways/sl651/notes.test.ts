import { expect, test, vi } from 'vitest';
import { PICTURE_MOST } from '#model/monitoring';
import { hexBytes, timesBody } from '#protocols/sl651';
import { gate, PATIENCE } from '../testing.ts';
import { known, NOON, open, RAIN_AND_LEVEL, report, STATION, storedIn, timed, WATCHED } from './testing.ts';
import { toNotes } from './to-notes.ts';

/** 一张能认出是 JPEG 的图：开头与结尾是它的，中间随意。 */
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, ...Array.from({ length: 90 }, (_, at) => at), 0xff, 0xd9);
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const picture = (serial: number, image = JPEG): Uint8Array =>
  report(serial, `${WATCHED}F3F3${hexOf(image)}`, { code: 0x36 });

test('图片存下之后才确认，记在它的站与观测时间名下；没存成不确认，站重发即存', async () => {
  const { world, station } = await open();
  const { held, release } = gate();
  world.notes.hold = held;
  world.notes.failures = 1;
  station.say(picture(1));
  await vi.waitFor(() => expect(world.notes.asked).toBe(1), PATIENCE);
  expect([station.heard, world.accepted]).toEqual([[], 0]);
  release();
  await vi.waitFor(() => expect(world.refused).toEqual([`store-failed:${STATION}`]), PATIENCE);
  expect(world.logged).toContain('sl651.store-failed');
  station.say(picture(1));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['36 ESC 1']);
  expect(world.notes.kept).toEqual([
    { kind: 'picture', device: known(STATION), observedAt: NOON, picture: JPEG },
  ]);
});

test('图片分几包来：缺的一包点名要，齐了才存，只确认一次', async () => {
  const { world, station } = await open();
  const whole = Uint8Array.of(...timesBody(9, NOON), ...(hexBytes(`${WATCHED}F3F3`) ?? []), ...JPEG);
  const part = (number: number, end: 'ETB' | 'ETX'): Uint8Array =>
    timed(0, {
      code: 0x36,
      packet: { total: 3, number },
      body: whole.subarray((number - 1) * 45, number === 3 ? undefined : number * 45),
      end,
    });
  station.say(part(1, 'ETB'), part(3, 'ETX'));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['36 NAK 9/2']);
  expect(world.notes.asked).toBe(0);
  station.say(part(2, 'ETX'));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['36 NAK 9/2', '36 ESC 9/3']);
  expect(world.notes.kept).toMatchObject([{ kind: 'picture', picture: JPEG }]);
});

test('人工置数存成文字，写明的要素取出值；时刻是发报时间。图片与要素同在一份报里，各归各的', async () => {
  const { world, station } = await open();
  station.say(
    report(1, `F2F2${hexOf(Buffer.from('Q 1.234 上游来水'))}`, { code: 0x35 }),
    report(2, `F2F2${hexOf(Buffer.from('闸门已全开'))}`, { code: 0x39 }),
    report(3, `${WATCHED + RAIN_AND_LEVEL}F3F3${hexOf(JPEG)}`, { code: 0x36 }),
  );
  await expect.poll(() => station.answers, PATIENCE).toEqual(['35 ESC 1', '39 ESC 2', '36 ESC 3']);
  const [first, second, third] = world.notes.kept;
  expect(first).toMatchObject({
    text: 'Q 1.234 上游来水',
    observedAt: NOON,
    values: [{ element: '27', value: 1.234, unit: '立方米/秒' }],
  });
  expect(second).toMatchObject({ text: '闸门已全开', values: [] });
  expect(third).toMatchObject({ kind: 'picture' });
  expect(storedIn(world)).toEqual(['1=13@0', '2=10.99@0']);
});

test('不是 JPEG、太大、没有文字、没有观测时间的图文：不存不答，各有其名；测试报的图片答而不存', async () => {
  const { world, station } = await open();
  station.say(
    picture(1, Uint8Array.of(0x89, 0x50, 0x4e, 0x47)),
    report(2, 'F2F22020', { code: 0x35 }),
    report(3, `F1F1${STATION}48F3F3${hexOf(JPEG)}`, { code: 0x36 }),
    report(4, `${WATCHED}F3F3${hexOf(JPEG)}`, { code: 0x30 }),
    report(5, `F2F2${'41'.repeat(2001)}`, { code: 0x35 }),
  );
  await expect.poll(() => station.answers, PATIENCE).toEqual(['30 ESC 4']);
  const reasons = ['picture-no-jpeg', 'text-empty', 'bad-time', 'test-report', 'text-too-long'];
  await expect.poll(() => world.refused, PATIENCE).toEqual(reasons.map((reason) => `${reason}:${STATION}`));
  expect(world.notes.asked).toBe(0);
});

test('图片大于 8 兆字节的不收', () => {
  const device = known(STATION);
  const owners = new Map([[STATION, device]]);
  const huge = new Uint8Array(PICTURE_MOST + 1);
  huge.set(JPEG);
  const note = { kind: 'picture', station: STATION, observedAt: NOON } as const;
  expect(toNotes([{ ...note, picture: huge }], owners)).toBe('picture-too-large');
  expect(toNotes([{ ...note, picture: huge.subarray(1) }], owners)).toBe('picture-no-jpeg');
  expect(toNotes([{ ...note, picture: huge.subarray(0, PICTURE_MOST) }], owners)).toHaveLength(1);
});

test('图片报里另一个站没有登记：整份不存不答', async () => {
  const { world, station } = await open();
  station.say(report(1, `F1F1009999999948F0F02607011200F3F3${hexOf(JPEG)}`, { code: 0x36 }));
  await vi.waitFor(() => expect(world.refused).toEqual(['unknown-device:?']), PATIENCE);
  expect(world.quarantined).toMatchObject([{ code: '0099999999' }]);
  expect([world.notes.asked, station.heard]).toEqual([0, []]);
});
