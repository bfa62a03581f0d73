import { expect, test } from 'vitest';

import { readVideo, VIDEO_PRESETS, type VideoEvent } from './index.ts';

function read(preset: string, document: unknown) {
  const found = VIDEO_PRESETS.find(({ code }) => code === preset);
  if (!found) throw new Error(`no preset ${preset}`);
  return readVideo(document, found.mapping);
}
function firstOf(preset: string, document: unknown): Partial<VideoEvent> {
  const result = read(preset, document);
  return result.kind === 'events' ? (result.events[0] ?? {}) : {};
}

test('an aidrive box sends float seconds, its algorithm in two languages, and rectangles', () => {
  const box = [{ xyxy: [10, 20, 110, 220], conf: 0.87 }];
  const told = {
    id: 'a-1',
    alert_time: 1_700_000_000.5,
    device: 'box-7',
    source: { id: 'cam-3', desc: '北门' },
    alg: { name: 'smoke_fire', ch_name: '烟火识别' },
    image: '/9j/4AAQ',
    hazard_level: 2,
    reserved_data: { bbox: { rectangles: box } },
  };
  expect(read('aidrive', told)).toEqual({
    kind: 'events',
    events: [
      {
        camera: 'cam-3',
        kind: 'smoke_fire',
        kindName: '烟火识别',
        eventId: 'a-1',
        at: 1_700_000_000_500,
        confidence: 0.87,
        box,
        image: '/9j/4AAQ',
        ended: false,
      },
    ],
  });
  expect(firstOf('aidrive', { ...told, source: 'rtsp-5' }).camera).toBe('rtsp-5');
});

test('a jftech push names the camera by serial number and channel', () => {
  const objects = [{ label: 'ebike', bbox: [1, 2, 3, 4] }];
  const bizData = {
    eventId: 'e9',
    eventTime: 1_700_000_000_000,
    deviceSn: 'SN1',
    channelNumber: 0,
    detailData: [{ image: 'abcd', objects }],
  };
  expect(firstOf('jftech', { bizType: 'ai_alarm', bizData })).toMatchObject({
    camera: 'SN1/0',
    kind: 'ebike',
    at: 1_700_000_000_000,
    box: [1, 2, 3, 4],
    image: 'abcd',
  });
});

const ISAPI = {
  ipAddress: '10.0.0.8',
  macAddress: '44:19:b6:00:00:01',
  channelID: '1',
  dateTime: '2026-11-30T08:00:00+08:00',
  activePostCount: '1',
  eventType: 'fielddetection',
  eventState: 'active',
  eventDescription: 'fielddetection alarm',
};

test('videoloss that is inactive is the heartbeat of ISAPI; anything else inactive is over', () => {
  const beat = { EventNotificationAlert: { ...ISAPI, eventType: 'videoloss', eventState: 'inactive' } };
  expect(read('hikvision-isapi', beat)).toEqual({ kind: 'heartbeat', camera: '44:19:b6:00:00:01/1' });
  expect(firstOf('hikvision-isapi', { EventNotificationAlert: ISAPI })).toMatchObject({
    camera: '44:19:b6:00:00:01/1',
    kind: 'fielddetection',
    ended: false,
    at: Date.UTC(2026, 10, 30),
  });
  const over = { EventNotificationAlert: { ...ISAPI, eventState: 'inactive' } };
  expect(firstOf('hikvision-isapi', over).ended).toBe(true);
  const lost = { EventNotificationAlert: { ...ISAPI, eventType: 'videoloss' } };
  expect(firstOf('hikvision-isapi', lost)).toMatchObject({ kind: 'videoloss', ended: false });
});

test('an alarm of GB/T 28181 through WVP is told by its method and type, in Beijing time', () => {
  const alarm = {
    deviceId: '34020000002000000001',
    channelId: '34020000001320000001',
    alarmPriority: '1',
    alarmMethod: '5',
    alarmType: '12',
    alarmTime: '2024-01-02 03:04:05',
  };
  expect(firstOf('wvp', alarm)).toMatchObject({
    camera: '34020000001320000001',
    kind: '5/12',
    at: Date.UTC(2024, 0, 1, 19, 4, 5),
  });
  expect(VIDEO_PRESETS.find(({ code }) => code === 'wvp')?.kinds['5/12']).toBe('快速移动');
  expect(firstOf('wvp', { ...alarm, alarmType: undefined }).kind).toBe('5');
});

test('several events in one push are each read beside what the whole says', () => {
  const mapping = {
    list: 'events',
    camera: 'cam',
    kind: 'k',
    timeUnit: 'ms',
    time: 't',
    confidence: 'c',
  } as const;
  const told = {
    cam: 'c1',
    t: 5,
    events: [
      { k: 'a', c: 93 },
      { k: 'b', cam: 'c2', c: 500 },
    ],
  };
  expect(readVideo(told, mapping)).toMatchObject({
    events: [
      { camera: 'c1', kind: 'a', at: 5, confidence: 0.93 },
      { camera: 'c2', kind: 'b', at: 5, confidence: undefined },
    ],
  });
  expect(readVideo({ cam: 'c1' }, mapping)).toEqual({ kind: 'fault', reason: 'no-event' });
});

test.each([
  [{ kind: 'x' }, 'no-camera'],
  [{ camera: 'x' }, 'no-kind'],
  [null, 'no-camera'],
  ['text', 'no-camera'],
  [{ camera: {}, kind: 'x' }, 'no-camera'],
])('%j is no event: %s', (document, reason) => {
  expect(read('generic', document)).toEqual({ kind: 'fault', reason });
});

test('a name that every object inherits is no field; a moment that cannot be read is told as none', () => {
  expect(readVideo({ a: 1 }, { camera: 'constructor.name', kind: 'a', timeUnit: 'ms' })).toMatchObject({
    kind: 'fault',
  });
  expect(firstOf('generic', { camera: 'c', kind: 'k', time: 'soon' }).at).toBeUndefined();
});
