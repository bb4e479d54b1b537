import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { firstLine, stop } from './api/child.ts';
import { makeFilm } from './film.ts';
import { median } from './median.ts';
import { processorSeconds } from './processor-seconds.ts';
import type { Row } from './row.ts';
import { peakMemory, spawnNode, startService } from './upload/service.ts';

const CONNECTIONS = 5;
/** Many short rounds: a machine that is shared has better and worse seconds, and both sides should see the same. */
const ROUNDS = 20;
const WARM_UP = 4;
const ROUND_MIB = 256;
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

/** What a client uploads. */
interface Load {
  /** A small MP4 that the file begins with, or the end of an upload would mostly be looking for a film. */
  film: string;
  mib: number;
  partMib: number;
}

interface Cost {
  /** MiB/s by the clock. */
  rate: number;
  /** Processor time of the server for a MiB, ms. */
  work: number;
}

/**
 * Upload of 256 MiB in parts of 1 and of 4 MiB, five at a time: each with its MD5 and the whole with its SHA-1 checked, durable
 * when answered. Against a server written by hand for the same promises and nothing else, and against @tus/server with its
 * file store, which hashes and flushes nothing. Rounds take turns. By the clock, and by the time that the server's
 * processor worked: on a busy machine only the second says much. Then the most memory the service had, after a file of 1 GiB
 * and after one of 64 MiB. `--mib=64` takes shorter files for a quick look.
 */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const option = process.argv.find((argument) => argument.startsWith('--mib='));
  const large = Number(option?.slice('--mib='.length) ?? 1024);
  const small = Math.min(64, large);
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-bench-'));
  try {
    const film = path.join(folder, 'film.mp4');
    await makeFilm(film, { kbits: 70, seconds: 8 });
    const rows: Row[] = [];
    for (const partMib of PART_SIZES_MIB) {
      const name = path.join(folder, `parts-${partMib}`);
      const peaks: number[] = [];
      await withServer(serviceIn(`${name}-small`), async (service) => {
        await upload(service, { film, mib: small, partMib }, [service]);
        peaks.push(await peakMemory(service.child));
      });
      await withServer(serviceIn(`${name}-large`), async (service) => {
        const load = { film, mib: Math.min(ROUND_MIB, large), partMib };
        rows.push(...(await compare(service, load, name)));
        await upload(service, { film, mib: large, partMib }, [service]);
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

async function compare(service: Server, load: Load, folder: string): Promise<Row[]> {
  const folders = ['hand-written', 'tus'].map((name) => `${folder}-${name}`);
  for (const one of folders) await mkdir(one);
  return withServer(handWrittenIn(folders[0]!), (handWritten) =>
    withServer(tusIn(folders[1]!), async (tus) => {
      const [ours, byHand] = await takeTurns([service, handWritten], load);
      // By itself: it flushes nothing, and whoever comes next pays for that.
      const [byTus] = await takeTurns([tus], load);
      const parts = `parts of ${load.partMib} MiB`;
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

/** The median of each; the first rounds only warm up. */
async function takeTurns(servers: Server[], load: Load): Promise<Cost[]> {
  const costs = servers.map((): Cost[] => []);
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [i, server] of servers.entries()) {
      const cost = await upload(server, load, servers);
      if (round >= 0) costs[i]!.push(cost);
    }
  }
  return costs.map((of) => ({
    rate: median(of.map(({ rate }) => rate)),
    work: median(of.map(({ work }) => work)),
  }));
}

/**
 * A virtual machine pays far more for memory that it never used before, and gives back to its host within two seconds what it
 * does not use: the files of the uploads before are removed when the client is ready, so that each finds their memory.
 */
async function upload(server: Server, { film, mib, partMib }: Load, used: Server[]): Promise<Cost> {
  const { child, port, client } = server;
  const args = [port, mib, CONNECTIONS, partMib].map(String);
  const sender = spawnNode(client, [film, ...args]);
  await firstLine(sender, /^ready$/);
  for (const one of used) await removeFiles(one);
  const before = await processorSeconds(child.pid!);
  sender.stdin!.write('go\n');
  const [, seconds] = await firstLine(sender, /^seconds (.*)$/);
  const worked = (await processorSeconds(child.pid!)) - before;
  return { rate: mib / Number(seconds), work: (worked * 1000) / mib };
}

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
