import type { FaultKind } from '#model/operations';

import type { RuleRound } from './settle-round.ts';

const HOUSE_KINDS = [
  'ingest-down',
  'disk-filling',
  'upkeep-failing',
  'backup-failing',
  'line-shut',
] as const satisfies FaultKind[];

/** Something of this system itself that does not work, as the server sees it. */
export interface HouseFinding {
  readonly kind: (typeof HOUSE_KINDS)[number];
  /** Which process; stable. */
  readonly process: string;
  readonly summary: string;
}

const RECOVERY: Readonly<Record<HouseFinding['kind'], string>> = {
  'ingest-down': '数据重新写入',
  'disk-filling': '磁盘空间回到限度以上',
  'upkeep-failing': '后台维护重新完成',
  'backup-failing': '备份重新完成',
  'line-shut': '网关重新监听',
};

/** The house's own findings as rounds; what is not among them is well. */
export function watchHouse(findings: readonly HouseFinding[], district: number): readonly RuleRound[] {
  return HOUSE_KINDS.map((kind) => ({
    kind,
    foundBy: 'process',
    wrong: findings
      .filter((one) => one.kind === kind)
      .map(({ process, summary }) => ({
        subject: { kind: 'process', key: process },
        name: process,
        summary,
        place: district,
        scenarios: [],
        simulated: false,
      })),
    isWell: () => true,
    recovery: RECOVERY[kind],
  }));
}
