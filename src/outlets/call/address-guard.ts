import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';

/** Addresses that are nobody's on the public net: of this machine, of the house, of the link, of translations, multicast. */
const INNER: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
];

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

type Answer = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/**
 * Keeps what people ask the server to call away from the house's own network: an address is looked at when it is dialled, so
 * that a name cannot be changed in between. Only what the system administrator has listed may be inside.
 */
export class AddressGuard {
  readonly #inner = new BlockList();
  readonly #listed = new BlockList();

  /** `listed`: addresses or networks, `10.1.2.3` or `10.1.0.0/16`. Throws for anything that is neither. */
  constructor(listed: readonly string[]) {
    for (const [network, bits] of INNER) this.#inner.addSubnet(network, bits, familyOf(network));
    for (const one of listed) {
      const [network = '', bits] = one.split('/');
      const whole = isIP(network) === 6 ? 128 : 32;
      this.#listed.addSubnet(network, bits === undefined ? whole : Number(bits), familyOf(network));
    }
  }

  allows(address: string): boolean {
    const family = familyOf(address);
    return !this.#inner.check(address, family) || this.#listed.check(address, family);
  }

  /** As `dns.lookup`, refusing a name of which any address is inside. */
  readonly lookup = (host: string, options: LookupOptions, answer: Answer): void => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return answer(error ?? new Error(`${host} 没有地址`), '');
      if (!addresses.every(({ address }) => this.allows(address))) return answer(new InnerAddress(), '');
      if (options.all === true) return answer(null, addresses);
      return answer(null, first.address, first.family);
    });
  };
}

/** The refusal of an address inside. */
export class InnerAddress extends Error {
  constructor() {
    super('地址在内网，系统管理员没有允许');
    this.name = 'InnerAddress';
  }
}
