import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';

/** argon2id at OWASP's floor: 19 MiB, two passes; 25–30 ms of one core here. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const TAG_BYTES = 32;
const SALT_BYTES = 16;

/**
 * A password as it is stored, in the PHC string format: `$argon2id$v=19$m=19456,t=2,p=1$salt$tag` (unpadded base64).
 * `prefix` goes before the sixteen random bytes of the salt.
 */
export async function hashPassword(password: string, prefix: Buffer = Buffer.alloc(0)): Promise<string> {
  const nonce = Buffer.concat([prefix, randomBytes(SALT_BYTES)]);
  const tag = await derive({
    message: password.normalize('NFC'),
    nonce,
    memory: MEMORY_KIB,
    passes: PASSES,
    parallelism: LANES,
    tagLength: TAG_BYTES,
  });
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(nonce)}$${base64(tag)}`;
}

/** Does the password belong to the stored string? Compares in constant time; throws for a string we did not write. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const { memory, passes, parallelism, nonce, tag } = parse(stored);
  const given = await derive({
    message: password.normalize('NFC'),
    nonce,
    memory,
    passes,
    parallelism,
    tagLength: tag.length,
  });
  return timingSafeEqual(given, tag);
}

/** The salt of a stored string. */
export function saltOf(stored: string): Buffer {
  return parse(stored).nonce;
}

const FORM = /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,3}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/u;

interface Stored {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly nonce: Buffer;
  readonly tag: Buffer;
}

function parse(stored: string): Stored {
  const [, memory, passes, parallelism, nonce = '', tag = ''] = FORM.exec(stored) ?? [];
  if (memory === undefined) throw new Error('a stored password is not in the form $argon2id$…');
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(nonce, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

function derive(parameters: Argon2Parameters): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(tag)));
  });
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/u, '');
}
