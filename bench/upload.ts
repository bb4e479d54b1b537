import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { firstLine, stop } from './api/child.ts';
import { median } from './median.ts';
import { processorSeconds } from './processor-seconds.ts';
import type { Row } from './row.ts';
import { peakMemory, spawnNode, startService } from './upload/service.ts';

const CONNECTIONS = 5;
const ROUNDS = 3;
const PART_SIZES_MIB = [1, 4];
const AIMS = { rate: 0.9, work: 1.15, memory: 1.3 };

/** Something that takes uploads, and the client that sends them. */
interface Server {
  child: ChildProcess;
  port: number;
  client: string;
  /** Where it puts its files. */
  folder: string;
}

interface Cost {
  /** MiB/s by the clock. */
  rate: number;
  /** Processor time of the server for a MiB, ms. */
  work: number;
}

/**
 * Upload of 1 GiB in parts of 1 and of 4 MiB, five at a time: each with its MD5 and the whole with its SHA-1 checked, durable
 * when answered. Against a server written by hand for the same promises and nothing else, and against @tus/server with its
 * file store, which hashes and flushes nothing. Rounds take turns. By the clock, and by the time that the server's
 * processor worked: on a busy machine only the second says much. Then the most memory the service had, after a large
 * file and after a small one. `--mib=64` takes a shorter file for a quick look.
 */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const option = process.argv.find((argument) => argument.startsWith('--mib='));
  const large = Number(option?.slice('--mib='.length) ?? 1024);
  const small = Math.min(64, large);
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-bench-'));
  try {
    const rows: Row[] = [];
    for (const partMib of PART_SIZES_MIB) {
      const name = path.join(folder, `parts-${partMib}`);
      const peaks: number[] = [];
      await withServer(serviceIn(`${name}-small`), async (service) => {
        await upload(service, small, partMib);
        peaks.push(await peakMemory(service.child));
      });
      await withServer(serviceIn(`${name}-large`), async (service) => {
        rows.push(...(await compare(service, large, partMib, name)));
        peaks.push(await peakMemory(service.child));
      });
      rows.push(
        row(
          `parts of ${partMib} MiB: most memory, ${large} MiB against ${small} MiB, MiB`,
          peaks[1]!,
          peaks[0]!,
          { most: AIMS.memory },
        ),
      );
    }
    return { name: 'upload', rows };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(service: Server, mib: number, partMib: number, folder: string): Promise<Row[]> {
  const folders = ['hand-written', 'tus'].map((name) => `${folder}-${name}`);
  for (const one of folders) await mkdir(one);
  return withServer(handWrittenIn(folders[0]!), (handWritten) =>
    withServer(tusIn(folders[1]!), async (tus) => {
      const servers = [service, handWritten, tus];
      for (const server of servers) await upload(server, Math.min(64, mib), partMib);
      const costs: Cost[][] = [[], [], []];
      for (let round = 0; round < ROUNDS; round++) {
        for (const [i, server] of servers.entries()) costs[i]!.push(await upload(server, mib, partMib));
      }
      const [ours, byHand, byTus] = costs.map((of) => ({
        rate: median(of.map(({ rate }) => rate)),
        work: median(of.map(({ work }) => work)),
      }));
      const parts = `parts of ${partMib} MiB`;
      return [
        row(`${parts}, against the hand-written server, MiB/s`, ours!.rate, byHand!.rate, {
          least: AIMS.rate,
        }),
        row(`${parts}, processor time of a MiB, ms`, ours!.work, byHand!.work, { most: AIMS.work }),
        row(`${parts}, against @tus/server, MiB/s`, ours!.rate, byTus!.rate, {}),
        row(`${parts}, processor time of a MiB against @tus/server, ms`, ours!.work, byTus!.work, {}),
      ];
    }),
  );
}

async function upload(server: Server, mib: number, partMib: number): Promise<Cost> {
  const { child, port, client } = server;
  const before = await processorSeconds(child.pid!);
  const args = [port, mib, CONNECTIONS, partMib].map(String);
  const [, seconds] = await firstLine(spawnNode(client, args), /^seconds (.*)$/);
  const worked = (await processorSeconds(child.pid!)) - before;
  await removeFiles(server);
  return { rate: mib / Number(seconds), work: (worked * 1000) / mib };
}

/** A virtual machine pays far more for memory that it never used before: each upload finds that of the one before. */
async function removeFiles({ folder }: Server): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.')) await rm(path.join(folder, name), { recursive: true });
  }
}

async function withServer<T>(starting: Promise<Server>, use: (server: Server) => Promise<T>): Promise<T> {
  const server = await starting;
  try {
    return await use(server);
  } finally {
    await stop(server.child);
  }
}

async function serviceIn(dataDir: string): Promise<Server> {
  return { ...(await startService(dataDir)), client: 'load-parts.ts', folder: path.join(dataDir, 'objects') };
}

function handWrittenIn(folder: string): Promise<Server> {
  return startReference('hand-written.ts', folder, 'load-parts.ts');
}

function tusIn(folder: string): Promise<Server> {
  return startReference('tus-server.ts', folder, 'tus-client.ts');
}

async function startReference(script: string, folder: string, client: string): Promise<Server> {
  const child = spawnNode(script, [folder]);
  const [, port] = await firstLine(child, /listens on (\d+)/);
  return { child, port: Number(port), client, folder };
}

/** Without a bound, a figure to know and no aim. */
function row(
  label: string,
  ours: number,
  reference: number,
  { least = 0, most = Number.POSITIVE_INFINITY }: { least?: number; most?: number },
): Row {
  const ratio = ours / reference;
  const aim = least > 0 ? `≥ ${least}` : Number.isFinite(most) ? `≤ ${most}` : '—';
  return { label, ours, reference, ratio, aim, ok: ratio >= least && ratio <= most };
}
