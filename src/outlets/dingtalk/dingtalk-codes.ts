import type { CodeTable } from '#outlets/call';

const MINUTE_MS = 60_000;

/** 钉钉 全局错误码 and those of its robots. -1 and what is not here may pass. */
export const DINGTALK_CODES: CodeTable = {
  limited: {
    // 调用频率超过限制，by app, company, address
    '90002': MINUTE_MS,
    '90005': MINUTE_MS,
    '90018': MINUTE_MS,
    '90030': MINUTE_MS,
    // 机器人 send too fast: shut for ten minutes
    '130101': 10 * MINUTE_MS,
    '410100': 10 * MINUTE_MS,
  },
  forGood: new Set([
    // Who is told
    '33012',
    '40003',
    '60121',
    // How the channel is set: app, secret, rights, robot, its word or sign
    '40001',
    '40089',
    '40096',
    '60011',
    '60020',
    '300001',
    '310000',
    // What is sent
    '33001',
    '40035',
    '41028',
    '41030',
  ]),
};
