/**
 * A load client: `load.ts <port> <connections> <ms> <requests as JSON>`. Each connection sends the requests one after
 * the other, over and over, and reads each answer to its end. Prints what came of it as JSON.
 */
import { connect } from 'node:net';

const [port, connections, duration] = process.argv.slice(2, 5).map(Number) as [number, number, number];
const requests = (JSON.parse(process.argv[5]!) as string[]).map((text) => Buffer.from(text, 'latin1'));
let answers = 0;
let bytes = 0;

function openConnection(first: number): void {
  let next = first;
  /** Bytes of the body that are still to come. */
  let left = 0;
  const send = () => socket.write(requests[next++ % requests.length]!);
  const read = (length: number, buffer: Uint8Array) => {
    const chunk = Buffer.from(buffer.buffer, buffer.byteOffset, length);
    bytes += length;
    let at = 0;
    while (at < length) {
      if (left === 0) {
        const end = chunk.indexOf('\r\n\r\n', at);
        const head = end < 0 ? '' : chunk.toString('latin1', at, end);
        const size = /\r\ncontent-length: (\d+)/i.exec(head);
        if (!/^HTTP\/1\.1 20[06] /.test(head) || !size) throw new Error(`unexpected answer: ${head}`);
        left = Number(size[1]);
        at = end + 4;
      }
      const taken = Math.min(left, length - at);
      left -= taken;
      at += taken;
      if (left === 0) {
        answers += 1;
        send();
      }
    }
    return true;
  };
  const socket = connect({
    ...{ port, host: '127.0.0.1' },
    onread: { buffer: Buffer.alloc(1024 ** 2), callback: read },
  });
  send();
}

for (let n = 0; n < connections; n++) openConnection(n);
const [start, cpu] = [performance.now(), process.cpuUsage()];
setTimeout(() => {
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  console.log(JSON.stringify({ answers, bytes, ms, busy: (user + system) / 1000 / ms }));
  process.kill(process.pid, 'SIGTERM');
}, duration);
