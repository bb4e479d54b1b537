import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { randomHex } from '../ids.ts';

/**
 * Names of processes, so that what a killed one left behind (leases, temporary folders) can be told from what a living
 * one still uses. A process is known by host, process-id namespace (containers share ids, and may share host names),
 * process id and a random word, since ids are used again.
 */
const SPACE = `${hostname().replace(/[^A-Za-z0-9-]/g, '-')}_${pidNamespace()}`;
const OWNER = `${SPACE}_${process.pid}_${randomHex(4)}`;

/** The name of this process; letters, digits, `-` and `_`. */
export function ownerName(): string {
  return OWNER;
}

/** True when the process of that name has certainly ended; false when it lives, or lives elsewhere and cannot be asked. */
export function ownerIsGone(owner: string): boolean {
  const match = /^(.+)_(\d+)_[0-9a-f]+$/.exec(owner);
  if (owner === OWNER || match === null || match[1] !== SPACE) return false;
  const pid = Number(match[2]);
  return pid === process.pid || !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** The number of this process's id namespace; 0 where the system has none. */
function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}
