import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { createOutbound } from '../../../common/outbound/outbound.ts';
import { PullError } from '../errors.ts';
import { PULL_LIMITS } from '../limits.ts';
import { PartialFile } from '../partial-file.ts';
import { type Origin, startOrigin } from '../testing/origin.ts';
import { fetchTrack, type TrackState } from './track.ts';

let folder = '';
let origin: Origin;
let isBroken = true;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  origin = await startOrigin();
  for (let i = 0; i < 6; i++) {
    origin.on(
      `/${i}`,
      (_request, response) => void response.writeHead(i === 4 && isBroken ? 404 : 200).end(`${i}${i}`),
    );
  }
});
after(async () => {
  await origin.stop();
  await rm(folder, { recursive: true, force: true });
});

const pieces = (query = '') =>
  Array.from({ length: 6 }, (_, i) => ({ url: `${origin.url}/${i}${query}`, range: null, key: null }));

async function fetchAll(wanted: ReturnType<typeof pieces>, maxBytes = 1000): Promise<string> {
  const file = await PartialFile.open<TrackState>(folder, 'track');
  const context = {
    outbound: createOutbound({ allowPrivate: true }),
    disk: { shortage: async () => null },
    limits: { ...PULL_LIMITS, retryMs: 1 },
    signal: AbortSignal.timeout(60_000),
  };
  const limits = { maxBytes, tooLarge: () => new PullError('pull.size', 'too large'), onPiece: () => {} };
  try {
    await fetchTrack(wanted, file, limits, context);
  } finally {
    // As a stop leaves it.
    await file.mark(file.state!);
    await file.close();
  }
  return readFile(file.path, 'utf8');
}

test('a track that was given up goes on with the piece that is missing, also when signatures have changed since', async () => {
  await assert.rejects(fetchAll(pieces('?sign=1')), /404/);
  isBroken = false;
  origin.seen.length = 0;
  assert.equal(await fetchAll(pieces('?sign=2')), '001122334455');
  assert.deepEqual(
    origin.seen.map(({ path }) => path),
    ['/4?sign=2', '/5?sign=2'],
  );
});

test('a track of other pieces begins anew, and one that is too large is given up', async () => {
  assert.equal(await fetchAll(pieces().slice(1, 3)), '1122');
  await assert.rejects(fetchAll(pieces(), 5), /too large/);
});
