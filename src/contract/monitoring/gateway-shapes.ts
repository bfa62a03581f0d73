import { PROTOCOLS } from '#model/monitoring';
import { z } from 'zod';

const listening = (Object.keys(PROTOCOLS) as (keyof typeof PROTOCOLS)[]).filter(
  (protocol) => PROTOCOLS[protocol].way === 'listen',
);
/** The protocols of which a platform may open a gateway of its own. */
export const gatewayProtocol = z.enum(listening);

/** What a peer that misbehaves may take up; what is left out keeps its default. */
export const gatewayLimits = z
  .object({
    connections: z.number().int().min(1).max(20_000),
    connectionsPerAddress: z.number().int().min(1).max(20_000),
    /** Without a whole frame for so long: cut off. */
    idleMs: z.number().int().min(10_000).max(86_400_000),
  })
  .partial()
  .strict();

export type GatewayLimits = z.infer<typeof gatewayLimits>;

const gatewayState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('listening'), port: z.number().int(), sessions: z.number().int() }),
  z.object({ kind: z.literal('off') }),
  /** Switched on, but it cannot listen; it is tried again by itself. */
  z.object({ kind: z.literal('failed'), reason: z.string() }),
]);
export type GatewayState = z.infer<typeof gatewayState>;

export const gateway = z.object({
  id: z.number().int(),
  protocol: z.string(),
  protocolName: z.string(),
  name: z.string(),
  platform: z.object({ code: z.string(), name: z.string() }),
  /** null: the port of the settings. */
  port: z.number().int().nullable(),
  enabled: z.boolean(),
  limits: gatewayLimits,
  state: gatewayState,
  /** Devices registered under its protocol, and those heard of within a day. */
  devices: z.number().int(),
  devicesHeard: z.number().int(),
  /** Of its protocol, over all its gateways. */
  framesAccepted: z.number().int(),
  framesRefused: z.array(z.object({ reason: z.string(), text: z.string(), count: z.number().int() })),
  allowedActions: z.array(z.enum(['change', 'remove'])),
});
export type GatewayView = z.infer<typeof gateway>;

export const gatewaySession = z.object({
  id: z.number().int(),
  address: z.string(),
  since: z.number(),
  lastFrameAt: z.number().nullable(),
  frames: z.number().int(),
  devices: z.array(z.string()),
});
export type GatewaySessionView = z.infer<typeof gatewaySession>;
