export { type MqttGateway, startMqttGateway } from './gateway.ts';
export type { Credentials, MqttCredential, MqttGatewayOptions } from './options.ts';
export { MQTT_LENIENCY_TEXT, MQTT_REFUSAL_TEXT, type MqttRefusal } from './text.ts';
