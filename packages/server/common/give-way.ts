import { platform, setPriority } from 'node:os';

/** A tenth of what others get when there is not enough for all. */
const NICENESS = 10;

/**
 * Lets this thread, or a process that was just started, have less of the processor when others on the machine want it too: answers come
 * first, then what is made in the background. Where the system does not let us, nothing changes.
 */
export function giveWay(pid = 0): void {
  // Elsewhere than on Linux it would be all of this process that gives way.
  if (pid === 0 && platform() !== 'linux') return;
  try {
    setPriority(pid, NICENESS);
  } catch {
    // Slower under load, not wrong.
  }
}
