import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { processorSeconds } from './processor-seconds.ts';
import type { Row } from './row.ts';

const SEGMENT_BYTES = 4 * 1024 ** 2;
const SEGMENTS = 8;
const ROUNDS = 5;
const ROUND_MS = 1500;
const FOLDER = 'vod1250000001/5285890784';

interface Work {
  label: string;
  connections: number;
  /** Least share of what nginx does. */
  aim: number;
  /** Requests to us, and the same to nginx. */
  ours: string[];
  reference: string[];
  /** What counts: bytes or answers. */
  unit: 'MB/s' | 'requests/s';
}

/**
 * Playback against nginx (sendfile, access log) that serves the same bytes: one core for the server, another for the
 * client, in turns, medians. Once by the clock, once by the time the server's processor worked: on a busy machine only
 * the second says much. Throws when there is no nginx.
 */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-bench-'));
  const children: ChildProcess[] = [];
  try {
    await makeFiles(folder);
    const ours = await startOurs(folder, children);
    const nginx = await startNginx(folder, children);
    const rows: Row[] = [];
    for (const work of WORKS) rows.push(...(await compare(work, ours, nginx)));
    return { name: 'delivery', rows };
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

const request = (target: string, range = '') =>
  `GET /${FOLDER}/${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n${range}\r\n`;

const segments = (target: (n: number) => string) =>
  Array.from({ length: SEGMENTS }, (_, n) =>
    ['bytes=0-', `bytes=0-${SEGMENT_BYTES / 2 - 1}`, `bytes=${SEGMENT_BYTES / 2}-`].map((range) =>
      request(target(n), `Range: ${range}\r\n`),
    ),
  ).flat();

const slice = (n: number) =>
  `f0.f240.ts?start=${n * SEGMENT_BYTES}&end=${(n + 1) * SEGMENT_BYTES - 1}&type=mpegts`;

const WORKS: Work[] = [
  {
    label: 'HLS segments of 4 MB, by ranges',
    unit: 'MB/s',
    connections: 8,
    aim: 1,
    ours: segments(slice),
    reference: segments((n) => `segment-${n}.ts`),
  },
  {
    label: 'playlists',
    unit: 'requests/s',
    connections: 16,
    aim: 0.8,
    ours: [request('f0.f240.m3u8')],
    reference: [request('f0.f240.m3u8')],
  },
];

/** The same bytes for both: nginx has each segment as a file, we have them all in one. */
async function makeFiles(folder: string): Promise<void> {
  const objects = path.join(folder, 'data', 'objects', FOLDER);
  const www = path.join(folder, 'www', FOLDER);
  for (const one of [objects, www]) await mkdir(one, { recursive: true });
  const pieces = Array.from({ length: SEGMENTS }, (_, n) => Buffer.alloc(SEGMENT_BYTES, n + 1));
  await writeFile(path.join(objects, 'f0.f240.ts'), pieces);
  for (const [n, piece] of pieces.entries()) await writeFile(path.join(www, `segment-${n}.ts`), piece);
  const lines = Array.from({ length: 30 }, (_, n) => `#EXTINF:10.000,\n${slice(n)}\n`).join('');
  const playlist = `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n${lines}#EXT-X-ENDLIST\n`;
  for (const one of [objects, www]) await writeFile(path.join(one, 'f0.f240.m3u8'), playlist);
}

interface Server {
  port: number;
  pid: number;
}

async function startOurs(folder: string, children: ChildProcess[]): Promise<Server> {
  const script = fileURLToPath(new URL('./delivery/server.ts', import.meta.url));
  const child = onCore(0, process.execPath, [script, path.join(folder, 'data')]);
  children.push(child);
  const [port] = await once(child.stdout!, 'data');
  return { port: Number(port), pid: child.pid! };
}

async function startNginx(folder: string, children: ChildProcess[]): Promise<Server> {
  const port = await freePort();
  const config = path.join(folder, 'nginx.conf');
  // Its worker reads as an unprivileged user when it is started by root.
  await chmod(folder, 0o755);
  await writeFile(
    config,
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
     events { worker_connections 256; }
     http {
       access_log ${folder}/access.log; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
       client_body_temp_path ${folder}/t1; proxy_temp_path ${folder}/t2; fastcgi_temp_path ${folder}/t3;
       uwsgi_temp_path ${folder}/t4; scgi_temp_path ${folder}/t5;
       types { application/vnd.apple.mpegurl m3u8; video/mp2t ts; }
       server {
         listen 127.0.0.1:${port}; root ${folder}/www;
         add_header Cache-Control "public, max-age=2592000"; add_header Access-Control-Allow-Origin "*";
         add_header X-Content-Type-Options nosniff;
       }
     }`,
  );
  const child = onCore(0, await findNginx(), ['-c', config]);
  children.push(child);
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(await readFile(`${folder}/error.log`, 'utf8'));
    await sleep(50);
  }
  return { port, pid: child.pid! };
}

async function findNginx(): Promise<string> {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin'];
  for (const folder of folders) {
    const file = path.join(folder, 'nginx');
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  throw new Error('this benchmark compares with nginx, which is not installed');
}

async function compare(work: Work, ours: Server, nginx: Server): Promise<Row[]> {
  const a: Rates[] = [];
  const b: Rates[] = [];
  // Compiled code is what serves after the first seconds.
  for (let round = 0; round < 3; round++) await measure(work, ours, work.ours);
  for (let round = 0; round < ROUNDS; round++) {
    b.push(await measure(work, nginx, work.reference));
    a.push(await measure(work, ours, work.ours));
  }
  return [
    row(`${work.label}, ${work.unit}`, work.aim, median(a, 'elapsed'), median(b, 'elapsed')),
    row(`${work.label}, ${work.unit} of processor time`, work.aim, median(a, 'worked'), median(b, 'worked')),
  ];
}

/** How much a second. */
interface Rates {
  elapsed: number;
  worked: number;
}

async function measure(work: Work, server: Server, requests: string[]): Promise<Rates> {
  const script = fileURLToPath(new URL('./delivery/load.ts', import.meta.url));
  const options = [server.port, work.connections, ROUND_MS, JSON.stringify(requests)].map(String);
  const before = await processorSeconds(server.pid);
  const client = onCore(1, process.execPath, [script, ...options]);
  const [text] = await once(client.stdout!, 'data');
  const worked = (await processorSeconds(server.pid)) - before;
  const { answers, bytes, ms } = JSON.parse(String(text));
  const done = work.unit === 'MB/s' ? bytes / 1e6 : answers;
  return { elapsed: (done / ms) * 1000, worked: done / worked };
}

function median(rates: Rates[], of: keyof Rates): number {
  return rates.map((rate) => rate[of]).sort((a, b) => a - b)[Math.floor(rates.length / 2)]!;
}

function row(label: string, aim: number, ours: number, reference: number): Row {
  const ratio = ours / reference;
  return { label, ours, reference, ratio, aim: `>= ${aim}`, ok: ratio >= aim };
}

const hasTaskset = await promisify(execFile)('taskset', ['--version']).then(
  () => true,
  () => false,
);

/** Starts a program on one core, where that can be chosen. */
function onCore(core: number, program: string, args: string[]): ChildProcess {
  const pinned = hasTaskset && cpus().length > core;
  const [command, ...rest] = pinned ? ['taskset', '-c', String(core), program, ...args] : [program, ...args];
  return spawn(command!, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return once(socket, 'connect')
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy());
}
