export { type AppdataField, APPDATA_TYPES, type AppdataType, readAppdata } from './appdata.ts';
export { type CtwingRead, readCtwing } from './ctwing.ts';
export { readMoment, type TimeUnit, TIME_UNITS } from './moment.ts';
export { type OnenetMessage, type OnenetRead, readOnenet } from './onenet.ts';
export { rawMember } from './raw-member.ts';
export {
  type FieldEquals,
  readVideo,
  type VideoEvent,
  type VideoMapping,
  type VideoRead,
} from './read-video.ts';
export { type VideoPreset, VIDEO_PRESETS } from './video-presets.ts';
