/**
 * `npm run demo [-- file.mp4] [--keep]`: the whole way of a video on a server of its own, in a folder of its own.
 * With `--keep` the server stays up afterwards, so that one can look at the player page.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type ActionMap, type Client, createClient } from '../packages/sdk/src/index.ts';
import { signedRequest } from '../packages/sdk/src/transport.ts';
import { checkPlays } from './demo/check-plays.ts';
import { makeClip } from './demo/make-clip.ts';
import { type DemoServer, startServer } from './demo/server.ts';

const LADDER = [10, 20, 30, 210, 220, 230];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { keep: { type: 'boolean' } } });
const folder = await mkdtemp(path.join(tmpdir(), 'openvod-demo-'));
const starting = startServer(folder);
let leaving = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave);
try {
  const server = await starting;
  const client = createClient({ ...server.keys, url: server.url });
  const file = positionals[0] ?? (await makeClip(path.join(folder, 'clip.mp4')));
  await demonstrate(client, file, server);
  if (values.keep) {
    say('Press Ctrl-C to stop the server.');
    process.off('SIGINT', leave);
    await new Promise<void>((resolve) => process.once('SIGINT', resolve));
  }
} catch (error) {
  if (!leaving) await tellFailure(error as Error);
} finally {
  await clean();
}

/** Nothing is left behind: neither a server that listens nor its folder. May be called twice. */
async function clean(): Promise<void> {
  const server = await starting.catch(() => null);
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
}

async function leave(signal: NodeJS.Signals): Promise<void> {
  if (leaving) return;
  leaving = true;
  await clean();
  process.exit(128 + constants.signals[signal]);
}

async function tellFailure(error: Error): Promise<void> {
  const server = await starting.catch(() => null);
  console.error(`\nThe demo failed: ${error.message}\n${(await server?.lastWords()) ?? ''}`);
  process.exitCode = 1;
}

async function demonstrate(client: Client, file: string, server: DemoServer): Promise<void> {
  say(`OpenVOD is up at ${server.url}, with an empty library.`);

  step(`Uploading ${file} in signed, parallel parts`);
  const { fileId, url } = await client.upload(file);
  say(`video ${fileId}; its source already plays: ${url}`);

  step(`Transcoding to definitions ${LADDER.join(', ')} and a master playlist`);
  const { vodTaskId } = await client.processFile({
    fileId,
    transcode: { definition: LADDER, hlsMasterPlaylist: true },
  });
  await waitFor(client, vodTaskId);

  step('Asking what plays: the signed call');
  const endpoint = {
    ...server.keys,
    url: server.url,
    path: '/v2/index.php',
    signatureMethod: 'HmacSHA1' as const,
    region: 'gz',
    subAppId: undefined,
  };
  const call = signedRequest(
    endpoint,
    { action: 'DescribeVodPlayUrls', params: { fileId }, method: 'GET', upload: false },
    { timestamp: Math.floor(Date.now() / 1000), nonce: 4711 },
  );
  say(`curl '${call.url}'`);
  const answer = (await (await fetch(call.url)).json()) as ActionMap['DescribeVodPlayUrls']['result'];
  say(JSON.stringify(answer, null, 2));

  step('Playing it');
  for (const { url: address, definition } of answer.playSet) {
    say(`${String(definition).padStart(5)}  ${await checkPlays(address)}`);
  }
  say(`\nAll of it plays. In a browser: ${server.url}/play/${fileId}${values.keep ? '' : '  (with --keep)'}`);
}

/** Shows progress until the task has ended; throws when it failed. */
async function waitFor(client: Client, vodTaskId: string): Promise<void> {
  for (;;) {
    const task = await client.getTaskInfo({ vodTaskId });
    const jobs = (task.data.processTaskList ?? []) as {
      status: string;
      progress?: number;
      message: string;
    }[];
    const percent = jobs.reduce((sum, job) => sum + (job.progress ?? 0), 0) / Math.max(1, jobs.length);
    if (process.stderr.isTTY) process.stderr.write(`\r  ${task.status} ${Math.round(percent)} % `);
    if (task.status === 'FINISHED') {
      if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
      if (task.data.errCode !== 0) throw new Error(`the transcode failed: ${JSON.stringify(task.data)}`);
      say(`${jobs.length} renditions done`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function step(text: string): void {
  console.log(`\n— ${text}`);
}

function say(text: string): void {
  console.log(text);
}
