export type { ReceiptReading, ReceiptRequest, SenderGround } from '#outlets/call';
export { makeVapidKeys } from '#outlets/web-push';
export { type ChannelSender, openSender } from './open-sender.ts';
export { readReceipt } from './read-receipt.ts';
