export { type MqttGateway, startMqttGateway } from './gateway.ts';
export type {
  Credentials,
  MqttCredential,
  MqttGatewayOptions,
  MqttReader,
  OutsideBroker,
} from './options.ts';
export { isTopicTemplate } from './topic-template.ts';
export { MQTT_LENIENCY_TEXT, MQTT_REFUSAL_TEXT, type MqttRefusal } from './text.ts';
