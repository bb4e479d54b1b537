import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { filesBelow } from '../packages/server/testing/files.ts';
import { makeDataDir, type ServerProcess, startServerProcess } from './harness.ts';
import { Customer } from './testing/customer.ts';
import { Inbox } from './testing/events.ts';
import { Insistence } from './testing/insist.ts';
import { seededRandom } from './testing/random.ts';

const KILLS = process.env.OPENVOD_SOAK ? 250 : 50;
const CUSTOMERS = 2;
/** An upload takes about 100 ms, its transcode 500. */
const MAX_WAIT_MS = 500;
const SEED = Number(process.env.OPENVOD_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
const SETTINGS = { OPENVOD_TRANSCODE_DEFAULTS: '10,210', OPENVOD_ACCESS_LOG: 'false' };

test(`${KILLS} times kill -9 while customers upload and transcode: nothing acknowledged is lost (seed ${SEED})`, async (t) => {
  const random = seededRandom(SEED);
  const dataDir = await makeDataDir();
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const cache = await makeDataDir();
  t.after(() => rm(cache, { recursive: true, force: true }));
  const start = () => startServerProcess(dataDir, SETTINGS, cache);
  await (await start()).stop();
  let server: ServerProcess | null = await start();
  t.after(() => server?.kill9());

  const service = new Insistence(() => server?.call ?? null);
  const inbox = new Inbox();
  const customers = Array.from({ length: CUSTOMERS }, () => new Customer(service, inbox));
  let isOver = false;
  const pulling = pullEvents(service, inbox, () => isOver);
  const working = Promise.all(customers.map((customer) => customer.workUntilStopped()));
  const work = Promise.race([pulling, working]);
  // Seen in time if a customer finds something wrong; awaited below.
  work.catch(() => {});

  for (let kill = 1; kill <= KILLS; kill++) {
    // A task that has lost three workers is given up, and rightly: every other server lives until it has worked off
    // what its predecessors left, so that no task meets more than two kills.
    if (kill % 2 === 0) await Promise.race([whenDone(customers), work]);
    await Promise.race([sleep(random() * MAX_WAIT_MS), work]);
    const killed = server;
    server = null;
    await killed.kill9();
    server = await start();
  }
  for (const customer of customers) customer.stop();
  await work;
  isOver = true;
  await pulling;

  const videos = customers.flatMap((customer) => customer.videos);
  const resumed = customers.reduce((sum, customer) => sum + customer.resumed, 0);
  t.diagnostic(`${videos.length} videos, ${resumed} uploads resumed, ${service.faults} calls cut off`);
  assert.ok(videos.length >= CUSTOMERS);
  const served = new Set<string>();
  for (const customer of customers) for (const key of await customer.checkVideos()) served.add(key);
  // What two kills in a row left goes a minute later (docs/operations.md).
  const latest = performance.now() + 90_000;
  while ((await leftOver(dataDir, served)).length > 0 && performance.now() < latest) await sleep(1000);
  assert.equal(await server.stop(), 0);
  server = null;
  assert.deepEqual(await leftOver(dataDir, served), []);
});

async function pullEvents(service: Insistence, inbox: Inbox, isOver: () => boolean): Promise<void> {
  while (!isOver()) await service.until((call) => inbox.pull(call));
}

/** Resolves when every task that is under way at this moment has finished. */
async function whenDone(customers: Customer[]): Promise<void> {
  await Promise.all(customers.map((customer) => customer.taskUnderWay()));
}

/**
 * What is stored, or lies in the folder for work, and belongs to no video: a part, a temporary file, a second rendition.
 * Fails when something of a video is missing.
 */
async function leftOver(dataDir: string, served: ReadonlySet<string>): Promise<string[]> {
  // An address names the run that made a file in segments only.
  const nameless = (file: string) => file.replace(/\/[0-9a-f]{12}-\d+\//, '/');
  const missing = new Set([...served].map(nameless));
  const stored = await filesBelow(path.join(dataDir, 'objects'));
  const left = stored.filter((file) => !missing.delete(nameless(file)));
  assert.deepEqual([...missing], []);
  return [...left, ...(await filesBelow(path.join(dataDir, 'work')))];
}
