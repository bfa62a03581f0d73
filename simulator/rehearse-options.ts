import { parseArgs } from 'node:util';

import { readSignChange, type SignChange } from './change-signs.ts';
import { UsageError } from './replay-options.ts';

export interface RehearseOptions {
  /** The recording: a file or a folder. */
  readonly path: string;
  readonly map: string | undefined;
  readonly via: 'hj212' | 'http' | undefined;
  /** Id of a replay session of it; undefined: the newest there is, or one that is played now. */
  readonly session: number | undefined;
  /** Files of labels. */
  readonly cases: readonly string[];
  readonly changes: readonly SignChange[];
  /** Leave the draft and the known cases there. */
  readonly keep: boolean;
  readonly json: boolean;
  readonly url: string | undefined;
  readonly user: string;
  readonly password: string | undefined;
}

export const REHEARSE_USAGE = `用法：node run.js simulator/rehearse.ts <录制的 CSV 文件或文件夹> [选项]
  --set 体征.级别=限值   草案里的改动，可给多次；不给则草案与现行相同
  --cases FILE           已知事件：录制自带的标注，或有 from,to,text 列的表（北京时间）；可给多次
  --session ID           用这一场回放；默认用这份录制一天内最近的一场，没有就先回放
  --via hj212|http       回放走哪个网关（默认按对照表）
  --map FILE             列与监测点的对照表（JSON）
  --keep                 推演完不撤回草案、不撤销登记的事件
  --json                 结果输出为 JSON
  --url U --user NAME --password P   默认本机 8080、district、PUAN_BOOTSTRAP_PASSWORD`;

/** Reads the command line. Throws {@link UsageError}. */
export function readRehearseOptions(argv: readonly string[]): RehearseOptions {
  const { values, positionals } = parse(argv);
  const [path, ...rest] = positionals;
  if (path === undefined || rest.length > 0) throw new UsageError(`要给出一份录制。\n${REHEARSE_USAGE}`);
  const { via, session, url } = values;
  if (via !== undefined && via !== 'hj212' && via !== 'http')
    throw new UsageError(`不认识的 --via ${via}。可用：hj212、http。`);
  if (session !== undefined && !/^[1-9]\d*$/u.test(session))
    throw new UsageError(`--session 须是回放会话的编号；给的是 ${session}。`);
  if (url !== undefined && !URL.canParse(url)) throw new UsageError(`--url 不是网址：${url}。`);
  return {
    path,
    map: values.map,
    via,
    session: session === undefined ? undefined : Number(session),
    cases: values.cases,
    changes: values.set.map(readSignChange),
    keep: values.keep,
    json: values.json,
    url,
    user: values.user,
    password: values.password,
  };
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- the shape follows from the table
function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        map: { type: 'string' },
        via: { type: 'string' },
        session: { type: 'string' },
        cases: { type: 'string', multiple: true, default: [] },
        set: { type: 'string', multiple: true, default: [] },
        keep: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        url: { type: 'string' },
        user: { type: 'string', default: 'district' },
        password: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${REHEARSE_USAGE}`);
  }
}
