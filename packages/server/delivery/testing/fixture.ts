import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Fastify from 'fastify';
import { type Logger, silentLogger } from '../../common/log.ts';
import type { Database } from '../../database/index.ts';
import type { DataKeys, KeyTokens } from '../../encryption/index.ts';
import { masterKeyOf } from '../../encryption/master-key.ts';
import { MasterKeys } from '../../encryption/master-keys.ts';
import { createKeyTokens } from '../../encryption/tokens.ts';
import type { Mark, Output, Video } from '../../library/index.ts';
import { type ObjectStore, openStore } from '../../storage/index.ts';
import { type Delivery, registerDelivery } from '../index.ts';
import { NO_RULES, type ProtectionRules, type RulesOf } from '../protection/rules.ts';

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Fixture extends AsyncDisposable {
  store: ObjectStore;
  origin: string;
  port: number;
  /** Bytes of each request that has ended. */
  delivered: number[];
  accessLogDir: string;
  /** Videos of the library, and what there is of each. */
  videos: Map<string, { video: Video; outputs: Output[]; marks?: Mark[] }>;
  /** Where files lie, by their names; those that are not here lie where their address says. */
  located: Map<string, { key: string; run: string | null }>;
  /** Keys of media by their public names. */
  keys: Map<string, { appId: string; videoId: string; bytes: Buffer }>;
  tokens: KeyTokens;
  /** What delivery holds now. */
  held: Delivery['held'];
  get(path: string, options?: { method?: string; headers?: Record<string, string> }): Promise<Answered>;
  /** Ends the service, and with it the access log. */
  stop(): Promise<void>;
}

/** Delivery on a real listener, a store of its own and a library of what the test puts into it. */
export async function serve(
  options: {
    storeUrl?: string;
    segmentCacheBytes?: number;
    inFlightBytes?: number;
    trustProxy?: boolean;
    /** What protects the videos of application 1250000001, in each domain; others are open. */
    rules?: Partial<ProtectionRules>;
    rulesOf?: RulesOf;
    log?: Logger;
  } = {},
): Promise<Fixture> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'openvod-delivery-'));
  const store = await openStore(options.storeUrl, dataDir);
  const accessLogDir = path.join(dataDir, 'access-log');
  const videos: Fixture['videos'] = new Map();
  const located: Fixture['located'] = new Map();
  const delivered: number[] = [];
  const keys: Fixture['keys'] = new Map();
  const tokens = createKeyTokens(new MasterKeys(masterKeyOf('5a'.repeat(32))!));
  const app = Fastify();
  const delivery = registerDelivery(app, {
    store,
    database: {} as Database,
    encryption: { keys: keysIn(keys), tokens },
    library: {
      videos: { find: async (_db, id) => videos.get(id)?.video ?? null },
      marks: { of: async (_db, id) => videos.get(id)?.marks ?? [] },
      outputs: {
        of: async (_db, _appId, id) => videos.get(id)?.outputs ?? [],
        locate: async (appId, videoId, name) =>
          located.get(name) ?? { key: `vod${appId}/${videoId}/${name}`, run: null },
      },
    },
    addresses: { of: (key) => `http://media.example.com/${key}` },
    clock: Date.now,
    log: options.log ?? silentLogger,
    config: {
      segmentCacheBytes: options.segmentCacheBytes ?? 64 * 1024 ** 2,
      inFlightBytes: options.inFlightBytes ?? 64 * 1024 ** 2,
      accessLogDir,
      trustProxy: options.trustProxy ?? false,
    },
    rulesOf:
      options.rulesOf ?? ((appId) => (appId === '1250000001' ? { ...NO_RULES, ...options.rules } : NO_RULES)),
    onDelivered: (bytes) => delivered.push(bytes),
  });
  delivery.start();
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  let stopping: Promise<void> | null = null;
  const stop = () => {
    app.server.closeAllConnections();
    stopping ??= app.close().then(() => delivery.stop());
    return stopping;
  };
  return {
    store,
    keys,
    tokens,
    origin: `http://127.0.0.1:${port}`,
    port,
    delivered,
    accessLogDir,
    videos,
    located,
    held: delivery.held,
    stop,
    // fetch would add headers of its own, and not send HEAD with a Range as it is.
    get: (target, { method = 'GET', headers = {} } = {}) =>
      new Promise((resolve, reject) => {
        const request = httpRequest(
          { host: '127.0.0.1', port, path: target, method, headers },
          (response) => {
            response
              .toArray()
              .then((chunks) =>
                resolve({
                  status: response.statusCode!,
                  headers: response.headers,
                  body: Buffer.concat(chunks),
                }),
              )
              .catch(reject);
          },
        );
        request.on('error', reject).end();
      }),
    async [Symbol.asyncDispose]() {
      await stop();
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function keysIn(kept: Fixture['keys']): DataKeys {
  return {
    ofFlow: () => assert.fail('delivery makes no keys'),
    ownerOf: async (edk) => kept.get(edk) ?? null,
    open: async (_appId, edks) => edks.map((edk) => ({ edk, bytes: Buffer.from(kept.get(edk)!.bytes) })),
  };
}
