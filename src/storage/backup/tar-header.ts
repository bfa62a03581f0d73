/** Entries of the POSIX `ustar` format, so that `tar --zstd -tf` reads a backup, too. */
export const BLOCK = 512;

export interface TarEntry {
  /** Relative, with `/`. */
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
}

const NAME = 100;
const PREFIX = 155;
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
/** Eleven octal digits. */
const LARGEST = 8 ** 11 - 1;
const CHECKSUM_AT = 148;

/** The block before an entry's bytes. Throws for a name or a size that the format cannot hold. */
export function writeHeader({ name, kind, size }: TarEntry, mtimeMs: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const [prefix, short] = splitName(kind === 'folder' ? `${name}/` : name);
  if (size > LARGEST) throw new Error(`${name} is too large for a tar archive`);
  block.write(short, 0);
  writeOctal(block, 100, 8, kind === 'folder' ? FOLDER_MODE : FILE_MODE);
  writeOctal(block, 108, 8, 0);
  writeOctal(block, 116, 8, 0);
  writeOctal(block, 124, 12, size);
  writeOctal(block, 136, 12, Math.floor(mtimeMs / 1000));
  block.write(kind === 'folder' ? '5' : '0', 156);
  block.write('ustar\u000000', 257, 'latin1');
  block.write(prefix, 345);
  block.fill(' ', CHECKSUM_AT, CHECKSUM_AT + 8);
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\u0000 `, CHECKSUM_AT, 'latin1');
  return block;
}

/** The entry of a block; undefined for the zeros at the end. Throws when it is none. */
export function readHeader(block: Buffer): TarEntry | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  const told = readOctal(block, CHECKSUM_AT, 8);
  const bare = Buffer.from(block).fill(' ', CHECKSUM_AT, CHECKSUM_AT + 8);
  if (told !== checksum(bare)) throw new Error('the archive is damaged: an entry has a wrong checksum');
  const prefix = readText(block, 345, PREFIX);
  const short = readText(block, 0, NAME);
  const name = prefix === '' ? short : `${prefix}/${short}`;
  const kind = readText(block, 156, 1) === '5' ? 'folder' : 'file';
  return { name: name.replace(/\/$/u, ''), kind, size: readOctal(block, 124, 12) };
}

/** Zeros that fill an entry's last block. */
export function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

function splitName(name: string): readonly [prefix: string, short: string] {
  if (Buffer.byteLength(name) <= NAME) return ['', name];
  for (let at = name.indexOf('/'); at !== -1; at = name.indexOf('/', at + 1)) {
    const [prefix, short] = [name.slice(0, at), name.slice(at + 1)];
    if (Buffer.byteLength(prefix) <= PREFIX && Buffer.byteLength(short) <= NAME && short !== '')
      return [prefix, short];
  }
  throw new Error(`the name ${name} is too long for a tar archive`);
}

// oxlint-disable-next-line max-params
function writeOctal(block: Buffer, at: number, width: number, value: number): void {
  block.write(value.toString(8).padStart(width - 1, '0'), at, 'latin1');
}

function readOctal(block: Buffer, at: number, width: number): number {
  return Number.parseInt(readText(block, at, width).trim(), 8);
}

function readText(block: Buffer, at: number, width: number): string {
  const end = block.indexOf(0, at);
  return block.toString('utf8', at, end === -1 || end > at + width ? at + width : end);
}

function checksum(block: Buffer): number {
  return block.reduce((sum, byte) => sum + byte, 0);
}
