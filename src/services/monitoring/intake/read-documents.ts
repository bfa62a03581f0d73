import { readJson } from '#protocols/push';
import { XMLParser } from 'fast-xml-parser';

/** What a push holds: documents (JSON, or XML as objects) and pictures beside them. */
export interface Documents {
  readonly documents: readonly unknown[];
  readonly pictures: readonly Buffer[];
  /** Parts that are neither. */
  readonly unreadable: number;
}

type Part = { readonly document: unknown } | { readonly picture: Buffer } | undefined;

const MOST_PARTS = 50;
const BLANK_LINE = Buffer.from('\r\n\r\n');
/** Tags become members, an attribute nothing; numbers stay texts: an id may begin with zeros. */
const XML = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  removeNSPrefix: true,
  processEntities: false,
  ignoreDeclaration: true,
});

/** Reads JSON, XML, or a multipart of them; the boundary is taken from the body, since boxes send all kinds of headers. */
export function readDocuments(raw: Buffer): Documents {
  const parts = partsOf(raw).map(readPart);
  return {
    documents: parts.flatMap((part) => (part && 'document' in part ? [part.document] : [])),
    pictures: parts.flatMap((part) => (part && 'picture' in part ? [part.picture] : [])),
    unreadable: parts.filter((part) => part === undefined).length,
  };
}

function readPart(content: Buffer): Part {
  const first = content.subarray(0, 200).toString('utf8').trimStart()[0];
  if (first === '<') return readXml(content);
  if (first === '{' || first === '[') {
    const document = readJson(content.toString('utf8'));
    return document === undefined ? undefined : { document };
  }
  return content.length > 0 ? { picture: content } : undefined;
}

/** A DOCTYPE is refused before anything is parsed: none of our senders needs one. */
function readXml(content: Buffer): Part {
  const text = content.toString('utf8');
  if (/<!(?:DOCTYPE|ENTITY)/iu.test(text)) return undefined;
  try {
    return { document: XML.parse(text, true) as unknown };
  } catch {
    return undefined;
  }
}

/** The contents of a multipart body, or the body itself. */
function partsOf(raw: Buffer): readonly Buffer[] {
  const boundary = /^(?:\r\n)?(--[\w'()+,./:=?-]{1,70})\r\n/u.exec(
    raw.subarray(0, 100).toString('latin1'),
  )?.[1];
  if (boundary === undefined) return [raw];
  const parts: Buffer[] = [];
  let at = raw.indexOf(boundary);
  while (at !== -1 && parts.length < MOST_PARTS) {
    const next = raw.indexOf(boundary, at + boundary.length);
    if (next === -1) break;
    const part = raw.subarray(at + boundary.length, next);
    const head = part.indexOf(BLANK_LINE);
    if (head !== -1) parts.push(withoutEnd(part.subarray(head + BLANK_LINE.length)));
    at = next;
  }
  return parts;
}

function withoutEnd(content: Buffer): Buffer {
  return content.subarray(-2).toString('latin1') === '\r\n' ? content.subarray(0, -2) : content;
}
