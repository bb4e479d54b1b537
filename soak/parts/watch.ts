import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Node } from './node.ts';

const MEMORY_EVERY_MS = 250;
const PAUSES_EVERY_MS = 2000;
/** One that does not answer for so long is not asked further. */
const ANSWERS_WITHIN_MS = 10_000;
const MIB = 1024 ** 2;
/** A server that takes more is ended: the bound is broken long before. Bytes. */
const END_ABOVE = 5 * 1024 * MIB;
/** The page size of every Linux that Node runs on but some ARM servers. Bytes. */
const PAGE = 4096;

/** Looks at all servers all the time: their memory, that of what they started, the pauses of their event loops. */
export class Watch {
  /** Most memory of one server process, bytes. */
  mostServer = 0;
  /** Most memory of all that one server had started (ffmpeg, ffprobe), bytes. */
  mostChildren = 0;
  /** Most processes that one server had started at once. */
  mostProcesses = 0;
  /** Longest pause of an event loop, ms. */
  longestPause = 0;
  readonly #nodes: Node[];
  readonly #looking: Promise<unknown>;
  #stopped = false;

  constructor(nodes: Node[]) {
    this.#nodes = nodes;
    this.#looking = Promise.all([this.#lookAtMemory(), this.#lookAtPauses()]);
  }

  /** Forgets what it saw so far: what follows is measured by itself. */
  async restart(): Promise<void> {
    // Reading the pauses also begins them anew.
    await this.#readPauses();
    Object.assign(this, { mostServer: 0, mostChildren: 0, mostProcesses: 0, longestPause: 0 });
  }

  async figures(): Promise<[string, string][]> {
    await this.#readPauses();
    return [
      ['most memory of a server', `${Math.round(this.mostServer / MIB)} MiB`],
      [
        'most of what one server had started',
        `${Math.round(this.mostChildren / MIB)} MiB in ${this.mostProcesses} processes`,
      ],
      ['longest pause of an event loop', `${Math.round(this.longestPause)} ms`],
    ];
  }

  /** What ended though nobody asked for it, and memory above the bound (bytes), in words. */
  problems({ maxServer }: { maxServer: number }): string[] {
    const ended = this.#nodes.flatMap((node) => node.unexpected);
    if (this.mostServer > maxServer)
      ended.push(
        `a server took ${Math.round(this.mostServer / MIB)} MiB, more than ${Math.round(maxServer / MIB)}`,
      );
    return ended;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#looking;
  }

  async #lookAtMemory(): Promise<void> {
    while (!this.#stopped) {
      const processes = await allProcesses();
      for (const { pid } of this.#nodes) {
        if (pid === null) continue;
        const own = processes.get(pid)?.bytes ?? 0;
        this.mostServer = Math.max(this.mostServer, own);
        // The machine has other work to do; that the server ended is told as any other end.
        if (own > END_ABOVE) process.kill(pid, 'SIGKILL');
        const children = descendantsOf(pid, processes);
        const bytes = children.reduce((sum, child) => sum + (processes.get(child)?.bytes ?? 0), 0);
        this.mostChildren = Math.max(this.mostChildren, bytes);
        this.mostProcesses = Math.max(this.mostProcesses, children.length);
      }
      await sleep(MEMORY_EVERY_MS);
    }
  }

  async #lookAtPauses(): Promise<void> {
    while (!this.#stopped) {
      await this.#readPauses();
      await sleep(PAUSES_EVERY_MS);
    }
  }

  async #readPauses(): Promise<void> {
    const urls = this.#nodes.flatMap(({ url }) => url ?? []);
    this.longestPause = Math.max(this.longestPause, ...(await Promise.all(urls.map(pauseOf))));
  }
}

interface Process {
  parent: number;
  /** Resident memory. */
  bytes: number;
}

/** All processes of this machine (proc(5), /proc/pid/stat: fields 4 and 24). */
async function allProcesses(): Promise<Map<number, Process>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const processes = new Map<number, Process>();
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The name in brackets may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields.length > 21)
      processes.set(Number(pid), { parent: Number(fields[1]), bytes: Number(fields[21]) * PAGE });
  }
  return processes;
}

/** Ids of what a process has started, directly or not. */
export async function startedBy(pid: number): Promise<number[]> {
  return descendantsOf(pid, await allProcesses());
}

function descendantsOf(pid: number, processes: ReadonlyMap<number, Process>): number[] {
  const children = [...processes].filter(([, { parent }]) => parent === pid).map(([child]) => child);
  return children.flatMap((child) => [child, ...descendantsOf(child, processes)]);
}

/** Longest pause since the last look, ms; 0 when the server does not answer in time. */
async function pauseOf(url: string): Promise<number> {
  try {
    const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    const seconds = /^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(await response.text())?.[1];
    return seconds === undefined ? 0 : Number(seconds) * 1000;
  } catch {
    return 0;
  }
}
