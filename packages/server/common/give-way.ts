import { writeFileSync } from 'node:fs';
import { platform, setPriority } from 'node:os';

/** How much a process gives way, as niceness. */
export const NICENESS = {
  /** A tenth of what others get when there is not enough for all: nobody waits for it. */
  background: 10,
  /** A third: somebody waits, but others came for less. */
  awaited: 5,
};

/**
 * Lets this thread, or a process that was just started and leads a session, have less of the processor when others on the machine want it too: answers come
 * first, then what is made in the background. Where the system does not let us, nothing changes.
 *
 * Linux may share the processor out among sessions first (`sched_autogroup_enabled`), and then among the processes of each: a process that
 * leads a session of its own, as all do that are started `detached`, would have as much as the whole service, whatever its niceness. So
 * its session gives way, too.
 */
export function giveWay(pid = 0, niceness = NICENESS.background): void {
  // Elsewhere than on Linux it would be all of this process that gives way.
  if (pid === 0 && platform() !== 'linux') return;
  // Slower under load, not wrong.
  attempt(() => setPriority(pid, niceness));
  if (pid !== 0 && platform() === 'linux') {
    attempt(() => writeFileSync(`/proc/${pid}/autogroup`, String(niceness)));
  }
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // Not allowed, not there, or ended already.
  }
}
