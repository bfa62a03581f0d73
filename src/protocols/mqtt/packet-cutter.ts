const PUBLISH = 0x30;
const TYPE = 0xf0;
const QOS_2 = 0x04;
const QOS_1 = 0x02;
const DUP = 0x08;
/** MQTT 3.1.1, 2.2.3: the remaining length is written in four bytes at the most. */
const LENGTH_BYTES = 4;
const NOTHING = new Uint8Array(0);

/** What {@link PacketCutter.next} has found: `publish` at QoS 0 or 1, well formed; `other`: any other packet, or bytes that are none; `more`: nothing whole is left. */
export type Cut = 'publish' | 'other' | 'more';

/**
 * Cuts MQTT 3.1.1 packets out of a stream, and reads of a PUBLISH at QoS 0 or 1 where its parts lie. Whatever is not plain
 * in it is handed on as it is, for a reader of the whole protocol to answer. The fields hold until the next call: a message
 * makes no object.
 */
export class PacketCutter {
  /** Where the parts of a `publish` lie. */
  bytes: Uint8Array = NOTHING;
  topicFrom = 0;
  topicTo = 0;
  payloadFrom = 0;
  payloadTo = 0;
  /** 0 at QoS 0. */
  messageId = 0;
  /** The sender says that it has sent this before. */
  again = false;
  #from = 0;
  #at = 0;
  #head = 0;
  /** Of a packet that is not whole yet: what came after {@link bytes}, and how long it is in all (0: not known). */
  #pieces: Uint8Array[] = [];
  #piecesLength = 0;
  #needed = 0;
  #isBroken = false;

  /** Bytes of a packet that is not whole yet. */
  get unfinished(): number {
    return this.bytes.length - this.#at + this.#piecesLength;
  }

  /** Bytes as they come; {@link next} reads them. */
  push(chunk: Uint8Array): void {
    const kept = this.unfinished;
    if (kept === 0) {
      this.#set(chunk);
      return;
    }
    this.#pieces.push(chunk);
    this.#piecesLength += chunk.length;
    // One join for a long packet, not one for each of its pieces.
    if (kept + chunk.length < this.#needed) return;
    this.#set(this.#join());
  }

  next(): Cut {
    const { bytes } = this;
    if (this.#isBroken) return this.#rest();
    if (this.#piecesLength > 0 || bytes.length - this.#at < 2) return 'more';
    const length = this.#readLength();
    if (length === undefined) return this.#rest();
    const isWhole = length > 0 && bytes.length - this.#at >= length;
    this.#needed = isWhole ? 0 : length;
    if (!isWhole) return 'more';
    this.#from = this.#at;
    this.#at += length;
    const head = bytes[this.#from] ?? 0;
    const isTaken = (head & TYPE) === PUBLISH && (head & QOS_2) === 0 && this.#readPublish(head);
    return isTaken ? 'publish' : 'other';
  }

  /** The bytes of what {@link next} has found, as they came. */
  get packet(): Uint8Array {
    return this.bytes.subarray(this.#from, this.#at);
  }

  /** The whole packet's length with its head, 0 where more bytes must tell; undefined where it is no length. */
  #readLength(): number | undefined {
    const { bytes } = this;
    let length = 0;
    for (let i = 1; i <= LENGTH_BYTES; i += 1) {
      const byte = bytes[this.#at + i];
      if (byte === undefined) return 0;
      length |= (byte & 127) << (7 * (i - 1));
      if (byte < 128) {
        this.#head = this.#at + i + 1;
        return length + i + 1;
      }
    }
    this.#isBroken = true;
    return undefined;
  }

  /** False where something in it is not as it must be. */
  #readPublish(head: number): boolean {
    const { bytes } = this;
    const from = this.#head + 2;
    const to = from + wordAt(bytes, from - 2);
    const qos1 = (head & QOS_1) !== 0;
    const payloadFrom = qos1 ? to + 2 : to;
    if (to === from || payloadFrom > this.#at) return false;
    for (let i = from; i < to; i += 1) if (isForbidden(bytes[i])) return false;
    const messageId = qos1 ? wordAt(bytes, to) : 0;
    if (qos1 && messageId === 0) return false;
    this.topicFrom = from;
    this.topicTo = to;
    this.payloadFrom = payloadFrom;
    this.payloadTo = this.#at;
    this.messageId = messageId;
    this.again = (head & DUP) !== 0;
    return true;
  }

  /** From here on nobody knows where a packet begins. */
  #rest(): Cut {
    if (this.#piecesLength > 0) this.#set(this.#join());
    if (this.#at === this.bytes.length) return 'more';
    this.#from = this.#at;
    this.#at = this.bytes.length;
    return 'other';
  }

  #set(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.#at = 0;
    this.#pieces = [];
    this.#piecesLength = 0;
    this.#needed = 0;
  }

  #join(): Uint8Array {
    const whole = new Uint8Array(this.unfinished);
    whole.set(this.bytes.subarray(this.#at));
    let at = this.bytes.length - this.#at;
    for (const piece of this.#pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

const PLUS = 0x2b;
const HASH = 0x23;

/** MQTT 3.1.1, 3.3.2-2 and 1.5.3-2: no wildcard and no NUL in the topic of a message. */
function isForbidden(byte: number | undefined): boolean {
  return byte === PLUS || byte === HASH || byte === 0;
}
