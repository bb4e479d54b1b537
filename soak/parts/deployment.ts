import { rm } from 'node:fs/promises';
import path from 'node:path';
import { makeDataDir, type Settings } from '../../e2e/harness.ts';
import { type Caller, createCaller } from '../../e2e/testing/caller.ts';
import { startS3, type TestS3 } from '../../packages/server/testing/s3.ts';
import { type Gate, openGate } from './gate.ts';
import { createNode, type Node } from './node.ts';
import { type RestartablePostgres, startPostgres } from './postgres.ts';
import { Watch } from './watch.ts';

/** Servers as an operator runs them, behind one address. */
export interface Deployment extends AsyncDisposable {
  /** Where clients call; the same whichever server answers. */
  url: string;
  call: Caller;
  nodes: Node[];
  front: Gate;
  /** Memory, pauses and unexpected ends of all servers. */
  watch: Watch;
}

export interface ManyMachines extends Deployment {
  postgres: RestartablePostgres;
  s3: TestS3;
  /** Between the servers and their object store. */
  storeGate: Gate;
}

/** Definitions that every transcode of a campaign makes: an MP4 and an HLS rendition. */
export const DEFINITIONS = [10, 210];

const COMMON: Settings = {
  OPENVOD_TRANSCODE_DEFAULTS: DEFINITIONS.join(','),
  OPENVOD_ACCESS_LOG: 'false',
};

/** One server with SQLite and its disk; in `dataDir` where given, which stays then. */
export async function oneMachine({
  settings = {},
  dataDir: kept,
}: {
  settings?: Settings;
  dataDir?: string;
} = {}): Promise<Deployment & { dataDir: string }> {
  const folders = await makeFolders(1);
  const dataDir = kept ?? folders.dataDirs[0]!;
  const { front, publicUrl } = await openFront();
  const node = createNode('server', dataDir, { ...COMMON, ...publicUrl, ...settings }, folders.cache);
  const deployed = await deploy(front, [node]);
  return {
    ...deployed,
    dataDir,
    async [Symbol.asyncDispose]() {
      await deployed[Symbol.asyncDispose]();
      await folders.remove();
    },
  };
}

/** Two API nodes and two workers with PostgreSQL and an S3 test server. Null where there is no PostgreSQL. */
export async function manyMachines({
  settings = {},
}: {
  settings?: Settings;
} = {}): Promise<ManyMachines | null> {
  const postgres = await startPostgres();
  if (!postgres) return null;
  const s3 = await startS3();
  const bucket = new URL(s3.url);
  const origin = bucket.searchParams.get('endpoint')!;
  const storeGate = await openGate(() => [origin]);
  bucket.searchParams.set('endpoint', `http://127.0.0.1:${storeGate.port}`);
  const roles = ['api', 'api', 'worker', 'worker'];
  const folders = await makeFolders(roles.length);
  const { front, publicUrl } = await openFront();
  const nodes = roles.map((role, index) =>
    createNode(
      `${role} ${(index % 2) + 1}`,
      folders.dataDirs[index]!,
      {
        ...COMMON,
        ...publicUrl,
        OPENVOD_DATABASE_URL: postgres.url,
        OPENVOD_STORAGE_URL: bucket.href,
        OPENVOD_ROLE: role,
        ...settings,
      },
      folders.cache,
    ),
  );
  const deployed = await deploy(front, nodes);
  return {
    ...deployed,
    postgres,
    s3,
    storeGate,
    async [Symbol.asyncDispose]() {
      await deployed[Symbol.asyncDispose]();
      await storeGate[Symbol.asyncDispose]();
      await s3.stop();
      await postgres.stop();
      await folders.remove();
    },
  };
}

async function makeFolders(count: number) {
  const cache = await makeDataDir();
  const dataDirs = await Promise.all(Array.from({ length: count }, makeDataDir));
  return {
    cache: path.join(cache, 'compiled'),
    dataDirs,
    async remove() {
      for (const folder of [cache, ...dataDirs]) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openFront() {
  const front = await openGate();
  return { front, publicUrl: { OPENVOD_PUBLIC_URL: `http://127.0.0.1:${front.port}` } };
}

async function deploy(front: Gate, nodes: Node[]): Promise<Deployment> {
  front.targets = () => nodes.flatMap((node) => (node.role !== 'worker' && node.url ? [node.url] : []));
  // The first one makes the tables, and fills the compile cache when it is stopped.
  await nodes[0]!.start();
  await nodes[0]!.stop();
  await Promise.all(nodes.map((node) => node.start()));
  const watch = new Watch(nodes);
  const url = `http://127.0.0.1:${front.port}`;
  return {
    url,
    call: createCaller(url),
    nodes,
    front,
    watch,
    async [Symbol.asyncDispose]() {
      await watch.stop();
      await Promise.all(nodes.map((node) => node.kill()));
      await front[Symbol.asyncDispose]();
    },
  };
}
