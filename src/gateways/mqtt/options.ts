import type { LineOptions } from '#gateways/line';

export const PROTOCOL = 'mqtt';

/** A message may be this long (bytes); one that is longer is counted and not read. */
export const MESSAGE_BYTES = 256 * 1024;

/** Whom a secret belongs to, while it is in force. */
export interface MqttCredential {
  readonly protocol: string;
  readonly deviceCode: string;
  /** Of whoever is no device and may read: what can be listened to. */
  readonly reader?: MqttReader | undefined;
}

/** Somebody who listens to stored readings and sends none. */
export interface MqttReader {
  /** `tell` is given every message on that topic from now on. Gives how to stop, or why there is nothing to hear. */
  listen(topic: string, tell: (payload: string) => void): Promise<(() => void) | TopicRefusal>;
}

/** Not written as the standard has it; not served here; not there, or not this reader's. */
export type TopicRefusal = 'subscription-invalid' | 'subscription-unsupported' | 'subscription-denied';

/** Access tokens of devices. */
export interface Credentials {
  /** Who stands behind a token; undefined when it is unknown, ended, or neither a device's nor one that may read. */
  find(secret: string, address: string): Promise<MqttCredential | undefined>;
  /** Tells when something ended: `isOver` says of a credential that {@link find} gave whether it was that. Returns how to stop. */
  onEnd(listener: (isOver: (credential: MqttCredential) => boolean) => void): () => void;
}

/** Where readings go and who is who: what the broker inside and the reader of one outside have in common. */
export type MqttContext = Pick<LineOptions, 'sink' | 'directory' | 'counters' | 'log'>;

/** A broker outside that devices are connected to, and where their telemetry is to be found there. */
export interface OutsideBroker {
  /** `mqtt://user:password@host:1883`, or `mqtts:`. */
  readonly url: string;
  /** A topic with `{device}` as one level, e.g. `city/{device}/telemetry`. */
  readonly topic: string;
  /** 5, or 4 for MQTT 3.1.1, which has no shared subscriptions: one link then. */
  readonly version: 4 | 5;
}

export interface MqttGatewayOptions extends LineOptions {
  readonly credentials: Credentials;
  /** How long an answer to a command is waited for. */
  readonly answerWithinMs?: number | undefined;
  readonly outside?: OutsideBroker | undefined;
  /** MQTT over TLS beside it. */
  readonly tls?: { readonly port: number; readonly cert: Buffer; readonly key: Buffer } | undefined;
}
