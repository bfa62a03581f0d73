/**
 * Stages of a chain test (链路自检) in their order: from a device's socket to the closed warning.
 * `receipt` is the test person's part: taking the order over and clearing it.
 */
export const CHAIN_STAGES = [
  'gateway',
  'stored',
  'sign',
  'alarm',
  'warning',
  'order',
  'receipt',
  'recovery',
  'closing',
] as const;
export type ChainStage = (typeof CHAIN_STAGES)[number];

export const CHAIN_STAGE_TEXT: Readonly<Record<ChainStage, string>> = {
  gateway: '网关',
  stored: '入库',
  sign: '体征判别',
  alarm: '报警',
  warning: '预警',
  order: '工单',
  receipt: '签收处置',
  recovery: '恢复正常',
  closing: '复核结案',
};

/** What has to work for the stage, for whoever is to mend it. */
export const CHAIN_STAGE_HINT: Readonly<Record<ChainStage, string>> = {
  gateway: '网关监听、设备登录、读报文、提交后应答',
  stored: '读数写入数据库',
  sign: '业务标准生效、体征判别',
  alarm: '报警写下、事件发布',
  warning: '事件处理 warning.follow-alarms',
  order: '事件处理 response.open-work-orders、处置手册',
  receipt: '工单流转：签收、处置、处置完毕',
  recovery: '回落判别、预警恢复正常',
  closing: '工单复核结案、事件处理 warning.close-warnings',
};

/** `interrupted`: this process ended in the middle; that tells nothing of the chain. */
export const CHAIN_TEST_STATES = ['waiting', 'running', 'passed', 'broken', 'interrupted'] as const;
export type ChainTestState = (typeof CHAIN_TEST_STATES)[number];

export const CHAIN_TEST_STATE_TEXT: Readonly<Record<ChainTestState, string>> = {
  waiting: '排队',
  running: '进行中',
  passed: '通过',
  broken: '断',
  interrupted: '中断',
};

/** The doors a chain test can come in by; a scenario is tested through the one most of its devices use. */
export const CHAIN_PROTOCOLS = ['hj212', 'http', 'mqtt'] as const;
export type ChainProtocol = (typeof CHAIN_PROTOCOLS)[number];
