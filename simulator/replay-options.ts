import { parseArgs } from 'node:util';

/** The arguments cannot be used; the sentence says why. Exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface ReplayOptions {
  readonly path: string;
  /** Undefined: what the map says. */
  readonly via: 'hj212' | 'sl651' | 'gb26875' | 'mqtt' | 'http' | undefined;
  readonly speed: number | 'max';
  readonly map: string | undefined;
  readonly json: boolean;
  readonly url: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly keepOpen: boolean;
  /** Fill up slow recordings between their rows, as the map says. */
  readonly fills: boolean;
}

export const USAGE = `用法：npm run replay -- <CSV 文件或文件夹> [选项]
  --via hj212|sl651|gb26875|mqtt|http   走哪个网关（默认按对照表）；SL 651 的时刻只到分
  --speed N|max           每秒播放录制里的 N 秒；max 为答多快播多快（默认 max）
  --map FILE              列与监测点的对照表（JSON）；内置的按文件名自动选用
  --no-fill               不补点，只发录制里真有的值
  --keep-open             播完不结束回放会话
  --json                  结果输出为 JSON
  --url U --user NAME --password P   默认本机 8080、admin、PUAN_BOOTSTRAP_PASSWORD`;

/** Gateways a recording can go by. */
export const VIAS = ['hj212', 'sl651', 'gb26875', 'mqtt', 'http'] as const;

/** Reads the command line. Throws {@link UsageError}. */
export function readOptions(argv: readonly string[]): ReplayOptions {
  const { values, positionals } = parse(argv);
  const [path, ...rest] = positionals;
  if (path === undefined || rest.length > 0) throw new UsageError(`要给出一个文件或文件夹。\n${USAGE}`);
  return {
    path,
    via: viaOf(values.via),
    speed: speedOf(values.speed),
    map: values.map,
    json: values.json,
    url: urlOf(values.url),
    user: values.user,
    password: values.password,
    keepOpen: values['keep-open'],
    fills: !values['no-fill'],
  };
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- the shape follows from the table
function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        via: { type: 'string' },
        speed: { type: 'string', default: 'max' },
        map: { type: 'string' },
        json: { type: 'boolean', default: false },
        url: { type: 'string' },
        user: { type: 'string' },
        password: { type: 'string' },
        'keep-open': { type: 'boolean', default: false },
        'no-fill': { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function viaOf(text: string | undefined): ReplayOptions['via'] {
  if (text === undefined) return undefined;
  const via = VIAS.find((known) => known === text);
  if (via !== undefined) return via;
  const able = `现在可用：${VIAS.join('、')}。`;
  throw new UsageError(`不认识的 --via ${text}。${able}`);
}

function speedOf(text: string): number | 'max' {
  if (text === 'max') return 'max';
  const speed = Number(text);
  if (speed > 0 && Number.isFinite(speed)) return speed;
  throw new UsageError(`--speed 须是大于 0 的数，或 max；给的是 ${text}。`);
}

function urlOf(text: string | undefined): string | undefined {
  if (text === undefined || URL.canParse(text)) return text;
  throw new UsageError(`--url 不是网址：${text}。例：http://127.0.0.1:8080`);
}
