export { AddressGuard, InnerAddress } from './address-guard.ts';
export { type CallOutcome, callOut } from './call-out.ts';
export { cutBytes, plainText } from './cut-text.ts';
export { readErrcode } from './errcode-answer.ts';
export { type CodeTable, failedCall, refusedBy, refusedByProvider } from './provider-fault.ts';
export { RobotPace } from './robot-pace.ts';
export type { SenderGround } from './sender-ground.ts';
export { TokenApi } from './token-api.ts';
