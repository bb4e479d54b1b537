import { readFile } from 'node:fs/promises';

/** Seconds that a process has worked so far, its threads included (Linux, proc(5): utime and stime in hundredths). */
export async function processorSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const afterName = stat.split(') ').at(-1)!.split(' ');
  return (Number(afterName[11]) + Number(afterName[12])) / 100;
}
