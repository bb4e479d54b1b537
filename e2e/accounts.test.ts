import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../packages/server/testing/postgres.ts';
import { makeDataDir, type RunningService, type Settings, startService } from './harness.ts';
import { type Answer, createCaller, KEYS } from './testing/caller.ts';
import { uniqueClip } from './testing/clips.ts';
import { createOperator, type Operator } from './testing/operator.ts';
import { announcement, upload } from './testing/upload.ts';

const MIB = 1024 ** 2;
/** The default of every application. */
const QUOTAS = { OPENVOD_QUOTA_STORAGE_MIB: '3', OPENVOD_QUOTA_TASKS: '2' };

const postgres = startPostgres();
// Each test has an application of its own, and much of it is waiting until every node has noticed.
const AT_ONCE = { concurrency: true };
describe('accounts, on SQLite', AT_ONCE, () => accounts(async () => [QUOTAS], { works: true }));
describe('accounts, on PostgreSQL with two API nodes', {
  ...AT_ONCE,
  skip: !postgres && 'no PostgreSQL',
}, () => {
  accounts(
    async () => {
      const node = { ...QUOTAS, OPENVOD_DATABASE_URL: await postgres!.createDatabase(), OPENVOD_ROLE: 'api' };
      return [node, node];
    },
    { works: false },
  );
  after(() => postgres?.stop());
});

