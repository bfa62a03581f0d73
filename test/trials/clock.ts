import { comes, faults, type Ground, openGround, registerLoggers } from './ground.ts';
import { Logger } from './logger.ts';
import type { Report } from './report.ts';

const EIGHT_HOURS = 8 * 3_600_000;
/** The watch over faults looks once a minute; a lag has to be seen three times. */
const FAULTS_WITHIN_MS = 6 * 60_000;
const RED_CM = 40;

/** Two gauges of red water whose clocks are eight hours off, ahead and behind, and one whose clock is right. */
export async function clock(report: Report): Promise<void> {
  const ground = await openGround();
  try {
    const [ahead, behind, right] = (await registerLoggers(ground, 3, 1)).map(
      (device) => new Logger(ground, device),
    );
    if (!ahead || !behind || !right) throw new Error('three loggers were registered');
    ahead.clockOff = EIGHT_HOURS;
    behind.clockOff = -EIGHT_HOURS;
    for (const logger of [ahead, behind]) {
      logger.measure = () => RED_CM;
      logger.start();
    }
    right.start();
    report.step('等故障巡查（每分钟一次）看出来');
    const isFound = await comes(FAULTS_WITHIN_MS, async () => (await clockFaults(ground)).length === 2, 2000);
    const found = await clockFaults(ground);
    report.fact('两台钟不对的各开了一张故障单，钟对的没有', isFound, found.length);
    for (const { summary } of found) report.figure('故障单', summary);
    report.fact('报文都有应答', ahead.answered.length > 30 && behind.answered.length > 30);
    for (const [logger, mark] of [
      [ahead, 'clock'],
      [behind, 'late'],
    ] as const) {
      const { all, marked } = await marksOf(ground, logger, mark);
      report.fact(`读数都存下并标了 ${mark}`, all > 0 && marked === all, `${marked} / ${all}`);
    }
    report.fact('红色的水深没有一条预警：时间不可信的不作事实', (await warnings(ground)) === 0);

    report.step('把钟拨对');
    ahead.clockOff = 0;
    behind.clockOff = 0;
    report.fact(
      '钟对了，红色预警立刻有了',
      await comes(60_000, async () => (await warnings(ground)) === 2),
      await warnings(ground),
    );
    const isOver = async (): Promise<boolean> =>
      (await clockFaults(ground)).every(({ state }) => state === 'resolved');
    report.fact('两张故障单自动恢复，等人关闭', await comes(FAULTS_WITHIN_MS, isOver, 2000));
    for (const logger of [ahead, behind, right]) await logger.stop();
  } finally {
    await ground.puan.remove();
  }
}

const clockFaults = (ground: Ground): ReturnType<typeof faults> => faults(ground, 'clock-wrong');

async function warnings({ district }: Ground): Promise<number> {
  return (await district.ask<{ items: unknown[] }>('GET', '/api/v1/warnings?limit=100')).items.length;
}

async function marksOf(
  { district }: Ground,
  logger: Logger,
  mark: string,
): Promise<{ readonly all: number; readonly marked: number }> {
  const [first] = logger.answered;
  const from = (first?.at ?? 0) - 1000;
  const { items } = await district.ask<{ items: { marks: string[] }[] }>(
    'GET',
    `/api/v1/readings?point=${first?.point}&from=${from}&to=${from + 3_600_000}&limit=10000`,
  );
  return { all: items.length, marked: items.filter(({ marks }) => marks.includes(mark)).length };
}
