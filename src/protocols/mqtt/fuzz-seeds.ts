const bytes = (hex: string): Uint8Array =>
  Uint8Array.from(hex.split(' '), (pair) => Number.parseInt(pair, 16));
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function publish(head: number, topic: string, rest: Uint8Array): Uint8Array {
  const name = ascii(topic);
  const length = 2 + name.length + rest.length;
  const written = length < 128 ? [length] : [(length & 127) | 128, length >> 7];
  return Uint8Array.of(head, ...written, 0, name.length, ...name, ...rest);
}

/** One packet of every kind that a client sends. */
export const SEEDS: readonly Uint8Array[] = [
  // CONNECT with a user name; SUBSCRIBE; UNSUBSCRIBE; PUBREL; PINGREQ; DISCONNECT.
  bytes('10 10 00 04 4d 51 54 54 04 82 00 3c 00 01 61 00 01 75'),
  bytes('82 06 00 01 00 01 61 01'),
  bytes('a2 05 00 02 00 01 61'),
  bytes('62 02 00 03'),
  bytes('c0 00'),
  bytes('e0 00'),
  publish(0x30, 'v1/devices/me/telemetry', ascii('{"level":1.5}')),
  publish(
    0x32,
    'v1/devices/me/telemetry',
    Uint8Array.of(0, 9, ...ascii('{"ts":1790000000000,"values":{"level":1.5}}')),
  ),
  publish(0x3a, 'v2/t', Uint8Array.of(0, 9, ...new Uint8Array(300))),
  publish(0x34, 'v2/t', Uint8Array.of(0, 10, ...ascii('{"level":2}'))),
  publish(0x32, 'a', Uint8Array.of(1, 0)),
];
