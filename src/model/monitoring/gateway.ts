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
  quarantine(seen: UnknownDevice): void;
}

/** What a gateway counts, so that every refusal is seen on the device's page and in the metrics. */
export interface GatewayCounters {
  framesAccepted(protocol: string, deviceCode: string, n: number): void;
  framesRefused(protocol: string, reason: string, deviceCode: string | undefined, n: number): void;
  factorsUnmapped(protocol: string, deviceCode: string, factor: string): void;
}
