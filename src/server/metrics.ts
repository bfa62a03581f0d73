import { FAULT_STATES } from '#model/operations';
import { SELF_TEST_PLACE } from '#model/platform';
import { LEVELS, levelOf } from '#model/warning';
import { countBlindSpots } from '#services/monitoring';
import { loadAliveFacts } from '#services/operations';
import { sql } from 'kysely';

import type { App } from './app.ts';

/**
 * `GET /metrics`: Prometheus text. Counters are since the start of the process, gauges are of now. While the database does not
 * answer, what only it knows is left out.
 */
export async function metrics(app: App): Promise<string> {
  const { ingest, ledger } = app.desk;
  const isUp = await app.pulse.beats();
  const lines = [
    ...gauge('puan_database_up', '数据库应答', [['', isUp ? 1 : 0]]),
    ...gauge('puan_ingest_up', '读数写得进去', [['', ingest.down || app.pulse.isGone ? 0 : 1]]),
    ...gauge('process_resident_memory_bytes', '进程占用的内存', [['', process.memoryUsage.rss()]]),
    ...gauge(
      'puan_gateway_sessions',
      '网关上的连接',
      [...app.gateways.openSessions()].map(([protocol, n]) => [`protocol="${protocol}"`, n]),
    ),
    ...counter('puan_readings_accepted_total', '收下的读数', [['', ingest.counts.accepted]]),
    ...counter('puan_readings_stored_total', '落盘的读数', [['', ingest.counts.stored]]),
    ...counter('puan_readings_duplicate_total', '重复而未再存的读数', [['', ingest.counts.duplicates]]),
    ...counter(
      'puan_readings_rejected_total',
      '拒收的读数',
      [...ingest.counts.refused].map(([code, n]) => [`reason="${code}"`, n]),
    ),
    ...counter(
      'puan_frames_accepted_total',
      '收下的报文',
      [...ledger.totals.accepted].map(([protocol, n]) => [`protocol="${protocol}"`, n]),
    ),
    ...counter(
      'puan_frames_refused_total',
      '拒收的报文',
      [...ledger.totals.refused].map(([key, n]) => {
        const [protocol, reason] = key.split('\u0000');
        return [`protocol="${protocol}",reason="${reason}"`, n];
      }),
    ),
    ...counter(
      'puan_requests_refused_total',
      '拒绝的请求',
      [...app.refusals].map(([code, n]) => [`code="${code}"`, n]),
    ),
    ...counter(
      'puan_notifications_total',
      '经通道发出（或没有发成）的通知',
      app.mailroom.counts.map(([kind, state, n]) => [`channel="${kind}",state="${state}"`, n]),
    ),
    ...gauge('puan_event_streams', '打开的事件流', [['', app.streams.size]]),
    ...gauge('puan_points', '监测点', [['', ingest.book.size]]),
    ...(isUp ? await open(app) : []),
  ];
  return `${lines.join('\n')}\n`;
}

type Sample = readonly [labels: string, value: number];

