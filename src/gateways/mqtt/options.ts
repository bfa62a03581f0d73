import type { GatewayLog, LineLimits } from '#gateways/line';
import type { DeviceDirectory, GatewayCounters, ReadingSink } from '#model/monitoring';

export const PROTOCOL = 'mqtt';

/** A message may be this long (bytes); one that is longer is counted and not read. */
export const MESSAGE_BYTES = 256 * 1024;

/** Whom a secret belongs to, while it is in force. */
export interface MqttCredential {
  readonly protocol: string;
  readonly deviceCode: string;
}

/** Who stands behind an access token; undefined when it is unknown, ended or not a device's. */
export type FindCredential = (secret: string, address: string) => Promise<MqttCredential | undefined>;

/** Where readings go and who is who: what the broker inside and the reader of one outside have in common. */
export interface MqttContext {
  readonly sink: ReadingSink;
  readonly directory: DeviceDirectory;
  readonly counters: GatewayCounters;
  readonly log: GatewayLog;
}

export interface MqttGatewayOptions extends MqttContext {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** MQTT over TLS beside it. */
  readonly tls?: { readonly port: number; readonly cert: Buffer; readonly key: Buffer } | undefined;
  readonly findCredential: FindCredential;
  readonly limits?: Partial<LineLimits> | undefined;
}
