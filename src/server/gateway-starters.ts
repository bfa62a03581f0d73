import { startHj212Gateway } from '#gateways/hj212';
import type { LineOptions } from '#gateways/line';
import type { Gateway, Protocol } from '#model/monitoring';

/** How the gateway of each protocol that listens is started. Rejects where it cannot listen. */
export const GATEWAY_STARTERS = {
  hj212: startHj212Gateway,
} as const satisfies Partial<Record<Protocol, (options: LineOptions) => Promise<Gateway>>>;

export type ListeningProtocol = keyof typeof GATEWAY_STARTERS;
export const LISTENING = Object.keys(GATEWAY_STARTERS) as ListeningProtocol[];
