import { Aedes, type AedesOptions, type Client, type PublishPacket } from 'aedes';

type Done = (error?: Error) => void;

/**
 * The broker inside. Devices speak to the platform and the platform to them, never one device to another: what a client has
 * published ends in `authorizePublish`, and is neither routed nor retained.
 */
export class DeviceBroker extends Aedes {
  static async open(options: AedesOptions): Promise<DeviceBroker> {
    const broker = new DeviceBroker(options);
    await broker.listen();
    return broker;
  }

  /** The broker itself hands on what a client has said as `(packet, client, done)`; ours comes as `(packet, done)`. */
  override publish(packet: PublishPacket, from: Client | Done, done?: Done): void {
    if (typeof from === 'function') super.publish(packet, from);
    else done?.();
  }
}
