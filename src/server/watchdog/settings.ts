import { readFileSync } from 'node:fs';
import path from 'node:path';

import { issueWords } from '#base';
import { z } from 'zod';

z.config(issueWords());

/** Whom a watchdog calls, and how. `{message}`, `{name}`, `{what}` (alarm, again, recovered) and `{since}` are filled in. */
const call = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('http'),
    url: z.url(),
    method: z.enum(['POST', 'PUT', 'GET']).default('POST'),
    headers: z.record(z.string(), z.string()).default({}),
    /** Sent as JSON where it is an object, as it stands where it is a text. */
    body: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  }),
  z.strictObject({
    kind: z.literal('command'),
    /** The program and its arguments; no shell reads them. */
    command: z.array(z.string()).min(1),
  }),
]);
export type Call = z.output<typeof call>;

const settings = z
  .strictObject({
    /** How this watchdog is called on the pages of Puan. */
    name: z.string().trim().min(1).max(60).default('看门狗'),
    url: z.url(),
    /** The token that Puan wrote into `<data folder>/watchdog.token`; or the file itself, where it lies on this machine. */
    token: z.string().min(1).optional(),
    tokenFile: z.string().min(1).optional(),
    everySeconds: z.number().int().min(1).max(600).default(10),
    /** What is wrong for as long is told. */
    silentSeconds: z.number().int().min(1).max(3600).default(60),
    /** And told again as often. */
    repeatMinutes: z.number().min(0.01).max(1440).default(10),
    /** An answer that takes longer is none. */
    patienceSeconds: z.number().min(0.1).max(60).default(5),
    /** Events may wait for as long to be published. */
    lagSeconds: z.number().min(1).max(3600).default(60),
    /** The newest chain test may be as old. */
    chainHours: z.number().min(1).max(240).default(26),
    /** Where it remembers whom it has called, so that its own restart calls nobody twice. */
    stateFile: z.string().min(1).default('watchdog-state.json'),
    calls: z.array(call).min(1),
  })
  .refine(({ token, tokenFile }) => (token === undefined) !== (tokenFile === undefined), {
    message: 'token 与 tokenFile 给且只给一个',
  });
export type WatchdogSettings = z.output<typeof settings>;

/** A file of settings that cannot be used, with every fault. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Reads the watchdog's own file of settings; paths in it are relative to it. Throws {@link SettingsError}. */
export function readSettings(file: string): WatchdogSettings {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new SettingsError(
      `读不了设置 ${file}：${error instanceof Error ? error.message : ''}。写法见 docs/watchdog.md。`,
    );
  }
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new SettingsError(`设置 ${file} 有误：\n  ${faults.join('\n  ')}`);
  }
  const beside = (name: string): string => path.resolve(path.dirname(file), name);
  const { tokenFile, stateFile } = parsed.data;
  return {
    ...parsed.data,
    stateFile: beside(stateFile),
    ...(tokenFile === undefined ? {} : { tokenFile: beside(tokenFile) }),
  };
}
