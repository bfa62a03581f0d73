const PUBLISH = 0x30;

/** A message at QoS 0. `topic` is UTF-8 without its length. Throws a `RangeError` for a topic that is too long. */
export function encodePublish(topic: Uint8Array, payload: Uint8Array): Uint8Array {
  if (topic.length > 65_535) throw new RangeError('a topic has at most 65535 bytes');
  const length = 2 + topic.length + payload.length;
  const head = [PUBLISH];
  let left = length;
  do {
    const byte = left & 127;
    left >>>= 7;
    head.push(left > 0 ? byte | 128 : byte);
  } while (left > 0);
  const packet = new Uint8Array(head.length + length);
  packet.set(head);
  packet[head.length] = topic.length >> 8;
  packet[head.length + 1] = topic.length & 255;
  packet.set(topic, head.length + 2);
  packet.set(payload, head.length + 2 + topic.length);
  return packet;
}
