import { afterZeros, CRC_INIT, crcStep } from './crc16.ts';

const SMALLEST = 256;

/**
 * 还没处置的字节，连同逐字节的 CRC 前缀：任意一段的校验码都是常数时间。
 * 重新对齐时每个“7E7E”都要试一次，声明得再长也不多花，杂音拖不垮解帧。
 */
export class ByteWindow {
  readonly #limit: number;
  #bytes = new Uint8Array(0);
  /** 第 i 个是吃完 `#bytes` 前 i 个字节的寄存器；起点的值不拘，只用差。 */
  #prefix = new Uint16Array(1);
  #start = 0;
  #stop = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get length(): number {
    return this.#stop - this.#start;
  }

  /** 还能再收多少字节。 */
  get room(): number {
    return this.#limit - this.length;
  }

  at(index: number): number | undefined {
    return index < this.length ? this.#bytes[this.#start + index] : undefined;
  }

  /** 副本，可以留存。 */
  slice(from: number, to: number): Uint8Array {
    return this.#bytes.slice(this.#start + from, Math.min(this.#start + to, this.#stop));
  }

  /** `from`–`to` 里第一个 `byte` 的位置；没有则为 `to`。 */
  find(byte: number, from: number, to = this.length): number {
    const index = this.#bytes.subarray(this.#start + from, this.#start + to).indexOf(byte);
    return index < 0 ? to : from + index;
  }

  crc(from: number, to: number): number {
    const before = this.#prefix[this.#start + from] ?? 0;
    return (this.#prefix[this.#start + to] ?? 0) ^ afterZeros(before ^ CRC_INIT, to - from);
  }

  /** 不得多于 `room`。 */
  append(bytes: Uint8Array): void {
    if (this.#stop + bytes.length > this.#bytes.length) this.#makeRoom(this.length + bytes.length);
    this.#bytes.set(bytes, this.#stop);
    let register = this.#prefix[this.#stop] ?? 0;
    for (const byte of bytes) {
      register = crcStep(register, byte);
      this.#stop += 1;
      this.#prefix[this.#stop] = register;
    }
  }

  /** 扔掉最前面的 `count` 个；空了就把大块内存还回去，闲着的连接不占地方。 */
  drop(count: number): void {
    this.#start += count;
    if (this.#start < this.#stop) return;
    this.#start = 0;
    this.#stop = 0;
    if (this.#bytes.length <= SMALLEST) return;
    this.#bytes = new Uint8Array(0);
    this.#prefix = new Uint16Array(1);
  }

  /** 挪到开头；一半以上还占着就换大一倍的，免得每来几个字节就挪一次。 */
  #makeRoom(needed: number): void {
    const size = this.#bytes.length >= needed * 2 ? this.#bytes.length : Math.max(needed * 2, SMALLEST);
    const bytes = size === this.#bytes.length ? this.#bytes : new Uint8Array(size);
    const prefix = size === this.#bytes.length ? this.#prefix : new Uint16Array(size + 1);
    bytes.set(this.#bytes.subarray(this.#start, this.#stop));
    prefix.set(this.#prefix.subarray(this.#start, this.#stop + 1));
    this.#stop -= this.#start;
    this.#start = 0;
    this.#bytes = bytes;
    this.#prefix = prefix;
  }
}
