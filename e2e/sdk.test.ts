import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import {
  createClient,
  OpenVodError,
  OpenVodNetworkError,
  type UploadProgress,
} from '../packages/sdk/src/index.ts';
import { makeDataDir, type RunningService, startServerProcess, startService } from './harness.ts';
import { KEYS } from './testing/caller.ts';
import { clip, picture, uniqueClip } from './testing/clips.ts';
import { sha1 } from './testing/upload.ts';

const MEBIBYTE = 1024 * 1024;
let folder: string;
let service: RunningService;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-sdk-'));
  service = await startService({ settings: { OPENVOD_TRANSCODE_DEFAULTS: '10' } });
});
after(async () => {
  await service[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const client = (more = {}) => createClient({ ...KEYS, url: service.url, ...more });

async function videoFile(size = 0): Promise<string> {
  const file = path.join(folder, `${randomBytes(6).toString('hex')}.mp4`);
  await writeFile(file, await uniqueClip(size));
  return file;
}

async function sha1At(url: string): Promise<string> {
  return sha1(Buffer.from(await (await fetch(url)).arrayBuffer()));
}

const SCRIPT = path.join(import.meta.dirname, 'testing/upload-process.ts');

/** Uploads in another process; `lines` is what it says. */
function uploadElsewhere(
  url: string,
  ...args: string[]
): { child: ChildProcess; lines: AsyncIterable<string> } {
  const command = ['--disable-warning=ExperimentalWarning', SCRIPT, url, ...args];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, lines: createInterface({ input: child.stdout! }) };
}

describe('the client', () => {
  for (const method of ['GET', 'POST'] as const) {
    for (const signatureMethod of ['HmacSHA1', 'HmacSHA256'] as const) {
      test(`calls by ${method} with ${signatureMethod}`, async () => {
        const api = client({ method, signatureMethod });
        const className = `类 & ${method} ${signatureMethod}`;
        const { newClassId } = await api.createClass({ className });
        const { data } = await api.describeClass({});
        assert.equal(data.find(({ id }) => id === newClassId)?.name, className);
        await api.deleteClass({ classId: Number(newClassId) });
      });
    }
  }

  test('throws what the service refuses, with its code', async () => {
    await assert.rejects(client().describeVodPlayUrls({ fileId: '1' }), (error) => {
      assert.ok(error instanceof OpenVodError);
      assert.equal(error.code, 10008);
      return true;
    });
    const wrongKey = createClient({ ...KEYS, secretKey: 'wrong', url: service.url });
    await assert.rejects(wrongKey.describeClass({}), { name: 'OpenVodError', code: 4100 });
  });

  test('throws another error when nobody answers', async () => {
    const nobody = createClient({ ...KEYS, url: 'http://127.0.0.1:9', retries: 1 });
    await assert.rejects(nobody.describeClass({}), OpenVodNetworkError);
  });

  test('works in a sub-application only when it is one', async () => {
    await assert.rejects(client({ subAppId: 4242 }).describeClass({}), { code: 4000 });
  });
});

describe('the uploader', () => {
  test('sends a file with its name, tags, class and cover, and tells how far it is', async () => {
    const { newClassId } = await client().createClass({ className: 'of the uploader' });
    const file = await videoFile(3.5 * MEBIBYTE);
    const seen: UploadProgress[] = [];
    const name = `Ein langer Titel: mehr als vierzig Zeichen, mit "Anführung" ${'x'.repeat(40)}`;
    const { fileId, url, coverUrl } = await client().upload(file, {
      name,
      tags: ['a', '标签'],
      classId: Number(newClassId),
      cover: await picture(),
      onProgress: (progress) => void seen.push(progress),
    });
    assert.equal(await sha1At(url), sha1(await readFile(file)));
    assert.equal(await sha1At(coverUrl!), sha1(await readFile(await picture())));
    const { fileSet } = await client().describeVodInfo({ fileIds: [fileId] });
    const { fileName, tags, classId, imageUrl } = fileSet[0]!;
    assert.deepEqual(
      { fileName, tags: tags.toSorted(), classId, imageUrl },
      { fileName: name, tags: ['a', '标签'], classId: newClassId, imageUrl: coverUrl },
    );

    assert.deepEqual(
      [...new Set(seen.map(({ phase }) => phase))],
      ['hashing', 'uploading', 'finishing', 'done'],
    );
    assert.ok(seen.every((now, i) => i === 0 || now.uploadedBytes >= seen[i - 1]!.uploadedBytes));
    assert.equal(seen.at(-1)!.uploadedBytes, seen.at(-1)!.totalBytes);
  });

  test('an aborted upload stops, and the next one sends only what is missing', async () => {
    const file = await videoFile(4.5 * MEBIBYTE);
    const stop = new AbortController();
    const aborted = client().upload(file, {
      parallel: 1,
      signal: stop.signal,
      onProgress: ({ phase, uploadedBytes }) => {
        if (phase === 'uploading' && uploadedBytes >= 2 * MEBIBYTE) stop.abort();
      },
    });
    await assert.rejects(aborted, { name: 'AbortError' });
    assert.equal(await uploadedAtStart(file), 2 * MEBIBYTE);
  });

  test('a client process that is killed leaves what it sent, and the next one sends only what is missing', async () => {
    const file = await videoFile(12 * MEBIBYTE);
    const { child } = uploadElsewhere(service.url, file, `--dies-at=${3 * MEBIBYTE}`);
    assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL']);
    const stored = await uploadedAtStart(file);
    assert.ok(stored >= 3 * MEBIBYTE && stored < 12 * MEBIBYTE, `${stored} bytes were there`);
  });

  /** Uploads a file and says how much of it the service had before. */
  async function uploadedAtStart(file: string): Promise<number> {
    const seen: UploadProgress[] = [];
    const { url } = await client().upload(file, { onProgress: (progress) => void seen.push(progress) });
    assert.equal(await sha1At(url), sha1(await readFile(file)));
    return seen.find(({ phase }) => phase === 'uploading')!.uploadedBytes;
  }

  test('memory of client and server does not grow with the file', { timeout: 120_000 }, async (t) => {
    const dataDir = await makeDataDir();
    const server = await startServerProcess(dataDir);
    t.after(async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    });
    // Both long enough for garbage to be collected on the way.
    const [small, large] = [path.join(folder, 'small.mp4'), path.join(folder, 'large.mp4')];
    await writeLargeFile(small, 100);
    await writeLargeFile(large, 300);

    const peaks: { client: number; server: number }[] = [];
    const { child, lines } = uploadElsewhere(server.url, small, large);
    for await (const line of lines) {
      if (!line.startsWith('{')) continue;
      peaks.push({ client: JSON.parse(line).peakBytes, server: await peakMemoryOf(server.pid) });
    }
    assert.equal(child.exitCode ?? (await once(child, 'exit'))[0], 0);
    const [before, behind] = peaks;
    assert.ok(before && behind);
    t.diagnostic(`peaks ${JSON.stringify(peaks)}`);
    for (const who of ['client', 'server'] as const) {
      const grown = (behind[who] - before[who]) / MEBIBYTE;
      assert.ok(grown < 80, `the ${who} has grown by ${grown.toFixed(0)} MiB`);
    }
  });
});

/** Different in every MiB, so that no part is like another. */
async function writeLargeFile(name: string, mebibytes: number): Promise<void> {
  await using file = await open(name, 'w');
  const block = randomBytes(MEBIBYTE);
  for (let index = 0; index < mebibytes; index++) {
    block.writeUInt32BE(index);
    await file.write(block);
  }
}

/** Highest resident memory of a process, bytes (proc(5), VmHWM). */
async function peakMemoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
}

