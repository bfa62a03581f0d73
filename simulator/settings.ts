import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where the server is and who we are to it. */
export interface Access {
  readonly url: string;
  readonly user: string;
  readonly password: string | undefined;
  readonly token: string | undefined;
}

export interface AskedAccess {
  readonly url?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

export const TOKEN_FILE = 'simulator.token';

/**
 * What was asked for first, then the environment; the token of the built-in simulator, where the server left one, only
 * when nobody in particular was named and the server is on this machine.
 */
export function accessOf(asked: AskedAccess, env: Environment): Access {
  const url = asked.url ?? `http://127.0.0.1:${env['PUAN_HTTP_PORT'] ?? '8080'}`;
  const password = asked.password ?? env['PUAN_BOOTSTRAP_PASSWORD'];
  const named = asked.user !== undefined || asked.password !== undefined;
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
  const token =
    named || !local ? undefined : readToken(path.resolve(env['PUAN_DATA_DIR'] ?? '.puan', TOKEN_FILE));
  return { url, user: asked.user ?? 'admin', password, token };
}

/** The token in a file, undefined when there is none. */
export function readToken(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8').trim();
  return text === '' ? undefined : text;
}

export function hj212PortOf(env: Environment): number {
  return Number(env['PUAN_HJ212_PORT'] ?? '8212');
}

export function sl651PortOf(env: Environment): number {
  return Number(env['PUAN_SL651_PORT'] ?? '8651');
}

export function mqttPortOf(env: Environment): number {
  return Number(env['PUAN_MQTT_PORT'] ?? '1883');
}

export function gb26875PortOf(env: Environment): number {
  return Number(env['PUAN_GB26875_PORT'] ?? '8268');
}
