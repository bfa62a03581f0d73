import type { Credentials, MqttCredential } from '#gateways/mqtt';
import type { Actor } from '#services/context';
import type { DeviceBook } from '#services/monitoring';

import { credentialOf, type FindActor, onForget } from '#services/platform';

type Listener = Parameters<Credentials['onEnd']>[0];

/** The access tokens of devices and readers, for gateways that one signs in to. */
export class DeviceCredentials implements Credentials {
  readonly #findActor: FindActor;
  readonly #devices: DeviceBook;
  readonly #readerOf: (actor: Actor) => MqttCredential['reader'];
  readonly #listeners = new Set<Listener>();
  readonly #actors = new WeakMap<MqttCredential, Actor>();

  /** `readerOf` gives what a person or a program may listen to, undefined where they may not read. */
  constructor(
    findActor: FindActor,
    devices: DeviceBook,
    readerOf: (actor: Actor) => MqttCredential['reader'],
  ) {
    this.#findActor = findActor;
    this.#devices = devices;
    this.#readerOf = readerOf;
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
    if (actor === undefined) return undefined;
    const credential = this.#credentialOf(actor);
    if (credential !== undefined) this.#actors.set(credential, actor);
    return credential;
  }

  #credentialOf(actor: Actor): MqttCredential | undefined {
    if (actor.deviceId === undefined) {
      const reader = this.#readerOf(actor);
      return reader && { protocol: 'sensorthings', deviceCode: '', reader };
    }
    const device = this.#devices.get(actor.deviceId);
    return device && { protocol: device.protocol, deviceCode: device.code };
  }

  onEnd(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
