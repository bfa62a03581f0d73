import { createHash, randomBytes } from 'node:crypto';

const BYTES = 32;

/** 256 random bits, as they stand in an address or a cookie. */
export const makeSecret = (): string => randomBytes(BYTES).toString('base64url');

/** What is kept of one: nobody who reads the tables can use it. No salt: what is hashed cannot be guessed. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
