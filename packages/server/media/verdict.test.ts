import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Ending, verdictOf } from './verdict.ts';

const coded = (code: string) => Object.assign(new Error(`spawn prlimit ${code}`), { code });
const enough = () => true;
const none = () => false;

const cases: [what: string, ending: Partial<Ending>, hasMemory: () => boolean, verdict: string][] = [
  ['a damaged file', { log: 'moov atom not found' }, enough, 'damaged'],
  ['a full disk', { log: 'av_write_frame(): No space left on device' }, enough, 'interrupted, space'],
  ['a quota', { log: 'x: Disk quota exceeded' }, enough, 'interrupted, space'],
  ['a file that asks for too much memory', { log: 'x: Cannot allocate memory' }, enough, 'decode-failed'],
  [
    'a damaged file that asks for too much memory',
    { log: 'Invalid data found when processing input\nx: Cannot allocate memory' },
    enough,
    'damaged',
  ],
  ['a machine without memory', { log: 'x: Cannot allocate memory' }, none, 'interrupted, memory'],
  ['no process to be had', { code: null, error: coded('EAGAIN') }, enough, 'interrupted, processes'],
  ['no file handles', { code: null, error: coded('EMFILE') }, enough, 'interrupted, processes'],
  ['no memory for a process', { code: null, error: coded('ENOMEM') }, enough, 'interrupted, memory'],
  ['no ffmpeg', { code: null, error: coded('ENOENT') }, enough, 'interrupted, processes'],
  [
    'no ffprobe behind prlimit',
    { code: 127, log: 'prlimit: failed to execute ffprobe' },
    enough,
    'interrupted, processes',
  ],
  [
    'ffmpeg that is stopped',
    { code: 255, log: 'Exiting normally, received signal 15.' },
    enough,
    'interrupted, processes',
  ],
  ['ffprobe that is stopped', { code: null, signal: 'SIGTERM' }, enough, 'interrupted, processes'],
  ['a command that is killed', { code: null, signal: 'SIGKILL' }, enough, 'interrupted'],
  ['a command that crashes', { code: null, signal: 'SIGSEGV' }, enough, 'interrupted'],
  [
    'a decoder that wants to be asked again',
    { log: 'Resource temporarily unavailable' },
    enough,
    'interrupted',
  ],
  ['bad arguments', { log: 'Unrecognized option' }, enough, 'decode-failed'],
];
for (const [what, ending, hasMemory, verdict] of cases) {
  test(`${what}: ${verdict}`, () => {
    const { reason, outage } = verdictOf({ code: 1, signal: null, log: '', ...ending }, hasMemory);
    assert.equal([reason, ...(outage ? [outage] : [])].join(', '), verdict);
  });
}
