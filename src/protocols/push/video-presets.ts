import type { VideoMapping } from '#model/monitoring';

/** A mapping to begin with, for boxes whose pushes were seen. */
export interface VideoPreset {
  readonly code: string;
  readonly name: string;
  /** What was seen of it, and what was not. */
  readonly note: string;
  readonly mapping: VideoMapping;
  /** Names of its kinds, where a standard gives them. */
  readonly kinds: Readonly<Record<string, string>>;
}

const ISAPI = 'EventNotificationAlert';

/** GB/T 28181: alarm type by alarm method — 2 the device itself, 5 video, 6 a fault of the device. */
const GB28181_KINDS: Readonly<Record<string, string>> = {
  '2/1': '视频丢失',
  '2/2': '设备防拆',
  '2/3': '存储设备满',
  '2/4': '设备高温',
  '2/5': '设备低温',
  '5/1': '人工视频报警',
  '5/2': '运动目标检测',
  '5/3': '遗留物检测',
  '5/4': '物体移除检测',
  '5/5': '绊线检测',
  '5/6': '入侵检测',
  '5/7': '逆行检测',
  '5/8': '徘徊检测',
  '5/9': '流量统计',
  '5/10': '密度检测',
  '5/11': '视频异常检测',
  '5/12': '快速移动',
  '6/1': '存储设备磁盘故障',
  '6/2': '存储设备风扇故障',
};

export const VIDEO_PRESETS: readonly VideoPreset[] = [
  {
    code: 'generic',
    name: '通用 JSON',
    note: '本平台自己的写法：id、time、camera、kind、confidence、box、image',
    mapping: {
      eventId: 'id',
      time: 'time',
      timeUnit: 'iso',
      camera: 'camera',
      kind: 'kind',
      kindName: 'kindName',
      confidence: 'confidence',
      box: 'box',
      image: 'image',
    },
    kinds: {},
  },
  {
    code: 'aidrive',
    name: 'aidrive 智能盒',
    note: '按公开样例；摄像机取 source，没有时取 device',
    mapping: {
      eventId: 'id',
      time: 'alert_time',
      timeUnit: 's',
      camera: 'source.id|source|device.id|device',
      kind: 'alg.name',
      kindName: 'alg.ch_name',
      confidence: 'reserved_data.bbox.rectangles.0.conf',
      box: 'reserved_data.bbox.rectangles',
      image: 'image',
    },
    kinds: {},
  },
  {
    code: 'jftech',
    name: '杰峰 ai_alarm',
    note: '按公开样例；一次推送取第一张图的第一个目标',
    mapping: {
      eventId: 'bizData.eventId',
      time: 'bizData.eventTime',
      timeUnit: 'ms',
      camera: 'bizData.deviceSn+bizData.channelNumber',
      kind: 'bizData.detailData.0.objects.0.label',
      confidence: 'bizData.detailData.0.objects.0.confidence',
      box: 'bizData.detailData.0.objects.0.bbox',
      image: 'bizData.detailData.0.image',
    },
    kinds: {},
  },
  {
    code: 'huawei-vias',
    name: '华为 VIAS',
    note: '公开资料只有 message_id、timestamp、image_base64；摄像机、类别和时间单位请按实际推送核对',
    mapping: {
      eventId: 'message_id',
      time: 'timestamp',
      timeUnit: 'ms',
      camera: 'camera_id|stream_id|device_id',
      kind: 'event_type|alarm_type|type',
      image: 'image_base64',
    },
    kinds: {},
  },
  {
    code: 'hikvision-isapi',
    name: '海康 ISAPI 事件推送',
    note: 'EventNotificationAlert（XML、JSON 或 multipart）；videoloss 且 inactive 是心跳',
    mapping: {
      time: `${ISAPI}.dateTime`,
      timeUnit: 'iso',
      camera: `${ISAPI}.macAddress|${ISAPI}.ipAddress+${ISAPI}.channelID|${ISAPI}.dynChannelID`,
      kind: `${ISAPI}.eventType`,
      kindName: `${ISAPI}.eventDescription`,
      heartbeat: [
        { at: `${ISAPI}.eventType`, equals: 'videoloss' },
        { at: `${ISAPI}.eventState`, equals: 'inactive' },
      ],
      ended: { at: `${ISAPI}.eventState`, equals: 'inactive' },
    },
    kinds: {},
  },
  {
    code: 'wvp',
    name: 'WVP（GB/T 28181 报警）',
    note: '由 WVP-GB28181-pro 转来的报警；类别为“报警方式/报警类型”',
    mapping: {
      eventId: 'channelId|deviceId+alarmTime+alarmMethod+alarmType;channelId|deviceId+alarmTime+alarmMethod',
      time: 'alarmTime',
      timeUnit: 'iso',
      camera: 'channelId|deviceId',
      kind: 'alarmMethod+alarmType;alarmMethod',
      kindName: 'alarmDescription',
      image: 'image',
    },
    kinds: GB28181_KINDS,
  },
];
