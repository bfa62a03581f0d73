export {
  measuredValue,
  type PayloadRefusal,
  readAttributes,
  readGatewayAttributes,
  readGatewayDevice,
  readGatewayTelemetry,
  readTelemetry,
  type TelemetryOutcome,
  type TelemetryRow,
  type ValueRule,
} from './telemetry.ts';
export { maySubscribe, publishedMessage, type ThingsBoardMessage } from './topic.ts';
