import path from 'node:path';

import { loadHolidays, loadReportRules, openSampleDuty } from '#services/command';
import { SystemContext } from '#services/context';
import { loadObjectKinds, loadPlatforms, type OpenedAccounts, openSampleAccounts } from '#services/platform';
import { loadDependencyRules } from '#services/warning';
import { loadStandard } from '#services/standard';
import { openVault, PostgresStartError, WriterTakenError } from '#storage';

import { App } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { type OpenDatabase, openDatabase } from './database.ts';
import { addPlainRoutes } from './http/plain-routes.ts';
import { createHttpServer } from './http/server.ts';
import { Log } from './log.ts';
import { routes } from './routes.ts';
import { SimulatorProcess } from './simulator-process.ts';
import { buildWebClient } from './web-client.ts';

const STANDARDS = path.resolve(import.meta.dirname, '../../standards');

/** A running Puan, until it is asked to end. */
interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

async function start(config: Config, log: Log): Promise<Running> {
  const web = await buildWebClient(log);
  const database = await openDatabase(config, log);
  try {
    return await serve(config, log, { database, web });
  } catch (error) {
    // Another process may be using the database we found running: it is not ours to end then.
    await database.storage.close();
    if (!(error instanceof WriterTakenError)) await database.embedded?.stop();
    throw error;
  }
}

async function serve(
  config: Config,
  log: Log,
  parts: { readonly database: OpenDatabase; readonly web: string },
): Promise<Running> {
  const { database } = parts;
  const vault = openVault(config.dataDir);
  const ground = {
    storage: database.storage,
    clock: { now: () => Date.now() },
    poke: () => undefined,
    vault,
  };
  const system = new SystemContext(ground);
  await loadPlatforms(system, path.join(STANDARDS, 'platforms.json'));
  const { differing, heldBack } = await loadStandard(system, STANDARDS);
  await loadObjectKinds(system, path.join(STANDARDS, 'ledger/object-kinds.json'));
  const unfit = await loadDependencyRules(system, path.join(STANDARDS, 'dependencies.json'));
  for (const fault of unfit) log.warn(`连带规则没有采用：${fault}`);
  await loadReportRules(system, path.join(STANDARDS, 'command/report-rules.json'));
  for (const name of differing)
    log.warn(`业务标准 ${name} 的文件与已发布的同号版本不同，没有采用：请提高版本号`);
  for (const name of heldBack) log.warn(`业务标准 ${name} 的文件没有采用：最新版本由人员发布，请起草新版本`);
  const { bootstrapPassword, empty } = config;
  const accounts = await openSampleAccounts(system, { bootstrapPassword, empty });
  // Said at once: whatever fails from here on, nobody could ever sign in without it.
  if (accounts.generatedPassword !== undefined) {
    process.stdout.write(`初始口令（只显示这一次）：${accounts.generatedPassword}\n`);
  }
  await loadHolidays(system);
  if (!empty) await openSampleDuty(system);
  const app = await App.start(config, log, { ...database, vault });
  try {
    return await listen(app, { config, log, web: parts.web, accounts, embedded: database.embedded });
  } catch (error) {
    await app.stop();
    throw error;
  }
}

/** What {@link listen} puts to work. */
interface Parts {
  readonly config: Config;
  readonly log: Log;
  readonly web: string;
  readonly accounts: OpenedAccounts;
  readonly embedded: OpenDatabase['embedded'];
}

async function listen(app: App, { config, log, web, accounts, embedded }: Parts): Promise<Running> {
  const bound = routes(app);
  const server = createHttpServer(app, bound);
  await addPlainRoutes(server, app, { routes: bound, webFolder: web });
  await server.listen({ host: config.bind, port: config.httpPort });
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.httpPort;
  app.httpPort = port;
  const url = `${config.tls ? 'https' : 'http'}://${config.bind}:${port}`;
  const simulator = !config.simulator
    ? undefined
    : await SimulatorProcess.start(
        app.system,
        {
          dataDir: config.dataDir,
          httpPort: port,
          hj212Port: app.gateways.portOf('hj212') ?? config.gatewayPorts.hj212,
        },
        log,
      );
  process.stdout.write(`puan ready ${url}\n`);
  welcome(url, config, accounts);
  return {
    url,
    stop: async () => {
      simulator?.stop();
      app.streams.close();
      server.server.closeAllConnections();
      await server.close();
      await app.stop();
      await embedded?.stop();
    },
  };
}

/** Where a person goes after the start. */
function welcome(
  url: string,
  config: Config,
  accounts: Awaited<ReturnType<typeof openSampleAccounts>>,
): void {
  const lines: string[] = [];
  if (process.stdout.isTTY || accounts.generatedPassword !== undefined) {
    lines.push(`用浏览器打开 ${url}`);
    if (accounts.opened.length > 0) {
      const sample = [
        'flood.admin（防汛防台 业务管理员）',
        'flood.handler（处置人员）',
        'district（区总平台）',
        'admin',
      ];
      lines.push(
        config.empty ? '管理员账号：admin、security、auditor' : `可登录的账号：${sample.join('、')} …`,
      );
    }
  }
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}

/** A start that failed, in one sentence that says what to do. */
function sentence(error: unknown): string {
  if (
    error instanceof ConfigError ||
    error instanceof PostgresStartError ||
    error instanceof WriterTakenError
  ) {
    return error.message;
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const port = error instanceof Error && 'port' in error ? String(error.port) : '';
  if (code === 'EADDRINUSE') {
    return `端口 ${port} 已被占用。请关闭占用它的程序，或用 PUAN_HTTP_PORT、PUAN_HJ212_PORT 等设置换一个端口。`;
  }
  if (code === 'EACCES') return `没有权限监听端口 ${port}，或不能写数据文件夹。请换一个端口，或检查权限。`;
  return '';
}

const ENDINGS = ['SIGINT', 'SIGTERM'] as const;

async function main(): Promise<void> {
  const config = readConfig(process.env, process.argv.slice(2));
  const log = new Log(config.logLevel);
  process.on('unhandledRejection', (error) => {
    log.error('没有人接住的错误', error);
    process.exit(1);
  });
  // From the first moment on: whoever asks it to end while it starts must not leave the database behind.
  // Asked twice (a terminal tells the whole group, and who forwards it tells again), it goes on ending in good order.
  const asked = new Promise<void>((resolve) => {
    for (const signal of ENDINGS) process.on(signal, () => resolve());
  });
  const running = await start(config, log);
  asked
    .then(() => running.stop())
    .then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('停止时出错', error);
        process.exit(1);
      },
    );
}

try {
  await main();
} catch (error) {
  const said = sentence(error);
  process.stderr.write(
    said === ''
      ? `启动失败：${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`
      : `${said}\n`,
  );
  process.exit(1);
}
