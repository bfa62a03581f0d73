import type { CodeTable } from '#outlets/call';

const MINUTE_MS = 60_000;

/** 企业微信 全局错误码 (developer.work.weixin.qq.com/document/path/90313). -1 and what is not here may pass. */
export const WECOM_CODES: CodeTable = {
  limited: {
    // 接口调用超过限制；并发调用超过限制
    '45009': MINUTE_MS,
    '45033': 10_000,
  },
  forGood: new Set([
    // Who is told: no such member, none that the app may see, has no licence
    '40003',
    '60111',
    '81013',
    '82001',
    '301002',
    // How the channel is set: secret, company, app, address of the server, robot
    '40001',
    '40013',
    '40056',
    '40058',
    '41004',
    '60020',
    '93000',
    '93004',
    // What is sent
    '40008',
    '44004',
    '45002',
    '47001',
  ]),
};
