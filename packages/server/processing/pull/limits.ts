import { setTimeout as sleep } from 'node:timers/promises';
import type { DiskRoom } from '../../common/data-folder/data-folder.ts';

/** What holds for every pull of a process. */
export interface PullLimits {
  /** Largest file, bytes. */
  maxFileBytes: number;
  /** Longest that one start of a pull may take, ms. */
  maxMs: number;
  /** How long the other side may say nothing, ms. */
  idleMs: number;
  /** First wait after a fault of the other side, ms; doubles from there, up to half a minute. */
  retryMs: number;
}

export const PULL_LIMITS: PullLimits = {
  maxFileBytes: 48 * 1024 ** 3,
  maxMs: 24 * 3600_000,
  idleMs: 60_000,
  retryMs: 1000,
};

/** Faults in a row, without anything worth speaking of in between, that a pull outlives. */
export const MOST_FAULTS = 6;

/** ms before the try that follows so many faults. */
export function pauseMs(faults: number, retryMs: number): number {
  return Math.min(retryMs * 2 ** (faults - 1), 30_000);
}

/** How often a pull whose disk is full looks whether it still is, ms. */
const LOOK_EVERY_MS = 1000;

/** Resolves when there is room on the disk. @throws the signal's reason */
export async function roomOn(disk: DiskRoom, signal: AbortSignal): Promise<void> {
  while ((await disk.shortage()) !== null) await pause(LOOK_EVERY_MS, signal);
}

/** @throws the signal's reason */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
  signal.throwIfAborted();
}
