/** Serves the objects in a data folder as the product does, until it is killed; prints its port. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../packages/server/common/clocks/clock.ts';
import { silentLogger } from '../../packages/server/common/log.ts';
import { openDatabase } from '../../packages/server/database/index.ts';
import { registerDelivery } from '../../packages/server/delivery/index.ts';
import type { Encryption } from '../../packages/server/encryption/index.ts';
import { createListeners } from '../../packages/server/gateway/index.ts';
import { openStore } from '../../packages/server/storage/index.ts';
import { rulesOf } from './rules.ts';

const dataDir = process.argv[2]!;
await mkdir(dataDir, { recursive: true });
const listeners = await createListeners(
  {
    host: '127.0.0.1',
    port: 0,
    tls: '',
    tlsPort: 0,
    maxConnections: 8192,
    tlsCert: undefined,
    tlsKey: undefined,
    dataDir,
  },
  silentLogger,
);
registerDelivery(listeners.app, {
  store: await openStore(undefined, dataDir),
  database: await openDatabase(undefined, dataDir),
  encryption: {} as Encryption,
  library: {
    marks: { of: async () => [] },
    videos: { find: async () => null },
    outputs: {
      of: async () => [],
      locate: async (appId, videoId, name) => ({ key: `vod${appId}/${videoId}/${name}`, run: null }),
    },
  },
  addresses: { of: (key) => `http://127.0.0.1/${key}` },
  rulesOf,
  clock: systemClock,
  log: silentLogger,
  config: {
    segmentCacheBytes: 128 * 1024 ** 2,
    inFlightBytes: 128 * 1024 ** 2,
    accessLogDir: path.join(dataDir, 'access-log'),
    trustProxy: false,
  },
}).start();
const { port } = await listeners.listen();
console.log(port);
