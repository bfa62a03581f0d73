export {
  answeredCall,
  callTopic,
  encodeCall,
  encodeGatewayCall,
  GATEWAY_CALLS,
  readGatewayAnswer,
  type RpcCall,
} from './rpc.ts';
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
