import type { Clock } from '#base';
import { AddressGuard } from '#outlets/call';
import { type Mailroom, runReportDuties } from '#services/command';
import type { Ground, SystemContext } from '#services/context';
import {
  type MonitoringDesk,
  placeComposites,
  queueReadings,
  runFireWeather,
  takeBlindSpots,
} from '#services/monitoring';
import { lapseIdentityPeople, runAccountRules } from '#services/platform';
import {
  drawSamples,
  endSuspensions,
  runAllDeadlines,
  runForms,
  runSupervisions,
  watchLoops,
  writeOverdueList,
} from '#services/response';
import {
  guardLoad,
  noteLoad,
  runCascades,
  runReAlarms,
  runShelves,
  runSuppression,
  runVerifications,
  writeMonths,
} from '#services/warning';
import { ensureReadingPartitions, type PictureStore, type Storage } from '#storage';
import type { Kysely } from 'kysely';

import type { Config } from './config.ts';
import { answersFrom } from './answers.ts';
import { backUpDaily } from './daily-backup.ts';
import type { DatabasePulse } from './database-pulse.ts';
import { every } from './every.ts';
import { ChainTests } from './chain-test/chain-tests.ts';
import { runDrills } from './drills/drills.ts';
import { watchFaults } from './fault-watcher.ts';
import type { Gateways } from './gateways.ts';
import { HouseState } from './house-state.ts';
import type { Log } from './log.ts';
import { keepQuality } from './quality-keeper.ts';
import { keepReadings } from './reading-keeper.ts';
import type { Reconciler } from './reconciler.ts';
import { RehearsalRunner } from './rehearsal-runner.ts';
import { keepRetention } from './retention-keeper.ts';
import { sendNotifications } from './send-notifications.ts';
import { sendWebhooks } from './send-webhooks.ts';
import { StockTaker } from './stock-taker.ts';
import { tidy } from './tidy.ts';

const QUARTER_MS = 250;
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What the rounds stand on. */
interface House {
  readonly config: Config;
  readonly log: Log;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly httpPort: number | undefined;
  readonly desk: MonitoringDesk;
  readonly ground: Ground;
  readonly system: SystemContext;
  readonly gateways: Gateways;
  readonly pulse: DatabasePulse;
  readonly reconciler: Reconciler;
  readonly mailroom: Mailroom;
  readonly events: Kysely<never>;
  readonly intake: { readonly pictures: PictureStore };
  writeLedger(): Promise<void>;
}

type Stop = () => Promise<void>;

/** Everything that happens by the clock; a round that keeps failing becomes a fault. Gives the ways to stop them. */
export function startRounds(app: House): readonly Stop[] {
  const { system, desk, storage } = app;
  const failed = (what: string) => (error: unknown) => app.log.warn(`${what}这一轮没有完成，稍后重试`, error);
  const house = new HouseState({
    dataDir: app.config.dataDir,
    isIngestDown: () => desk.ingest.down || app.pulse.isGone,
    shutGateways: () => app.gateways.failures(),
    now: () => app.clock.now(),
  });
  const round = (ms: number, name: string, work: () => Promise<unknown>): Stop =>
    every(
      ms,
      house.watched(name, async () => void (await work())),
      failed(name),
    );
  const rehearsals = new RehearsalRunner(storage, failed('业务标准推演'));
  const stock = new StockTaker(system, failed('覆盖盘点'));
  const chains = new ChainTests(app);
  const inside = new AddressGuard(app.config.webhookInside);
  return [
    // Beside the watch over faults, which itself waits for a database that hangs.
    every(SECOND_MS, () => feelPulse(app.pulse, house), failed('数据库探问')),
    keepReadings(app, house, failed('读数压缩')),
    keepRetention(app, house, failed('保存期限')),
    keepQuality(app, (work) => house.watched('数据质量', work), failed('数据质量')),
    () => rehearsals.stop(),
    () => stock.stop(),
    // Of the two seconds in which all that is due has to be told, waiting for the round is to be the least part.
    round(QUARTER_MS, '时限提醒', () => runAllDeadlines(system)),
    round(SECOND_MS, '挂起到期', () => endSuspensions(system)),
    round(10 * SECOND_MS, '闭环升级', () => watchLoops(system)),
    round(10 * SECOND_MS, '填报催报', () => runForms(system)),
    round(SECOND_MS, '督办到期', () => runSupervisions(system)),
    round(10 * SECOND_MS, '超期未结案清单', () => writeOverdueList(system)),
    round(10 * SECOND_MS, '结案抽查', () => drawSamples(system)),
    round(SECOND_MS, '搁置到期', () => runShelves(system)),
    round(SECOND_MS, '抑制放行', () => runSuppression(system)),
    round(SECOND_MS, '复合体征关联对象', () => placeComposites(storage, desk)),
    round(SECOND_MS, '链路自检', () => chains.round()),
    round(SECOND_MS, '演练', () => runDrills(app)),
    round(SECOND_MS, '数据推送', () => sendWebhooks(system, inside)),
    round(SECOND_MS, '通知发送', () => sendNotifications(system, app.mailroom, answersFrom(app, ''))),
    round(10 * SECOND_MS, '连带监视', () => runCascades(system)),
    round(SECOND_MS, '席位负荷', () => guardLoad(system)),
    round(2 * SECOND_MS, '网关计数', () => app.writeLedger()),
    round(5 * SECOND_MS, '数据推送排队', () => queueReadings(system)),
    round(5 * SECOND_MS, '核实时限', () => runVerifications(system)),
    round(5 * SECOND_MS, '报送时限', () => runReportDuties(system)),
    round(15 * SECOND_MS, '再次报警', () => runReAlarms(system)),
    round(30 * SECOND_MS, '盲区盘点', () => takeBlindSpots(system)),
    round(MINUTE_MS, '对账', () => app.reconciler.round()),
    round(MINUTE_MS, '分区准备', () => ensureReadingPartitions(storage.system, Date.now())),
    round(MINUTE_MS, '席位负荷统计', () => noteLoad(system)),
    round(MINUTE_MS, '火险天气指数', () => runFireWeather(system, desk)),
    round(10 * MINUTE_MS, '预警绩效月结', () => writeMonths(system)),
    round(10 * MINUTE_MS, '清理', () => tidy(app)),
    round(10 * MINUTE_MS, '统一身份核对', () => lapseIdentityPeople(system)),
    round(HOUR_MS, '账号规则', () => runAccountRules(system)),
    watchFaults(system, house, failed('故障巡查')),
    ...backups(app, house, failed('每日备份')),
  ];
}

/** Only the embedded database is ours to copy. */
function backups(
  { config, log, system, storage }: House,
  house: HouseState,
  failed: (error: unknown) => void,
): readonly Stop[] {
  if (!config.backup.daily || config.databaseUrl !== undefined) return [];
  return [backUpDaily({ config, log, system, location: storage.location }, house, failed)];
}

async function feelPulse(pulse: DatabasePulse, house: HouseState): Promise<void> {
  await pulse.beats();
  house.look();
}
