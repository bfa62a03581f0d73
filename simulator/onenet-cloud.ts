import { createHash, randomBytes } from 'node:crypto';

import { type PushAddress, pushBody } from './push-client.ts';

/** One value of a data stream, `3300_0_5700` or the like. */
export interface OnenetValue {
  readonly dev_id: number;
  readonly imei: string;
  readonly ds_id: string;
  readonly value: number;
  /** Epoch ms. */
  readonly at: number;
}

/** A simulated OneNET (中国移动): verifies an address before it pushes there, and signs the characters of each `msg`. */
export class OnenetCloud {
  readonly #address: PushAddress;

  constructor(address: PushAddress) {
    this.#address = address;
  }

  /** What OneNET does when an address is saved: true where the answer is the `msg` itself. */
  async verify(msg = 'puan'): Promise<boolean> {
    const nonce = randomBytes(6).toString('hex');
    const address = new URL(this.#address.path, this.#address.url);
    address.search = new URLSearchParams({ msg, nonce, signature: this.#sign(nonce, msg) }).toString();
    const reply = await fetch(address);
    return reply.ok && (await reply.text()) === msg;
  }

  /** Pushes values, one as an object, several as an array. Gives the status of the answer. */
  push(values: readonly OnenetValue[]): Promise<number> {
    const list = values.map((value) => ({ type: 1, ...value }));
    const msg = JSON.stringify(list.length === 1 ? list[0] : list);
    const nonce = randomBytes(6).toString('hex');
    const body = `{"msg":${msg},"nonce":"${nonce}","msg_signature":"${this.#sign(nonce, msg)}"}`;
    return pushBody(this.#address, body, { type: 'application/json', query: {} });
  }

  #sign(nonce: string, msg: string): string {
    return createHash('md5')
      .update(this.#address.secret + nonce + msg)
      .digest('base64');
  }
}
