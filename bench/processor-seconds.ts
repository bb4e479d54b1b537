import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** Seconds that a process has worked so far, its threads included (Linux, proc(5): utime and stime in hundredths). */
export async function processorSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const afterName = stat.split(') ').at(-1)!.split(' ');
  return (Number(afterName[11]) + Number(afterName[12])) / 100;
}

/** Seconds that ended child processes have worked so far (Linux, proc(5): cutime and cstime in hundredths). */
export function childSeconds(): number {
  const afterName = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)!.split(' ');
  return (Number(afterName[13]) + Number(afterName[14])) / 100;
}
