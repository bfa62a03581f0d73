import type { Credentials, MqttCredential } from '#gateways/mqtt';
import type { Actor } from '#services/context';
import type { DeviceBook } from '#services/monitoring';
import { credentialOf, type FindActor, onForget } from '#services/platform';

type Listener = Parameters<Credentials['onEnd']>[0];

/** The access tokens of devices, for gateways that let devices sign in. */
export class DeviceCredentials implements Credentials {
  readonly #findActor: FindActor;
  readonly #devices: DeviceBook;
  readonly #listeners = new Set<Listener>();
  readonly #actors = new WeakMap<MqttCredential, Actor>();

  constructor(findActor: FindActor, devices: DeviceBook) {
    this.#findActor = findActor;
    this.#devices = devices;
    onForget((match) => {
      const isOver = (credential: MqttCredential): boolean => {
        const actor = this.#actors.get(credential);
        const held = actor && credentialOf(actor);
        return held !== undefined && match(held);
      };
      for (const listener of this.#listeners) listener(isOver);
    });
  }

  async find(secret: string, address: string): Promise<MqttCredential | undefined> {
    const actor = await this.#findActor(secret, address);
    if (actor?.deviceId === undefined) return undefined;
    const device = this.#devices.get(actor.deviceId);
    if (device === undefined) return undefined;
    const credential = { protocol: device.protocol, deviceCode: device.code };
    this.#actors.set(credential, actor);
    return credential;
  }

  onEnd(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
