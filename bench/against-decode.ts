import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childSeconds } from './processor-seconds.ts';
import type { Row } from './row.ts';

const execute = promisify(execFile);

const ROUNDS = 5;
const MOST = 0.15;

/** Something that is made of a film in a folder of its own; it throws when what came out is not right. */
export interface Making {
  label: string;
  make(folder: string): Promise<void>;
}

/** How each compares with decoding all of the picture once. Rounds take turns, and the fastest counts: other work on the machine only ever adds. */
export async function againstDecode(source: string, makings: readonly Making[]): Promise<Row[]> {
  const decode = { label: '', make: () => decodeAll(source) };
  const all = [decode, ...makings];
  const best = all.map(() => ({ elapsed: Number.POSITIVE_INFINITY, worked: Number.POSITIVE_INFINITY }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, { make }] of all.entries()) {
      const cost = await measure(make);
      best[i]!.elapsed = Math.min(best[i]!.elapsed, cost.elapsed);
      best[i]!.worked = Math.min(best[i]!.worked, cost.worked);
    }
  }
  const [reference, ...ours] = best;
  return makings.flatMap(({ label }, i) => [
    row(`${label}, s`, ours[i]!.elapsed, reference!.elapsed),
    row(`${label}, processor time, s`, ours[i]!.worked, reference!.worked),
  ]);
}

function row(label: string, ours: number, reference: number): Row {
  const ratio = ours / reference;
  return { label, ours, reference, ratio, aim: `≤ ${MOST}`, ok: ratio <= MOST };
}

async function measure(make: Making['make']) {
  const folder = await mkdtemp(join(tmpdir(), 'openvod-bench-'));
  try {
    const [start, before] = [performance.now(), childSeconds()];
    await make(folder);
    return { elapsed: (performance.now() - start) / 1000, worked: childSeconds() - before };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function decodeAll(source: string): Promise<void> {
  await execute('ffmpeg', ['-nostdin', '-v', 'error', '-i', source, '-map', '0:v', '-f', 'null', '-']);
}
