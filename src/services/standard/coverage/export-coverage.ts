import type { CoverageRow, coverageRoutes } from '#contract/standard';
import type { RequestContext } from '#services/context';
import type { z } from 'zod';

import type { WriteSheet } from '../version/export-signs.ts';
import { beijingDay } from './beijing-day.ts';
import { getCoverage } from './get-coverage.ts';

type Query = z.output<typeof coverageRoutes.exportCoverage.query>;

const COLUMNS: readonly { readonly header: string; readonly of: (row: CoverageRow) => number | null }[] = [
  { header: '底数', of: ({ should }) => should },
  { header: '已登记', of: ({ registered }) => registered },
  { header: '未登记', of: ({ should, lacking }) => (should === null ? null : lacking.unregistered) },
  { header: '未归类', of: ({ lacking }) => lacking.unclassified },
  { header: '必配要素', of: ({ elements }) => elements },
  { header: '无测点要素', of: ({ blind }) => blind },
  { header: '失联要素', of: ({ dead }) => dead },
  { header: '体征', of: ({ signs }) => signs },
  { header: '停用体征', of: ({ signsOff }) => signsOff },
  { header: '预警事项', of: ({ items }) => items },
  { header: '无手册事项', of: ({ noHandbook }) => noHandbook },
  { header: '岗位空缺事项', of: ({ noPost }) => noPost },
  { header: '全要素覆盖对象', of: ({ covered }) => covered },
  { header: '监测对象覆盖率 %', of: ({ rate }) => (rate === null ? null : Math.round(rate * 1000) / 10) },
];

/** The figures of every scenario in every town as a sheet, sums below. Throws `record.not-found`, `input.invalid`. */
export async function exportCoverage(
  context: RequestContext,
  writeSheet: WriteSheet,
  { query }: { readonly query: Query },
): Promise<{ readonly name: string; readonly content: Buffer }> {
  const { cells, scenarios, towns, total } = await getCoverage(context, { query });
  const scenarioNames = new Map(scenarios.map(({ scenario, name }) => [scenario, name]));
  const townNames = new Map(towns.map(({ town, name }) => [town, name]));
  const line = (scenario: string, town: string, row: CoverageRow) => [
    scenario,
    town,
    ...COLUMNS.map(({ of }) => of(row)),
  ];
  const content = await writeSheet({
    name: '监测覆盖',
    header: ['场景', '街镇', ...COLUMNS.map(({ header }) => header)],
    rows: [
      ...cells.map((cell) =>
        line(scenarioNames.get(cell.scenario) ?? cell.scenario, townNames.get(cell.town) ?? cell.town, cell),
      ),
      line('合计', '', total),
    ],
  });
  return { name: `监测覆盖 ${beijingDay(context.now())}.xlsx`, content };
}
