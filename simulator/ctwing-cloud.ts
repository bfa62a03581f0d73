import { type PushAddress, pushBody } from './push-client.ts';

/** A device behind the simulated CTWing: what it calls itself. */
export interface CtwingDevice {
  readonly deviceId: string;
  readonly imei: string;
}

/** A simulated CTWing (中国电信 AEP) that pushes to a source whose token is in the address. */
export class CtwingCloud {
  readonly #address: PushAddress;

  constructor(address: PushAddress) {
    this.#address = address;
  }

  /** A report by the product's model; `at` is the device's time (epoch ms). Gives the status of the answer. */
  report(device: CtwingDevice, at: number, payload: object): Promise<number> {
    return this.#push(device, at, { messageType: 'dataReport', payload });
  }

  /** A report of a transparent product. */
  reportBytes(device: CtwingDevice, at: number, bytes: Uint8Array): Promise<number> {
    return this.report(device, at, { APPdata: Buffer.from(bytes).toString('base64') });
  }

  online(device: CtwingDevice, at: number): Promise<number> {
    return this.#push(device, at, { messageType: 'deviceOnlineOfflineReport', eventType: 1 });
  }

  #push({ deviceId, imei }: CtwingDevice, at: number, part: object): Promise<number> {
    const message = {
      upPacketSN: -1,
      upDataSN: -1,
      topic: 'v1/up/ad19',
      timestamp: at,
      tenantId: '1000000',
      serviceId: '',
      protocol: 'lwm2m',
      productId: '10000000',
      deviceType: '',
      deviceId,
      assocAssetId: '',
      IMSI: '',
      IMEI: imei,
      ...part,
    };
    return pushBody(this.#address, JSON.stringify(message), {
      type: 'application/json',
      query: { token: this.#address.secret },
    });
  }
}
