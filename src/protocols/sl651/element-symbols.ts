import { codeText } from './frame.ts';

const eight = (symbol: string): string => [1, 2, 3, 4, 5, 6, 7, 8].map((which) => symbol + which).join(' ');

/** 从某个标识符引导符起，连着的各要素的字符标识符（附录 C 表 C.1）；时间步长、时段长与状态字不是数，不在内。 */
const RUNS: readonly (readonly [first: number, symbols: string])[] = [
  [0x01, 'AC AI C'],
  [0x06, 'ED EJ FL GH GN GS GT GTP H HW M10 M20 M30 M40 M50 M60 M80 M100 MST NS'],
  [0x1a, 'P1 P2 P3 P6 P12 PD PJ PN01 PN05 PN10 PN30 PR PT Q'],
  [0x28, `${eight('Q')} QA QZ SW UC UE US VA VJ VT Z ZB ZU ${eight('Z')} SQ`],
  [0x46, 'PH DO COND TURB CODMN REDOX NH4N TP TN TOC CU ZN SE AS THG CD PB CHLA'],
  [0x58, `${eight('WP')} ${eight('SYL')} ${eight('SBL')} VTA VTB VTC VIA VIB VIC`],
];

/** 字符标识符（大写）→ 标识符引导符：`Q` → `27`。 */
export const ELEMENT_SYMBOLS: ReadonlyMap<string, string> = new Map(
  RUNS.flatMap(([first, symbols]) =>
    symbols.split(' ').map((symbol, at): [string, string] => [symbol, codeText(first + at)]),
  ),
);
