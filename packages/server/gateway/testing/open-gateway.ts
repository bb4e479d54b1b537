import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Accounts, createAccounts } from '../../accounts/index.ts';
import type { Clock } from '../../common/clocks/clock.ts';
import { type Logger, silentLogger } from '../../common/log.ts';
import type { ActionHandler } from '../../common/v2/handler.ts';
import { openDatabase } from '../../database/index.ts';
import {
  type Answered,
  createListeners,
  type GatewayConfig,
  type ListenersConfig,
  type NonceStore,
  openNonceStore,
  registerGateway,
} from '../index.ts';
import { fakeActions } from './fake-actions.ts';

export const KEY = { appId: '1251132154', secretId: 'AKIDtest0001', secretKey: 'sk_test_0123456789' };

export interface OpenGateway extends AsyncDisposable {
  port: number;
  tlsPort: number | null;
  dataDir: string;
  accounts: Accounts;
  nonces: NonceStore;
  answered: Answered[];
}

export interface GatewayOptions {
  config?: Partial<GatewayConfig & ListenersConfig>;
  actions?: readonly ActionHandler[];
  clock?: Clock;
  log?: Logger;
  /** Keeps the folder of another gateway, to start again on it. */
  dataDir?: string;
}

/** A whole gateway on free ports with its own SQLite database, the account `KEY` and actions that do little. */
export async function openGateway({
  config: given = {},
  actions = fakeActions,
  clock = Date.now,
  log = silentLogger,
  dataDir: keptDir,
}: GatewayOptions = {}): Promise<OpenGateway> {
  const dataDir = keptDir ?? (await mkdtemp(path.join(tmpdir(), 'openvod-gateway-')));
  const config = {
    host: '127.0.0.1',
    port: 0,
    tlsPort: 0,
    maxConnections: 1000,
    tls: '' as const,
    dataDir,
    requireHttps: false,
    trustProxy: false,
    signedHosts: ['vod.api.qcloud.com', 'vod2.qcloud.com'],
    replayWindowSeconds: 7200,
    replayMemoryMiB: 16,
    rateLimit: null,
    ...given,
  };
  const database = await openDatabase(undefined, dataDir);
  await database.migrate();
  const accounts = createAccounts({ database, clock, log });
  await accounts.ensureFirstAccount(KEY);
  const nonces = openNonceStore({ ...config, database, clock, log });
  const listeners = await createListeners(config, log);
  const answered: Answered[] = [];
  const onAnswer = (answer: Answered) => void answered.push(answer);
  registerGateway(listeners.app, { accounts, nonces, v2: actions, config, clock, log, onAnswer });
  const ports = await listeners.listen();
  return {
    ...ports,
    dataDir,
    accounts,
    nonces,
    answered,
    async [Symbol.asyncDispose]() {
      await listeners.close();
      await nonces.close();
      await database.close();
      if (!keptDir) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
