import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { firstLine, stop } from './api/child.ts';
import { median } from './median.ts';
import type { Row } from './row.ts';
import { peakMemory, spawnNode, startService } from './upload/service.ts';

/** Size of the file; shorter for a quick look. */
const LARGE = Number(process.env.BENCH_MIB ?? 1024);
const SMALL = Math.min(64, LARGE);
const CONNECTIONS = 5;
const ROUNDS = 3;
const AIM = 1.5;
const MEMORY_AIM = 1.3;

/**
 * Upload of 1 GiB in parts of 1 MiB, five at a time, each with its MD5 and the whole with its SHA-1 checked, durable
 * when answered; against @tus/server with its file store, which hashes and syncs nothing. Rounds take turns.
 * Then the most memory the server had, after a large file and after a small one.
 */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-bench-'));
  try {
    const small = await withService(path.join(folder, 'small'), async (port, peak) => {
      await upload(port, SMALL);
      return peak();
    });
    return await withService(path.join(folder, 'large'), async (port, peak) => {
      const { ours, reference } = await compare(port, path.join(folder, 'tus'));
      const large = await peak();
      return {
        name: 'upload',
        rows: [
          {
            label: `upload of ${LARGE} MiB in parts, hashed, MiB/s`,
            ours: LARGE / ours,
            reference: LARGE / reference,
            ratio: reference / ours,
            aim: `≥ ${AIM}`,
            ok: reference / ours >= AIM,
          },
          {
            label: `most memory, ${LARGE} MiB against ${SMALL} MiB, MiB`,
            ours: large,
            reference: small,
            ratio: large / small,
            aim: `≤ ${MEMORY_AIM}`,
            ok: large / small <= MEMORY_AIM,
          },
        ],
      };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withService<T>(
  dataDir: string,
  use: (port: number, peak: () => Promise<number>) => Promise<T>,
): Promise<T> {
  const { child, port } = await startService(dataDir);
  try {
    return await use(port, () => peakMemory(child));
  } finally {
    await stop(child);
  }
}

/** Median seconds of both. */
async function compare(port: number, tusFolder: string): Promise<{ ours: number; reference: number }> {
  await mkdir(tusFolder);
  const tus = spawnNode('tus-server.ts', [tusFolder]);
  try {
    const [, tusPort] = await firstLine(tus, /listens on (\d+)/);
    // Warms both up.
    await upload(port, SMALL);
    await uploadByTus(Number(tusPort), SMALL);
    const ours: number[] = [];
    const reference: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      reference.push(await uploadByTus(Number(tusPort), LARGE));
      ours.push(await upload(port, LARGE));
    }
    return { ours: median(ours), reference: median(reference) };
  } finally {
    await stop(tus);
  }
}

function upload(port: number, mib: number): Promise<number> {
  return secondsOf('client.ts', port, mib, CONNECTIONS);
}

function uploadByTus(port: number, mib: number): Promise<number> {
  return secondsOf('tus-client.ts', port, mib);
}

async function secondsOf(script: string, ...args: number[]): Promise<number> {
  const [, seconds] = await firstLine(spawnNode(script, args.map(String)), /^seconds (.*)$/);
  return Number(seconds);
}
