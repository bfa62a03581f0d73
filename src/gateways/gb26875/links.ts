import type { Peer } from '#gateways/line';
import type { Address } from '#protocols/gb26875';

/** 一台装置最近一次说话走的那条路，与它怎么称呼我们。 */
export interface Link {
  readonly peer: Peer;
  /** 它写的目的地址，就是我们的源地址。 */
  readonly centre: Address;
}

/** 各装置最近的路；不论 TCP 还是 UDP。登记过的才记，所以有限。 */
export class Links {
  readonly #links = new Map<string, Link>();

  heard(deviceCode: string, link: Link): void {
    this.#links.set(deviceCode, link);
  }

  of(deviceCode: string): Link | undefined {
    return this.#links.get(deviceCode);
  }
}
