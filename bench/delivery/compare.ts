import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { processorSeconds } from '../processor-seconds.ts';
import type { Row } from '../row.ts';
import { onCore } from './on-core.ts';
import type { Server } from './servers.ts';

const ROUNDS = 5;
const ROUND_MS = 1500;

/** Who is asked for what. */
export interface Load {
  server: Server;
  requests: string[];
}

export interface Work {
  label: string;
  connections: number;
  /** Least share of what the reference does. */
  aim: number;
  /** What counts: bytes or answers. */
  unit: 'MB/s' | 'requests/s';
  ours: Load;
  reference: Load;
}

/** Both in turns, medians: once by the clock, once by the time that the processor of the server worked. */
export async function compare(work: Work): Promise<Row[]> {
  const a: Rates[] = [];
  const b: Rates[] = [];
  // Compiled code is what serves after the first seconds.
  for (let round = 0; round < 3; round++) await measure(work, work.ours);
  for (let round = 0; round < ROUNDS; round++) {
    b.push(await measure(work, work.reference));
    a.push(await measure(work, work.ours));
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

async function measure(work: Work, { server, requests }: Load): Promise<Rates> {
  const script = fileURLToPath(new URL('./load.ts', import.meta.url));
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
