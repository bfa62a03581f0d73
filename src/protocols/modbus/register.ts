/** The four tables of a device: coils and discrete inputs are bits, holding and input registers are words of 16 bits. */
export const TABLES = ['coil', 'discrete', 'holding', 'input'] as const;
export type Table = (typeof TABLES)[number];

export const WORD_TYPES = ['int16', 'uint16', 'int32', 'uint32', 'float32'] as const;
export type WordType = (typeof WORD_TYPES)[number];

/** In which order the bytes of a 32-bit value (A the highest) lie on the wire; ABCD is Modbus' own. */
export const ORDERS = ['ABCD', 'CDAB', 'BADC', 'DCBA'] as const;
export type Order = (typeof ORDERS)[number];

/** Where one value lies in a device, and how it is written there. */
export interface Register {
  readonly table: Table;
  /** As on the wire, from 0. */
  readonly address: number;
  readonly type: 'bit' | WordType;
  readonly order: Order;
  /** What the device writes where it has no value, as read, before scale and offset. */
  readonly invalid: readonly number[];
}

const KEY =
  /^(?<table>[a-z]+):(?<address>\d{1,5})(?::(?<type>[a-z]+\d\d)(?::(?<order>[A-D]{4}))?)?(?<invalid>(?:!-?\d+(?:\.\d+)?)*)$/u;
const LAST_ADDRESS = 65_535;

/** How many registers, or bits, a value takes up. */
export function widthOf({ type }: Pick<Register, 'type'>): 1 | 2 {
  return type.endsWith('32') ? 2 : 1;
}

/** Whether its table is one of bits. */
export function isBits(table: Table): boolean {
  return table === 'coil' || table === 'discrete';
}

/**
 * Reads a register key:
 *
 *     coil:5   discrete:7
 *     holding:100:float32   holding:100:float32:CDAB   input:3:int16   input:3:int16!9999!-9999
 *
 * table `:` address [`:` type [`:` byte order]] {`!` what stands for "no value"}. Words need a type, bits have none; only 32-bit
 * types have an order (without one: ABCD). Addresses are those on the wire, from 0: what a manual calls 40001 is `holding:0`,
 * 30001 `input:0`, 10001 `discrete:0`, 00001 `coil:0`. Gives undefined for anything else.
 */
export function parseRegister(key: string): Register | undefined {
  const parts = KEY.exec(key)?.groups;
  const table = TABLES.find((one) => one === parts?.['table']);
  const type = typeOf(table, parts?.['type']);
  if (parts === undefined || table === undefined || type === undefined) return undefined;
  const order = orderOf(type, parts['order']);
  const address = Number(parts['address']);
  if (order === undefined || address + widthOf({ type }) - 1 > LAST_ADDRESS) return undefined;
  const invalid = (parts['invalid'] ?? '').split('!').slice(1).map(Number);
  if (type === 'bit' && invalid.length > 0) return undefined;
  return { table, address, type, order, invalid };
}

function typeOf(table: Table | undefined, written: string | undefined): Register['type'] | undefined {
  if (table === undefined) return undefined;
  if (isBits(table)) return written === undefined ? 'bit' : undefined;
  return WORD_TYPES.find((one) => one === written);
}

function orderOf(type: Register['type'], written: string | undefined): Order | undefined {
  if (written === undefined) return 'ABCD';
  return widthOf({ type }) === 2 ? ORDERS.find((one) => one === written) : undefined;
}
