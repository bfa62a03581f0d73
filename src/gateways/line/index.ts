export { commitDelivery } from './commit-delivery.ts';
export { Conversations, type Outcome } from './conversations.ts';
export { DEFAULT_LIMITS, type GatewayLog, type LineLimits, type LineOptions } from './options.ts';
export {
  Batches,
  type Delivery,
  type LineRead,
  type LineReader,
  type OpenReader,
  type Peer,
  type Reply,
} from './reader.ts';
export { type LineGateway, startLine } from './start-line.ts';
export { LINE_REFUSAL_TEXT, type LineRefusal } from './text.ts';
