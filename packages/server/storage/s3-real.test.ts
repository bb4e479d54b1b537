import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import { type OpenedStore, reopening } from './conformance/bodies.ts';
import { describeObjectStore } from './conformance.ts';
import { openStore } from './index.ts';
import { emptyPrefix, whatLiesBelow } from './testing/real-bucket.ts';

/** Names a bucket of yours: `s3://bucket?endpoint=…&region=…`. What the suite puts there lies below a prefix of its own, and goes. */
const REAL = process.env.OPENVOD_TEST_S3_URL;

/** The suite's own corner of a bucket on a real service. */
async function openReal(given: string): Promise<OpenedStore> {
  const url = new URL(given);
  url.searchParams.set('prefix', `${url.searchParams.get('prefix') ?? ''}openvod-test/${randomUUID()}/`);
  const folder = await mkdtemp(join(tmpdir(), 'openvod-s3-'));
  const { reopen, closeAll } = reopening(() => openStore(url.href, folder));
  return {
    store: await reopen(),
    reopen,
    async leftovers() {
      const { keys, uploads } = await whatLiesBelow(url.href);
      const hidden = keys.filter((key) => /(^|\/)\.assemblies\//.test(key));
      const files = await readdir(join(folder, 'downloads')).catch(() => []);
      return [...hidden, ...uploads, ...files];
    },
    async [Symbol.asyncDispose]() {
      await closeAll();
      await emptyPrefix(url.href);
      await rm(folder, { recursive: true });
    },
  };
}

describe('a real S3', { skip: REAL ? false : 'OPENVOD_TEST_S3_URL names no bucket' }, () => {
  describeObjectStore('of OPENVOD_TEST_S3_URL', () => openReal(REAL!));
});
