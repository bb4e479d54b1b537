import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type HlsEncryption,
  type OutputSpec,
  planTranscode,
  probe,
  transcode,
} from '../packages/server/media/index.ts';
import { presetOf } from '../packages/server/templates/index.ts';
import { makeFullHdFilm } from './full-hd-film.ts';
import { childSeconds } from './processor-seconds.ts';
import type { Row } from './row.ts';

const LADDER = [210, 220, 230, 240];
const ROUNDS = 2;
const AIM = 1.05;

/** Seconds that passed, and that processors worked: of ffmpeg and of this process, which encrypts. */
interface Cost {
  elapsed: number;
  worked: number;
}

/**
 * The HLS ladder of a 1080p source, encrypted, against the same plain, in turns. `BENCH_SECONDS` shortens the source (default 60).
 */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const seconds = Number(process.env.BENCH_SECONDS ?? 60);
  const source = await makeFullHdFilm(seconds);
  const encryption = { key: randomBytes(16), keyUri: 'https://keys.example.com/getkey' };
  const plain: Cost[] = [];
  const encrypted: Cost[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    plain.push(await measure(source, null));
    encrypted.push(await measure(source, encryption));
  }
  const rows = (['elapsed', 'worked'] as const).map((what): Row => {
    // The faster one counts: other work on the machine only ever adds.
    const [ours, reference] = [encrypted, plain].map((costs) => Math.min(...costs.map((cost) => cost[what])));
    const ratio = ours! / reference!;
    const label = `an encrypted ladder against a plain one, ${what === 'elapsed' ? 'elapsed' : 'processor time'}, s`;
    return { label, ours: ours!, reference: reference!, ratio, aim: `<= ${AIM}`, ok: ratio <= AIM };
  });
  return { name: `encrypt ${seconds} s of 1080p as 210, 220, 230 and 240`, rows };
}

/** Counts only if what came out is encrypted, or plain. */
async function measure(source: string, encryption: HlsEncryption | null): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'openvod-bench-'));
  try {
    const [start, before, own] = [performance.now(), childSeconds(), process.cpuUsage()];
    const specs = LADDER.map((id): OutputSpec => ({ id, ...presetOf('transcode', id)!.body }));
    const plan = planTranscode(await probe(source, { keyFrames: true }), specs, { masterPlaylist: true });
    await transcode(source, plan, folder, { encryption });
    const { user, system } = process.cpuUsage(own);
    const cost = {
      elapsed: (performance.now() - start) / 1000,
      worked: childSeconds() - before + (user + system) / 1e6,
    };
    for (const id of LADDER) {
      // Packets of a transport stream begin with this byte.
      const stream = await readFile(join(folder, `f0.f${id}.ts`));
      const isPlain = [188, 376, 564].every((at) => stream[at] === 0x47);
      const says = (await readFile(join(folder, `f0.f${id}.m3u8`), 'utf8')).includes('#EXT-X-KEY');
      if (isPlain !== (encryption === null) || says !== (encryption !== null))
        throw new Error(`${id} came out wrong`);
    }
    return cost;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
