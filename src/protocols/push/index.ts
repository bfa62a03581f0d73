export { readAppdata } from './appdata.ts';
export { type CtwingRead, readCtwing, type Values } from './ctwing.ts';
export { readMoment } from './moment.ts';
export { type OnenetMessage, type OnenetRead, readOnenet } from './onenet.ts';
export { rawMember } from './raw-member.ts';
export { readJson } from './read-json.ts';
export { readVideo, type VideoEvent, type VideoRead } from './read-video.ts';
export { type VideoPreset, VIDEO_PRESETS } from './video-presets.ts';
