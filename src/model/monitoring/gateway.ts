/** How one factor of a device's packets becomes a reading: value × scale + offset, in the element's unit. */
export interface FactorBinding {
  readonly point: number;
  readonly scale: number;
  readonly offset: number;
}

/** Deviations from the standard a person has allowed for one device; each use is counted. */
export interface DeviceSettings {
  readonly password?: string;
  readonly crc?: 'hj212' | 'modbus' | 'modbus-swapped';
  readonly length?: 'strict' | 'by-crc';
  /** mqtt: `text` takes numbers in quotes as numbers. */
  readonly numbers?: 'strict' | 'text';
  /** mqtt: the code of the gateway that speaks for this device. */
  readonly via?: string;
  /** HJ 212-2025 over the internet: SM4 key (32 hex digits), and how this device writes what it encrypts. */
  readonly cipher?: {
    readonly key: string;
    readonly text: 'hex' | 'base64';
    readonly padding: 'none' | 'pkcs7';
  };
  /** GB/T 26875.3: bytes after the declared objects of a unit are ignored. */
  readonly surplus?: 'refuse' | 'ignore';
  /** sl651: `any` takes a report that ends with a character of the other direction. */
  readonly ends?: 'strict' | 'any';
  /** sl651: whether the station stays on the line (ESC) or leaves (EOT) once it is answered. */
  readonly afterAnswer?: 'stay' | 'leave';
  /** modbus: where the device is asked, and how often. */
  readonly modbus?: ModbusSettings;
}

/** Where a Modbus TCP device is reached; `unit` is the slave behind a serial gateway. Times in ms. */
export interface ModbusSettings {
  readonly host: string;
  readonly port: number;
  readonly unit: number;
  readonly periodMs: number;
  readonly timeoutMs: number;
}

/** A registered device as a gateway needs it. `session` is the replay session it plays in, 0 when live. */
export interface KnownDevice {
  readonly id: number;
  readonly code: string;
  readonly settings: DeviceSettings;
  readonly factors: ReadonlyMap<string, FactorBinding>;
  readonly session: number;
}

/** Something that speaks and is not registered: it waits in quarantine (隔离区) for a person to adopt it. */
export interface UnknownDevice {
  readonly protocol: string;
  readonly code: string;
  readonly address: string;
  /** The last thing it said, shortened, for the person who adopts it. */
  readonly sample: string;
}

/** Who is who on the wire. Lookups are in memory: this runs once per frame. */
export interface DeviceDirectory {
  find(protocol: string, code: string): KnownDevice | undefined;
  /** All of a protocol, for the gateway that asks them; a device that was changed is another object. */
  all(protocol: string): readonly KnownDevice[];
  quarantine(seen: UnknownDevice): void;
}

/** What a gateway counts, so that every refusal is seen on the device's page and in the metrics. */
export interface GatewayCounters {
  framesAccepted(protocol: string, deviceCode: string, n: number): void;
  framesRefused(protocol: string, reason: string, deviceCode: string | undefined, n: number): void;
  factorsUnmapped(protocol: string, deviceCode: string, factor: string): void;
  /** A deviation that a person has allowed for this device was made use of. */
  leniencyUsed(protocol: string, deviceCode: string, leniency: string): void;
}

/** How data of a protocol comes to us. */
export type Way = 'listen' | 'push' | 'poll';

/** Every protocol that is spoken here, once: its name, and who begins. The code is what devices are registered under. */
export const PROTOCOLS = {
  hj212: { name: 'HJ 212', way: 'listen' },
  sl651: { name: 'SL 651', way: 'listen' },
  gb26875: { name: 'GB/T 26875.3', way: 'listen' },
  mqtt: { name: 'MQTT', way: 'listen' },
  http: { name: 'HTTP JSON', way: 'push' },
  ctwing: { name: 'CTWing', way: 'push' },
  onenet: { name: 'OneNET', way: 'push' },
  video: { name: '视频智能识别', way: 'push' },
  modbus: { name: 'Modbus TCP', way: 'poll' },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly way: Way }>>;
export type Protocol = keyof typeof PROTOCOLS;

/** What a protocol is called; its code where nobody named it. */
export function protocolName(protocol: string): string {
  return protocol in PROTOCOLS ? PROTOCOLS[protocol as Protocol].name : protocol;
}

/** What one may ask of a device over its own link. Moments in epoch ms; each protocol has its own words for it, or none. */
export type DeviceCommand =
  /** 对时 with our clock. */
  | { readonly kind: 'set-clock' }
  /** 查询实时数据. */
  | { readonly kind: 'query-now' }
  /** 查询图片: it is kept like one that came by itself. */
  | { readonly kind: 'query-picture' }
  /** 查询人工置数. */
  | { readonly kind: 'query-text' }
  /** 补招历史数据: its readings come by the ordinary way, late. */
  | {
      readonly kind: 'back-fill';
      readonly from: number;
      readonly to: number;
      readonly period: 'minute' | 'hour' | 'day';
    }
  /** 设置上报间隔. */
  | { readonly kind: 'set-interval'; readonly seconds: number }
  /** 查岗: somebody must answer at the device within so many minutes. */
  | { readonly kind: 'duty-check'; readonly minutes: number }
  /** 远程调用 (ThingsBoard's RPC); `params` is JSON. */
  | { readonly kind: 'rpc'; readonly method: string; readonly params: string }
  /** 重报出生证明 (Sparkplug B): the node tells everything again. */
  | { readonly kind: 'rebirth' }
  /** 写指标 (Sparkplug B). */
  | { readonly kind: 'write-metric'; readonly metric: string; readonly value: number };

/** What each protocol has words for. */
export const PROTOCOL_COMMANDS: Readonly<Partial<Record<Protocol, readonly DeviceCommand['kind'][]>>> = {
  hj212: ['set-clock', 'query-now', 'back-fill', 'set-interval'],
  sl651: ['set-clock', 'query-now', 'query-picture', 'query-text', 'back-fill'],
  gb26875: ['set-clock', 'duty-check'],
  modbus: ['query-now'],
  mqtt: ['rpc', 'rebirth', 'write-metric'],
};

/** What came of it; `text` is a Chinese sentence out of the device's own answer. */
export type CommandOutcome =
  | { readonly kind: 'done' | 'refused'; readonly text: string }
  | { readonly kind: 'not-connected' | 'timeout' | 'unsupported' };

/** One peer that is connected to a gateway now. Moments in epoch ms. */
export interface GatewaySession {
  /** Unique within its gateway, never used again. */
  readonly id: number;
  readonly address: string;
  readonly since: number;
  readonly lastFrameAt: number | undefined;
  readonly frames: number;
  /** Whom it has spoken for; one link may carry many devices. */
  readonly devices: readonly string[];
}

/** A gateway at work: what its page shows, and what one can do with it. */
export interface Gateway {
  readonly port: number;
  sessions(): readonly GatewaySession[];
  /** Ends one session; false where it is no longer there. */
  cut(session: number): boolean;
  /** Asks something of a device and waits for its answer; absent where the protocol has no way back. */
  command?(deviceCode: string, command: DeviceCommand): Promise<CommandOutcome>;
  /** Takes nothing more, lets what is being committed be answered (within a limit), ends every session. */
  close(): Promise<void>;
}
