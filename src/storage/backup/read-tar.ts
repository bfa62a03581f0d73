import { BLOCK, padding, readHeader, type TarEntry } from './tar-header.ts';

/** An entry with its bytes; they must be read before the next entry is asked for. */
export interface OpenEntry extends TarEntry {
  readonly content: AsyncIterable<Buffer>;
}

/** The entries of a tar archive as it streams by. Throws when it ends before its end mark, or is damaged. */
export async function* readTar(chunks: AsyncIterable<Buffer>): AsyncGenerator<OpenEntry> {
  const source = new Bytes(chunks);
  for (;;) {
    const entry = readHeader(await source.take(BLOCK));
    if (!entry) return;
    yield { ...entry, content: source.stream(entry.size) };
    await source.take(padding(entry.size));
  }
}

/** Bytes out of chunks, as many as are asked for. */
class Bytes {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async take(n: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.stream(n)) parts.push(part);
    return Buffer.concat(parts);
  }

  async *stream(n: number): AsyncGenerator<Buffer> {
    for (let left = n; left > 0;) {
      if (this.#rest.length === 0) {
        const next = await this.#chunks.next();
        if (next.done === true) throw new Error('the archive ends too early');
        this.#rest = next.value;
        continue;
      }
      const part = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }
}
