import { inflateRawSync } from 'node:zlib';

import { unreadable } from './unreadable.ts';

const END_OF_DIRECTORY = 0x06_05_4b_50;
const DIRECTORY_ENTRY = 0x02_01_4b_50;
const LOCAL_ENTRY = 0x04_03_4b_50;
/** The end record and the longest comment behind it. */
const END_SEARCH = 22 + 65_535;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
const MOST_ENTRIES = 500;
/** Everything unpacked: twenty thousand rows of thirty columns need half of it. */
const MOST_BYTES = 64_000_000;
/** The old binary format, and how encrypted new files are wrapped. */
const COMPOUND_FILE = 'd0cf11e0a1b11ae1';

/**
 * The XML parts of an xlsx file by their names. What it says of its own sizes is not believed: unpacking stops at a bound
 * (a small file can hold gigabytes), names that lead out of the archive, encryption and document types (the door of entity
 * expansion and of outside entities) are refused. Throws `import.unreadable`.
 */
export function unpackXlsx(raw: Buffer): ReadonlyMap<string, string> {
  if (raw.subarray(0, 8).toString('hex') === COMPOUND_FILE) {
    throw unreadable('这是旧版 xls 或加了密码的文件');
  }
  const parts = new Map<string, string>();
  let left = MOST_BYTES;
  for (const entry of directoryOf(raw)) {
    checkName(entry.name);
    if (!/\.(xml|rels)$/u.test(entry.name)) continue;
    const content = unpack(raw, entry, left);
    left -= content.length;
    parts.set(entry.name, xmlText(content));
  }
  if (!parts.has('xl/workbook.xml')) throw unreadable('不是 xlsx 工作簿');
  return parts;
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly packed: number;
  readonly offset: number;
}

function directoryOf(raw: Buffer): readonly Entry[] {
  const end = endOf(raw);
  const count = raw.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES) throw unreadable(`压缩包里有 ${count} 个文件，超过 ${MOST_ENTRIES} 个`);
  const entries: Entry[] = [];
  let at = raw.readUInt32LE(end + 16);
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > raw.length || raw.readUInt32LE(at) !== DIRECTORY_ENTRY) throw broken();
    const nameLength = raw.readUInt16LE(at + 28);
    entries.push({
      flags: raw.readUInt16LE(at + 8),
      method: raw.readUInt16LE(at + 10),
      packed: raw.readUInt32LE(at + 20),
      offset: raw.readUInt32LE(at + 42),
      name: raw.toString('utf8', at + 46, at + 46 + nameLength),
    });
    at += 46 + nameLength + raw.readUInt16LE(at + 30) + raw.readUInt16LE(at + 32);
  }
  return entries;
}

function endOf(raw: Buffer): number {
  for (let at = raw.length - 22; at >= Math.max(0, raw.length - END_SEARCH); at -= 1) {
    if (raw.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw unreadable('不是 xlsx 文件，或没有传完整');
}

function checkName(name: string): void {
  const leadsOut = name.startsWith('/') || name.includes('\\') || name.split('/').includes('..');
  if (leadsOut || name.includes('\u0000')) throw unreadable('压缩包里有越界的文件名');
}

function unpack(raw: Buffer, { method, flags, packed, offset }: Entry, most: number): Buffer {
  if ((flags & ENCRYPTED) !== 0) throw unreadable('文件加了密码');
  if (offset + 30 > raw.length || raw.readUInt32LE(offset) !== LOCAL_ENTRY) throw broken();
  const start = offset + 30 + raw.readUInt16LE(offset + 26) + raw.readUInt16LE(offset + 28);
  if (start + packed > raw.length) throw broken();
  const content = raw.subarray(start, start + packed);
  if (method === STORED && packed <= most) return content;
  if (method !== DEFLATED) throw broken();
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    if (error instanceof RangeError) {
      throw unreadable(`解开后超过 ${MOST_BYTES / 1_000_000} MB`);
    }
    throw broken();
  }
}

/** Office writes UTF-8; anything else could hide what is looked for here. */
function xmlText(content: Buffer): string {
  let text: string;
  try {
    text = new TextDecoder('utf8', { fatal: true }).decode(content);
  } catch {
    throw unreadable('内部文件不是 UTF-8 编码');
  }
  if (text.includes('\u0000')) throw unreadable('内部文件不是 UTF-8 编码');
  if (/<!(DOCTYPE|ENTITY)/iu.test(text)) throw unreadable('内部文件含有文档类型声明（DOCTYPE）');
  // The parser looks for the end of each tag anew: millions of open ones would keep it for minutes.
  if (/<[^<>]*(?:<|$)/u.test(text)) throw unreadable('内部文件的标签没有闭合');
  return text;
}

function broken(): Error {
  return unreadable('压缩包已损坏');
}
