export {
  type Heard,
  type HostRefusal,
  type Life,
  type NamedMetric,
  NodeHost,
  REBIRTH_PAUSE_MS,
} from './host.ts';
export {
  DATATYPE,
  decodePayload,
  encodePayload,
  type Metric,
  type Payload,
  type WrittenMetric,
} from './payload.ts';
export { rebirthCommand } from './rebirth.ts';
export { type Address, addressOf, writeCommand } from './write-command.ts';
export {
  commandTopic,
  MESSAGE_TYPES,
  type MessageType,
  NAMESPACE,
  parseTopic,
  type SparkplugTopic,
  stateTopic,
} from './topic.ts';
