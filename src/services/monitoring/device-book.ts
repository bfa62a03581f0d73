import type { DeviceDirectory, FactorBinding, KnownDevice, UnknownDevice } from '#model/monitoring';
import type { Storage, Tx, Vault } from '#storage';

import { openSettings } from './device-settings.ts';
import type { GatewayLedger } from './gateway-ledger.ts';

/** Registered devices in memory, by protocol and the name they give on the wire. */
export class DeviceBook implements DeviceDirectory {
  readonly #byProtocol = new Map<string, Map<string, KnownDevice>>();
  readonly #codes = new Map<number, KnownDevice & { readonly protocol: string }>();
  readonly #ledger: GatewayLedger;
  readonly vault: Vault;

  constructor(ledger: GatewayLedger, vault: Vault) {
    this.#ledger = ledger;
    this.vault = vault;
  }

  find(protocol: string, code: string): KnownDevice | undefined {
    return this.#byProtocol.get(protocol)?.get(code);
  }

  all(protocol: string): readonly KnownDevice[] {
    return [...(this.#byProtocol.get(protocol)?.values() ?? [])];
  }

  /** The device behind a number, with its protocol. */
  get(id: number): (KnownDevice & { readonly protocol: string }) | undefined {
    return this.#codes.get(id);
  }

  quarantine(seen: UnknownDevice): void {
    this.#ledger.quarantine(seen);
  }

  set(protocol: string, device: KnownDevice): void {
    const known = this.#byProtocol.get(protocol) ?? new Map<string, KnownDevice>();
    known.set(device.code, device);
    this.#byProtocol.set(protocol, known);
    this.#codes.set(device.id, { ...device, protocol });
  }
}

/** Reads devices with their factor maps; all of them, or those named. */
export async function loadDevices(
  db: Storage['system'] | Tx,
  book: DeviceBook,
  ids?: readonly number[],
): Promise<void> {
  let devices = db.selectFrom('device').select(['id', 'protocol', 'code', 'settings', 'replay_session_id']);
  let factors = db.selectFrom('device_factor').selectAll();
  if (ids) {
    devices = devices.where('id', 'in', [...ids, 0]);
    factors = factors.where('device_id', 'in', [...ids, 0]);
  }
  const bindings = Map.groupBy(await factors.execute(), (row) => row.device_id);
  for (const row of await devices.execute()) {
    const own = (bindings.get(row.id) ?? []).map((factor): [string, FactorBinding] => [
      factor.factor,
      { point: factor.point_id, scale: factor.scale, offset: factor.shift },
    ]);
    book.set(row.protocol, {
      id: row.id,
      code: row.code,
      settings: openSettings(book.vault, row.settings),
      factors: new Map(own),
      session: row.replay_session_id ?? 0,
    });
  }
}