async function open(app: App): Promise<readonly string[]> {
  const db = app.storage.system;
  const warnings = await sql<{ level: number; n: number }>`
    select level, count(*) as n from warning where state = 'open' and place <> ${SELF_TEST_PLACE} group by level`.execute(
    db,
  );
  const orders = await sql<{ state: string; n: number; overdue: number }>`
    select state, count(*) as n, count(*) filter (where overdue) as overdue from work_order where state <> 'closed' and place <> ${SELF_TEST_PLACE} group by state`.execute(
    db,
  );
  const faults = await sql<{ state: string; n: number }>`
    select state, count(*) as n from fault where state <> 'closed' group by state`.execute(db);
  const lag = await sql<{ lag: number }>`
    select coalesce(extract(epoch from clock_timestamp() - min(written_at)), 0)::float8 as lag from outbox`.execute(
    db,
  );
  const byLevel = new Map(warnings.rows.map((row) => [levelOf(row.level), row.n]));
  return [
    ...gauge(
      'puan_warnings_open',
      '生效中的预警',
      LEVELS.map((level) => [`level="${level}"`, byLevel.get(level) ?? 0]),
    ),
    ...gauge(
      'puan_work_orders_open',
      '未结工单',
      orders.rows.map((row) => [`state="${row.state}"`, row.n]),
    ),
    ...(await waiting(app)),
    ...gauge('puan_work_orders_overdue', '超期工单', [
      ['', orders.rows.reduce((sum, row) => sum + row.overdue, 0)],
    ]),
    ...gauge(
      'puan_faults_open',
      '没有关闭的故障',
      FAULT_STATES.filter((state) => state !== 'closed').map((state) => [
        `state="${state}"`,
        faults.rows.find((row) => row.state === state)?.n ?? 0,
      ]),
    ),
    ...gauge(
      'puan_blind_spots',
      '没有监测点在看的街镇',
      [...(await countBlindSpots(app.storage))].map(([scenario, n]) => [`scenario="${scenario}"`, n]),
    ),
    ...(await channels(app)),
    ...(await alive(app)),
    ...gauge('puan_event_lag_seconds', '最老一条未发布事件的等待时间', [['', lag.rows[0]?.lag ?? 0]]),
  ];
}

/** Alarms that wait for a person; what is replayed waits for nobody who is on duty. */
async function waiting({ storage }: App): Promise<readonly string[]> {
  const { rows } = await sql<{ scenario: string; n: number }>`
    select c.code as scenario, count(v.id) as n from scenario c
    left join verification v on v.scenario = c.id and v.decision is null and v.replay_session_id is null and v.place <> ${SELF_TEST_PLACE}
    group by c.code order by c.code`.execute(storage.system);
  return gauge(
    'puan_alarms_waiting',
    '待核实的报警',
    rows.map(({ scenario, n }) => [`scenario="${scenario}"`, n]),
  );
}

/** Channels that have refused so many in a row that others stand in for them. */
async function channels({ storage }: App): Promise<readonly string[]> {
  const { rows } = await sql<{ id: number; kind: string; down: number }>`
    select id, kind, (down_since is not null)::int as down from channel where enabled and removed_at is null order by id`.execute(
    storage.system,
  );
  return gauge(
    'puan_channel_down',
    '通知通道中断',
    rows.map(({ id, kind, down }) => [`channel="${id}",kind="${kind}"`, down]),
  );
}

/** Whether the chains work and the records have their partners, by the newest tests. */
async function alive({ storage }: App): Promise<readonly string[]> {
  const { chains, mismatches } = await loadAliveFacts(storage);
  return [
    ...gauge(
      'puan_chain_test_ok',
      '最近一次链路自检走通',
      chains.map(({ scenario, passed }) => [`scenario="${scenario}"`, passed ? 1 : 0]),
    ),
    ...gauge(
      'puan_chain_test_seconds',
      '最近一次链路自检各步的用时',
      chains.flatMap(({ scenario, stages }) =>
        stages.map(({ stage, ms }): Sample => [`scenario="${scenario}",stage="${stage}"`, ms / 1000]),
      ),
    ),
    ...gauge(
      'puan_reconciliation_mismatches',
      '最近一次对账中没有对应的记录',
      mismatches.map(({ kind, mismatches: n }) => [`kind="${kind}"`, n]),
    ),
  ];
}

function counter(name: string, help: string, samples: readonly Sample[]): readonly string[] {
  return family(name, help, 'counter', samples);
}

function gauge(name: string, help: string, samples: readonly Sample[]): readonly string[] {
  return family(name, help, 'gauge', samples);
}

// oxlint-disable-next-line max-params
function family(name: string, help: string, type: string, samples: readonly Sample[]): readonly string[] {
  const shown = samples.map(([labels, value]) =>
    labels === '' ? `${name} ${value}` : `${name}{${labels}} ${value}`,
  );
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...shown];
}
