import { parseArgs } from 'node:util';

import { UsageError } from '../../simulator/replay-options.ts';

export interface NabOptions {
  readonly data: string;
  readonly windows: string;
  readonly save: string | undefined;
  readonly thresholds: string | undefined;
  readonly heldOut: boolean;
  readonly json: boolean;
}

export const NAB_USAGE = `用法：npm run nab -- --data 文件夹 --windows 文件 [选项]
  --data DIR              NAB 形的数据：组/文件.csv，列 timestamp,value
  --windows FILE          标注的窗口（combined_windows.json 的形状）
  --save-thresholds FILE  把在这些数据上求得的阈值存下来
  --thresholds FILE       不求阈值，用存下的
  --held-out              再报告：阈值取自一半文件、用于另一半；数据平移、放大、截短之后
  --json                  只输出最后一行 JSON`;

/** Reads the command line; paths are relative to where npm was called. Throws {@link UsageError}. */
export function readNabOptions(argv: readonly string[], resolve: (path: string) => string): NabOptions {
  const values = parse(argv);
  if (values.data === undefined || values.windows === undefined)
    throw new UsageError(`要给出 --data 和 --windows。\n${NAB_USAGE}`);
  if (values['save-thresholds'] !== undefined && values.thresholds !== undefined)
    throw new UsageError(`--save-thresholds 与 --thresholds 不能同时给：前者求阈值，后者用现成的。`);
  const place = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(path);
  return {
    data: resolve(values.data),
    windows: resolve(values.windows),
    save: place(values['save-thresholds']),
    thresholds: place(values.thresholds),
    heldOut: values['held-out'],
    json: values.json,
  };
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- the shape follows from the table
function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        data: { type: 'string' },
        windows: { type: 'string' },
        'save-thresholds': { type: 'string' },
        thresholds: { type: 'string' },
        'held-out': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${NAB_USAGE}`);
  }
}
