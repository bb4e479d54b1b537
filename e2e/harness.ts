import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createLogger, type Logger, silentLogger } from '../packages/server/common/log.ts';
import { compose } from '../packages/server/compose.ts';
import { readConfig } from '../packages/server/config.ts';
import FLAGS from '../packages/server/node-flags.json' with { type: 'json' };
import { type Caller, createCaller, KEYS } from './testing/caller.ts';

/** Environment variables of the service, beside those that every test needs. */
export type Settings = Record<string, string>;

export interface RunningService extends AsyncDisposable {
  /** Plain origin. */
  url: string;
  /** TLS origin, when the settings open one. */
  tlsUrl: string | undefined;
  dataDir: string;
  call: Caller;
}

export interface StartOptions {
  settings?: Settings;
  /** Keeps the data of another service, to start again on it; whoever made the folder removes it. */
  dataDir?: string;
  /** Where its log goes. */
  log?: Logger;
  /** What the service takes for the time, ms since the epoch; calls are signed with that of this machine. */
  clock?: () => number;
}

function environment(dataDir: string, settings: Settings): Settings {
  return {
    OPENVOD_PORT: '0',
    OPENVOD_TLS_PORT: '0',
    OPENVOD_DATA_DIR: dataDir,
    // Enough for what tests do; the machine that runs them may have little.
    OPENVOD_MIN_FREE_MIB: '16',
    // Most tests count what there is; those about covers turn them on.
    OPENVOD_AUTOMATIC_COVERS: 'off',
    OPENVOD_SECRET_ID: KEYS.secretId,
    OPENVOD_SECRET_KEY: KEYS.secretKey,
    ...settings,
  };
}

export async function makeDataDir(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'openvod-e2e-'));
}

/** The service in this process, on free ports and with data of its own. `OPENVOD_TEST_LOG=debug` shows its log. */
export async function startService({
  settings = {},
  dataDir: kept,
  clock,
  log: given,
}: StartOptions = {}): Promise<RunningService> {
  const dataDir = kept ?? (await makeDataDir());
  const level = process.env.OPENVOD_TEST_LOG;
  const log = given ?? (level ? createLogger(level) : silentLogger);
  const service = await compose(readConfig(environment(dataDir, settings)), { log, clock });
  const [url = '', tlsUrl] = service.addresses;
  return {
    url,
    tlsUrl,
    dataDir,
    call: createCaller(url),
    async [Symbol.asyncDispose]() {
      await service.stop();
      if (!kept) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface ServerProcess {
  url: string;
  pid: number;
  call: Caller;
  /** The end of what it has printed: its log, from warnings on. */
  lastWords(): string;
  /** Resolves when the process ends, whoever ended it; `words` are the last that it wrote. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; words: string }>;
  /** Ends it in the middle of whatever it does, and resolves when it is gone. */
  kill9(): Promise<void>;
  /** As an operator stops it; resolves to its exit code. */
  stop(): Promise<number | null>;
}

const MAIN = path.join(import.meta.dirname, '../packages/server/main.ts');
const LAST_WORDS = 4000;

/**
 * The service as `npm start` runs it, in a process that ends with this one at the latest. Rejects with its last words.
 * Servers that are given the same `compileCache` folder start a third faster once one of them has been stopped.
 */
export async function startServerProcess(
  dataDir: string,
  settings: Settings = {},
  compileCache?: string,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...FLAGS, MAIN], {
    cwd: dataDir,
    env: {
      PATH: process.env.PATH,
      ...awsKeys(),
      ...(compileCache !== undefined && { NODE_COMPILE_CACHE: compileCache }),
      ...environment(dataDir, { OPENVOD_LOG_LEVEL: 'warn', ...settings }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  ended.then(() => process.off('exit', endWithUs));
  let words = '';
  const listen = (text: string) => {
    words = (words + text).slice(-LAST_WORDS);
  };
  child.stderr.setEncoding('utf8').on('data', listen);
  const url = await Promise.race([firstAddress(child, listen), ended.then(() => null)]);
  if (url === null) throw new Error(`the server did not start:\n${words}`);
  const leave = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const [code] = await ended;
    return code as number | null;
  };
  return {
    url,
    pid: child.pid!,
    call: createCaller(url),
    lastWords: () => words,
    ended: ended.then(([code, signal]) => ({ code, signal, words })),
    async kill9() {
      await leave('SIGKILL');
      if (process.env.OPENVOD_TEST_LOG) process.stderr.write(words);
    },
    stop: () => leave('SIGTERM'),
  };
}

/** The rest of the output is read too, or the server would wait for us. */
function firstAddress(child: ChildProcess, listen: (text: string) => void): Promise<string> {
  return new Promise((resolve) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const address = /^OpenVOD listens on (\S+)/.exec(line)?.[1];
      if (address) resolve(address);
      else listen(`${line}\n`);
    });
  });
}

function awsKeys(): Settings {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith('AWS_') && value !== undefined ? [[name, value]] : [],
    ),
  );
}
