import { type PushAddress, pushBody } from './push-client.ts';

/** What the box has recognised; `at` is epoch ms. */
export interface Recognised {
  readonly id: string;
  readonly camera: string;
  readonly kind: string;
  readonly at: number;
  /** 0–1. */
  readonly confidence: number;
  readonly box?: readonly number[];
  /** JPEG, PNG or WebP. */
  readonly picture?: Uint8Array;
}

/** A simulated box that recognises: pushes JSON in the platform's own form, or the alerts of ISAPI. */
export class VideoBox {
  readonly #address: PushAddress;

  constructor(address: PushAddress) {
    this.#address = address;
  }

  /** The generic form. Gives the status of the answer. */
  push({ at, picture, ...seen }: Recognised): Promise<number> {
    const image = picture === undefined ? {} : { image: Buffer.from(picture).toString('base64') };
    return this.#send(
      JSON.stringify({ ...seen, time: new Date(at).toISOString(), ...image }),
      'application/json',
    );
  }

  /** An alert of ISAPI with its picture, as multipart; `active` is repeated about once a second by real cameras. */
  alert(
    { camera, kind, at, picture }: Omit<Recognised, 'id' | 'confidence'>,
    state: 'active' | 'inactive',
  ): Promise<number> {
    const [mac = camera, channel = '1'] = camera.split('/');
    const xml = `<EventNotificationAlert version="2.0"><macAddress>${mac}</macAddress><channelID>${channel}</channelID><dateTime>${new Date(at).toISOString()}</dateTime><eventType>${kind}</eventType><eventState>${state}</eventState><eventDescription>${kind} alarm</eventDescription></EventNotificationAlert>`;
    if (picture === undefined) return this.#send(xml, 'application/xml');
    const parts = [
      Buffer.from(`--puan\r\nContent-Type: application/xml\r\n\r\n${xml}\r\n`),
      Buffer.from('--puan\r\nContent-Type: image/jpeg\r\n\r\n'),
      picture,
      Buffer.from('\r\n--puan--\r\n'),
    ];
    return this.#send(Buffer.concat(parts), 'multipart/form-data');
  }

  /** `videoloss` that is inactive: the heartbeat of ISAPI. */
  heartbeat(camera: string, at: number): Promise<number> {
    return this.alert({ camera, kind: 'videoloss', at }, 'inactive');
  }

  #send(body: string | Uint8Array, type: string): Promise<number> {
    return pushBody(this.#address, body, { type, query: { token: this.#address.secret } });
  }
}
