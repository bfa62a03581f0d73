import { startGb26875Gateway } from '#gateways/gb26875';
import { startHj212Gateway } from '#gateways/hj212';
import type { LineOptions } from '#gateways/line';
import { startModbusGateway } from '#gateways/modbus';
import { type MqttGatewayOptions, startMqttGateway } from '#gateways/mqtt';
import { type Sl651GatewayOptions, startSl651Gateway } from '#gateways/sl651';
import type { Gateway, Protocol } from '#model/monitoring';

/** All that any gateway may need. */
export type GatewayNeeds = LineOptions & MqttGatewayOptions & Pick<Sl651GatewayOptions, 'notes'>;

/** How the gateway of each protocol that listens or polls is started. Rejects where it cannot listen. */
export const GATEWAY_STARTERS = {
  hj212: startHj212Gateway,
  gb26875: startGb26875Gateway,
  sl651: startSl651Gateway,
  mqtt: startMqttGateway,
  modbus: startModbusGateway,
} as const satisfies Partial<Record<Protocol, (needs: GatewayNeeds) => Promise<Gateway>>>;

export type GatewayProtocol = keyof typeof GATEWAY_STARTERS;
export const GATEWAY_PROTOCOLS = Object.keys(GATEWAY_STARTERS) as GatewayProtocol[];