/** `works`: there is a worker, too. */
function accounts(settingsOfNodes: () => Promise<Settings[]>, { works }: { works: boolean }): void {
  let dataDir: string;
  let nodes: RunningService[] = [];
  let openvod: Operator;

  before(async () => {
    dataDir = await makeDataDir();
    const settings = await settingsOfNodes();
    // One after the other: the first makes the tables.
    for (const one of settings) nodes.push(await startService({ settings: one, dataDir }));
    openvod = createOperator(dataDir, settings[0]);
  });
  after(async () => {
    for (const node of nodes) await node[Symbol.asyncDispose]();
    nodes = [];
    await rm(dataDir, { recursive: true, force: true });
  });

  const callers = (keys = KEYS) => nodes.map(({ url }) => createCaller(url, keys));
  const first = (keys = KEYS) => callers(keys)[0]!;

  /** Waits until every node answers so; the test's own time limit is the only one. */
  async function everywhere(
    keys: typeof KEYS,
    params: Record<string, string>,
    is: (answer: Answer) => boolean,
  ): Promise<void> {
    for (const call of callers(keys)) {
      while (!is(await call('DescribeAllClass', params))) await sleep(100);
    }
  }
  const accepted = ({ code }: Answer) => code === 0;

  async function create(...more: string[]): Promise<typeof KEYS> {
    const { stdout } = await openvod('keys', 'create', '--json', ...more);
    return JSON.parse(stdout);
  }

  async function list<T>(command: string): Promise<T[]> {
    const { stdout } = await openvod(command, 'list', '--json');
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as T);
  }

  /** A sub-application with a key that is bound to it; every node knows both. */
  async function subApplication(name: string) {
    const { stdout } = await openvod('apps', 'create', name, '--json');
    const { appId } = JSON.parse(stdout) as { appId: string };
    const keys = await create('--app', appId);
    await everywhere(keys, {}, accepted);
    return { appId, keys, call: first(keys) };
  }

  /** The line that `openvod apps list` has of it. */
  async function usage(appId: string) {
    const lines = await list<{ appId: string; videos: number; bytes: number; tasks: number }>('apps');
    return lines.find((line) => line.appId === appId)!;
  }

  test('a key is rotated without a moment of none: create, use, disable, delete', async () => {
    const { appId, keys: old } = await subApplication('rotating');
    assert.match((await openvod('keys', '--app', appId)).stdout, /: 1 of 2 keys$/m);
    const made = await openvod('keys', 'create', '--app', appId);
    assert.match(made.stderr, /^key 2 of 2 of application \d+/);
    const [, secretId = '', secretKey = ''] =
      /^OPENVOD_SECRET_ID=(\S+)\nOPENVOD_SECRET_KEY=(\S+)\n$/.exec(made.stdout) ?? [];
    const keys = { secretId, secretKey };
    await assert.rejects(openvod('keys', 'create', '--app', appId), {
      code: 1,
      stderr: /has 2 of 2 keys already: disable and delete one first/,
    });
    await everywhere(keys, {}, accepted);
    // Both work, until the old one is disabled on every node; enabling takes that back.
    await everywhere(old, {}, accepted);
    await assert.rejects(openvod('keys', 'delete', old.secretId), { stderr: /enabled: disable it first/ });
    await openvod('keys', 'disable', old.secretId);
    await everywhere(old, {}, ({ code, message }) => code === 4104 && /disabled/.test(message));
    await everywhere(keys, {}, accepted);
    await openvod('keys', 'enable', old.secretId);
    await everywhere(old, {}, accepted);
    await openvod('keys', 'disable', old.secretId);
    await openvod('keys', 'delete', old.secretId);
    await everywhere(old, {}, ({ code, message }) => code === 4104 && /not exist/.test(message));
    await everywhere(keys, {}, accepted);

    const { stdout } = await openvod('keys', '--json', '--app', appId);
    assert.ok(!stdout.includes(secretKey), 'a secret is shown once');
    const { secretId: left, lastUsedAt } = JSON.parse(stdout);
    assert.equal(left, secretId);
    assert.match(lastUsedAt, /T\d\d:00:00\.000Z$/, 'known to the hour');
  });

  test('a key of a sub-application sees nothing but it; that of the main one acts in both', async () => {
    const { appId, call } = await subApplication('bound');
    const sister = await subApplication('sister');
    const { fileId } = await upload(call, await uniqueClip());
    assert.equal((await call('GetVideoInfo', { fileId })).code, 0);
    assert.equal((await call('GetVideoInfo', { fileId, SubAppId: appId })).code, 0);
    const [main] = (await list<{ appId: string; accountId: string }>('apps')).filter(
      (one) => one.appId === one.accountId,
    );
    const unknown = await call('GetVideoInfo', { fileId, SubAppId: '1599999999' });
    for (const other of [main!.appId, sister.appId]) {
      const answer = await call('GetVideoInfo', { fileId, SubAppId: other });
      assert.deepEqual([answer.code, answer.message], [unknown.code, unknown.message]);
    }
    assert.equal(unknown.code, 4000);
    // An upload call says the same in its own form.
    const refused = await call.upload(
      'InitUpload',
      announcement(await uniqueClip(), { SubAppId: main!.appId }),
    );
    assert.deepEqual([refused.code, refused.canRetry], [-10001, 0]);
    assert.equal((await sister.call('GetVideoInfo', { fileId })).code, 10008);
    assert.equal((await first()('GetVideoInfo', { fileId })).code, 10008);
    assert.equal((await first()('GetVideoInfo', { fileId, SubAppId: appId })).code, 0);
  });

  test('switched off, calls and playback are refused; switched on, all is as it was', async () => {
    const { appId, keys, call } = await subApplication('closing');
    const [clip, other] = [await uniqueClip(), await uniqueClip()];
    const { fileId, url } = await upload(call, clip);
    const urls = nodes.map((node) => node.url + new URL(url).pathname);
    const played = async () => {
      const answers = await Promise.all(urls.map((one) => fetch(one)));
      await Promise.all(answers.map((answer) => answer.arrayBuffer()));
      return answers.map(({ status }) => status);
    };
    const all = (status: number) => nodes.map(() => status);
    assert.deepEqual(await played(), all(200));

    const { stdout } = await openvod('apps', 'off', appId);
    assert.match(stdout, /^\d+ {2}off {2}closing {2}1 videos {2}/);
    await everywhere(keys, {}, ({ code }) => code === 4300);
    await everywhere(KEYS, { SubAppId: appId }, ({ code }) => code === 4300);
    assert.deepEqual(await played(), all(403));
    assert.equal((await fetch(`${nodes[0]!.url}/play/${fileId}`)).status, 404);
    const refused = await call.upload('InitUpload', announcement(other));
    assert.deepEqual([refused.code, refused.canRetry], [-10001, 0]);
    await everywhere(KEYS, {}, accepted);

    await openvod('apps', 'on', appId);
    await openvod('apps', 'rename', appId, 'open again');
    await everywhere(keys, {}, accepted);
    assert.deepEqual(await played(), all(200));
    assert.equal((await fetch(`${nodes[0]!.url}/play/${fileId}`)).status, 200);
    assert.equal((await call('GetVideoInfo', { fileId })).code, 0);
    assert.match((await openvod('apps')).stdout, new RegExp(`^${appId} {2}on {3}open again {2}`, 'm'));
    await assert.rejects(openvod('apps', 'off', '42'), { code: 1, stderr: /no sub-application 42/ });
  });

  test('storage: unfinished uploads count, at once or not; a deletion makes room', async () => {
    const { appId, call, keys } = await subApplication('stored');
    const spread = callers(keys);
    const begin = (bytes: Uint8Array, i = 0) =>
      spread[i % spread.length]!.upload('InitUpload', announcement(bytes));
    const first = await uniqueClip(1.4 * MIB);
    const { fileId } = await upload(call, first);
    // Room for one more, whichever of several that come at once on all nodes.
    const clips = await Promise.all(Array.from({ length: 6 }, () => uniqueClip(1.4 * MIB)));
    const answers = await Promise.all(clips.map(begin));
    const begun = clips.filter((_, i) => answers[i]!.code === 0);
    const refused = answers.filter(({ code }) => code !== 0);
    assert.equal(begun.length, 1);
    for (const { code, canRetry, message } of refused) {
      assert.deepEqual([code, canRetry], [-10001, 1]);
      assert.match(message, /bytes of its storage left/);
    }
    assert.deepEqual(bytesOf(await usage(appId)), { videos: 1, bytes: first.length });

    const later = clips.find((clip) => !begun.includes(clip))!;
    assert.equal((await call('DeleteVodFile', { fileId, priority: 1 })).code, 0);
    assert.deepEqual(bytesOf(await usage(appId)), { videos: 0, bytes: 0 });
    assert.equal((await begin(later)).code, 0);
    // What was begun is never refused afterwards.
    for (const clip of [...begun, later]) await upload(call, clip);
    assert.deepEqual(bytesOf(await usage(appId)), { videos: 2, bytes: 2 * later.length });
    const metrics = await (await fetch(`${nodes[0]!.url}/metrics`)).text();
    assert.ok(metrics.includes(`openvod_stored_bytes{application="${appId}"} ${2 * later.length}\n`));
  });

  test('storage: an application that is full gets no new tasks, and says so', async () => {
    const { appId, call } = await subApplication('full');
    const { fileId } = await upload(call, await uniqueClip(3 * MIB));
    const { code, message } = await call('ConvertVodFile', { fileId });
    assert.equal(code, 4400);
    assert.match(message, /no storage left/);
    assert.equal((await usage(appId)).tasks, 0);
    assert.equal((await call('ModifyVodInfo', { fileId, fileName: 'still here' })).code, 0);
  });

  test('calls a second: over the limit they are refused for a moment, those of others are not', async () => {
    const { appId, call } = await subApplication('busy');
    await openvod('settings', 'set', 'quota.callsPerSecond=2', '--app', appId);
    const burst = () => Promise.all(Array.from({ length: 8 }, () => call('DescribeAllClass')));
    let answers: Answer[];
    do answers = await burst();
    while (answers.every(accepted));
    const over = answers.find(({ code }) => code !== 0)!;
    assert.equal(over.code, 4400);
    assert.match(over.message, new RegExp(`application ${appId} may make 2 calls a second`));
    assert.ok((await Promise.all(callers().map((other) => other('DescribeAllClass')))).every(accepted));
    while (!accepted(await call('DescribeAllClass'))) await sleep(100);
  });

  // A worker beside would end them meanwhile.
  if (works) return;
  test('tasks: over the limit new ones are refused, however many come at once', async () => {
    const { appId, call, keys } = await subApplication('tasks');
    const { fileId } = await upload(call, await uniqueClip());
    const spread = callers(keys);
    const convert = (i: number) => spread[i % spread.length]!('ConvertVodFile', { fileId });
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => convert(i)));
    assert.equal(answers.filter(accepted).length, 2);
    const over = answers.find(({ code }) => code !== 0)!;
    assert.equal(over.code, 4400);
    assert.match(over.message, /may have 2 unfinished tasks/);
    assert.equal((await usage(appId)).tasks, 2);
    // Those that an upload asks for were accepted with it.
    await upload(call, await uniqueClip(), { isTranscode: 1 });
    assert.equal((await usage(appId)).tasks, 3);
    assert.equal((await convert(0)).code, 4400);
  });
}

const bytesOf = ({ videos, bytes }: { videos: number; bytes: number }) => ({ videos, bytes });
