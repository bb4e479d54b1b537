import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startRestartablePostgres } from '../packages/server/testing/postgres.ts';
import { makeDataDir, type ServerProcess, startServerProcess } from './harness.ts';
import type { Answer } from './testing/caller.ts';

const postgres = startRestartablePostgres();
const PART = 524_288;

/** What a call may answer while its database goes: out of service, not known whether it was done; for uploads, try again. */
const RETRYABLE = new Set([6200, 6000]);
const isRetryable = ({ code, canRetry }: Answer) =>
  RETRYABLE.has(code) || (code === -10004 && canRetry === 1);

describe('a busy service whose PostgreSQL goes', { skip: postgres ? false : 'no PostgreSQL here' }, () => {
  let url: string;
  let dataDir: string;
  let server: ServerProcess;
  before(async () => {
    url = await postgres!.createDatabase();
    dataDir = await makeDataDir();
    server = await startServerProcess(dataDir, { OPENVOD_DATABASE_URL: url });
  });
  after(async () => {
    const code = await server.stop();
    await postgres!.stop();
    await rm(dataDir, { recursive: true, force: true });
    assert.equal(code, 0, 'it lived to be stopped');
  });

  const faults: Record<string, () => Promise<void>> = {
    'all connections are terminated': async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      await client.end();
    },
    'the server is restarted': async () => {
      await postgres!.halt('fast');
      await postgres!.resume();
    },
    'the server crashes, and is away for longer than a call waits': async () => {
      await postgres!.halt('immediate');
      await sleep(6000);
      await postgres!.resume();
    },
  };

  for (const [name, fault] of Object.entries(faults)) {
    test(`${name}: calls are answered or refused with a retry, and nothing acknowledged is lost`, async () => {
      const load = createLoad(server);
      await load.untilDone(20);
      await fault();
      await load.untilDone(20);
      const { created, others, parts } = await load.stop();
      assert.deepEqual(others, []);
      const { data } = await server.call('DescribeClass');
      const names = new Set((data as { name: string }[]).map((one) => one.name));
      assert.deepEqual(
        created.filter((one) => !names.has(one)),
        [],
      );
      await parts();
    });
  }
});

let made = 0;

/** Readers, writers, a puller of events, and an upload that sends its parts again and again. */
function createLoad({ call }: ServerProcess) {
  let running = true;
  let done = 0;
  const created: string[] = [];
  const others: Answer[] = [];
  const file = Buffer.alloc(4 * PART, ++made);
  const upload = {
    fileSha: createHash('sha1').update(file).digest('hex'),
    fileSize: file.length,
    fileName: `file${made}`,
    fileType: 'mp4',
  };
  const note = (answer: Answer) => {
    if (answer.code >= 0 && answer.code <= 2) done++;
    else if (!isRetryable(answer)) others.push(answer);
    return answer.code >= 0 && answer.code <= 2;
  };
  const sendPart = (offset: number) => {
    const body = new Uint8Array(file.subarray(offset, offset + PART));
    const dataMd5 = createHash('md5').update(body).digest('hex');
    return call.upload('UploadPart', { fileSha: upload.fileSha, offset, dataSize: PART, dataMd5 }, body);
  };
  const init = () => call.upload('InitUpload', { ...upload, dataSize: PART });
  const stored: number[] = [];
  const jobs = [
    async () => note(await call('DescribeVodInfo')),
    async () => {
      const name = `c${++made}`;
      if (made < 400 && note(await call('CreateClass', { className: name }))) created.push(name);
    },
    async () => {
      if (!note(await init())) return;
      const offset = PART * (made % 4);
      if (note(await sendPart(offset))) stored.push(offset);
    },
  ];
  const pull = async () => note(await call('PullEvent'));
  const workers = [pull, ...jobs, ...jobs, ...jobs].map(async (job) => {
    while (running) {
      await job();
      await sleep(10);
    }
  });
  return {
    /** Resolves after so many further successes. */
    async untilDone(more: number) {
      const goal = done + more;
      while (done < goal) await sleep(10);
    },
    async stop() {
      running = false;
      await Promise.all(workers);
      const parts = async () => {
        const { listParts } = await init();
        for (const offset of stored) {
          assert.ok(
            (listParts as { offset: number }[]).some((one) => one.offset === offset),
            `part at ${offset}`,
          );
        }
      };
      return { created, others, parts };
    },
  };
}
