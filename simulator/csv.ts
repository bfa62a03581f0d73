import { createReadStream, type ReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** A line of a table; cells by the header's names are found with {@link CsvTable.column}. */
export type Cells = readonly string[];

const QUOTE = '"';

/**
 * Splits text into rows as RFC 4180 has it: quoted cells may hold separators, line ends and doubled quotes. Feed it
 * pieces of any size.
 */
export class CsvSplitter {
  readonly #separator: string;
  #cell = '';
  #row: string[] = [];
  #quoted = false;
  /** A quote was just seen inside a quoted cell: it ends the cell, or is half of a doubled one. */
  #closing = false;

  constructor(separator: string) {
    this.#separator = separator;
  }

  push(text: string): Cells[] {
    const rows: Cells[] = [];
    for (const c of text) this.#take(c, rows);
    return rows;
  }

  /** The last row, when the text did not end with a line end. */
  end(): Cells[] {
    const rows: Cells[] = [];
    if (this.#cell !== '' || this.#row.length > 0) this.#endRow(rows);
    return rows;
  }

  #take(c: string, rows: Cells[]): void {
    if (this.#quoted && !this.#closing) {
      if (c === QUOTE) this.#closing = true;
      else this.#cell += c;
      return;
    }
    if (this.#closing) {
      this.#closing = false;
      if (c === QUOTE) {
        this.#cell += QUOTE;
        return;
      }
      this.#quoted = false;
    }
    if (c === QUOTE && this.#cell === '') this.#quoted = true;
    else if (c === this.#separator) this.#endCell();
    else if (c === '\n') this.#endRow(rows);
    else if (c !== '\r') this.#cell += c;
  }

  #endCell(): void {
    this.#row.push(this.#cell);
    this.#cell = '';
  }

  #endRow(rows: Cells[]): void {
    const blank = this.#row.length === 0 && this.#cell === '';
    this.#endCell();
    if (!blank) rows.push(this.#row);
    this.#row = [];
  }
}

/** The separator of a header line: whichever of `;` `,` tab stands in it most often outside quotes. */
export function separatorOf(header: string): string {
  const bare = header.replaceAll(/"[^"]*"/gu, '');
  const counts = [',', ';', '\t'].map((mark) => ({ mark, n: bare.split(mark).length }));
  return counts.reduce((best, next) => (next.n > best.n ? next : best)).mark;
}

export interface CsvRow {
  readonly header: Cells;
  readonly cells: Cells;
  /** Bytes of the file read so far (packed, when it is packed). */
  readonly bytesRead: number;
}

/** Rows of a `.csv` or `.csv.gz`, read as a stream: a file of any size takes little memory. */
export async function* readCsv(path: string): AsyncGenerator<CsvRow> {
  const file = createReadStream(path);
  const decoder = new TextDecoder('utf-8');
  let splitter: CsvSplitter | undefined;
  let held = '';
  let header: Cells | undefined;
  for await (const chunk of unpacked(file, path)) {
    held += decoder.decode(chunk, { stream: true });
    if (!splitter) {
      const end = held.indexOf('\n');
      if (end < 0) continue;
      held = held.replace(/^\uFEFF/u, '');
      splitter = new CsvSplitter(separatorOf(held.slice(0, end)));
    }
    for (const cells of splitter.push(held)) {
      if (header) yield { header, cells, bytesRead: file.bytesRead };
      else header = cells.map((name) => name.trim());
    }
    held = '';
  }
  splitter ??= new CsvSplitter(separatorOf(held));
  for (const cells of [...splitter.push(held), ...splitter.end()]) {
    if (header) yield { header, cells, bytesRead: file.bytesRead };
    else header = cells.map((name) => name.trim());
  }
}

function unpacked(file: ReadStream, path: string): AsyncIterable<Uint8Array> {
  if (!path.endsWith('.gz')) return file as AsyncIterable<Uint8Array>;
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip) as AsyncIterable<Uint8Array>;
}
