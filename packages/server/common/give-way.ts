import { constants, platform, setPriority } from 'node:os';

/**
 * Lets this thread, or a process that was just started, have the processor only when nobody else on the machine wants it much: answers
 * come first, then what is made in the background. Where the system does not let us, nothing changes.
 */
export function giveWay(pid = 0): void {
  // Elsewhere than on Linux it would be all of this process that gives way.
  if (pid === 0 && platform() !== 'linux') return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Slower under load, not wrong.
  }
}