describe('the openvod command', () => {
  const COMMAND = path.join(import.meta.dirname, '../packages/sdk/bin/openvod.mjs');

  async function openvod(args: string[], environment: Record<string, string> = {}) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', COMMAND, ...args], {
      env: {
        PATH: process.env.PATH,
        OPENVOD_URL: service.url,
        OPENVOD_SECRET_ID: KEYS.secretId,
        OPENVOD_SECRET_KEY: KEYS.secretKey,
        ...environment,
      },
    });
    const [out, err, [code]] = await Promise.all([
      child.stdout.toArray(),
      child.stderr.toArray(),
      once(child, 'exit'),
    ]);
    return { code: code as number, out: out.join(''), err: err.join('') };
  }

  const jsonLines = (text: string) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);

  test('uploads files, a line each, and lists them', async () => {
    const files = [await videoFile(), await videoFile()];
    const uploaded = await openvod(['upload', ...files, '--tag', 'cli', '--json']);
    assert.equal(uploaded.code, 0, uploaded.err);
    const results = jsonLines(uploaded.out);
    assert.deepEqual(
      results.map(({ file }) => file),
      files,
    );
    assert.equal(await sha1At(results[1]!.url!), sha1(await readFile(files[1]!)));

    const listed = await openvod(['ls', '--limit', '2', '--json']);
    assert.equal(listed.code, 0, listed.err);
    assert.deepEqual(
      jsonLines(listed.out)
        .map(({ fileId }) => fileId)
        .toSorted(),
      results.map(({ fileId }) => fileId).toSorted(),
    );
    const plain = await openvod(['ls']);
    assert.match(plain.out, new RegExp(`^${results[0]!.fileId} .*${path.parse(files[0]!).name}`, 'm'));
  });

  test('uploads with a transcode and a procedure and prints their events', async () => {
    const wishes = ['--transcode', '--procedure', 'QCVB_SimpleProcessFile(0, 0, 10)'];
    const uploaded = await openvod(['upload', await clip(), '--name', 'by command', ...wishes]);
    assert.equal(uploaded.code, 0, uploaded.err);
    const fileId = uploaded.out.split(' ')[0]!;
    const printed = new Set<string>();
    while (!(printed.has('TranscodeComplete') && printed.has('ProcedureStateChanged'))) {
      const { code, out, err } = await openvod(['events', '--json']);
      assert.equal(code, 0, err);
      for (const event of out ? jsonLines(out) : []) {
        const { eventType, data } = event as unknown as { eventType: string; data: { fileId?: string } };
        if (data.fileId === fileId) printed.add(eventType);
      }
    }
    assert.ok(printed.has('NewFileUpload'));
  });

  const endings: [name: string, code: number, args: string[], environment?: Record<string, string>][] = [
    ['a call that succeeds', 0, ['call', 'DescribeClass', '--json']],
    ['help', 0, ['help']],
    ['help of a command', 0, ['events', '--help']],
    ['a call that is refused', 1, ['call', 'DescribeVodPlayUrls', 'fileId=1']],
    ['a file that is not there', 1, ['upload', '/nowhere/film.mp4']],
    ['no command', 2, []],
    ['an unknown command', 2, ['fly']],
    ['an unknown option', 2, ['ls', '--fast']],
    ['a word that is no parameter', 2, ['call', 'DescribeClass', 'nonsense']],
    ['no keys', 2, ['ls'], { OPENVOD_SECRET_ID: '' }],
    ['nobody who answers', 3, ['call', 'DescribeClass', '--url', 'http://127.0.0.1:9']],
  ];
  for (const [name, code, args, environment] of endings) {
    test(`${name} ends with ${code}`, async () => {
      const ended = await openvod(args, environment);
      assert.equal(ended.code, code, ended.err);
      assert.equal(ended.err !== '' || args.length === 0, code !== 0, 'failures say why, successes nothing');
    });
  }
});
