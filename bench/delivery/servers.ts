import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, readFile, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onCore } from './on-core.ts';

export interface Server {
  port: number;
  pid: number;
}

export async function startOurs(folder: string, children: ChildProcess[]): Promise<Server> {
  const script = fileURLToPath(new URL('./server.ts', import.meta.url));
  const child = onCore(0, process.execPath, [script, path.join(folder, 'data')]);
  children.push(child);
  const [port] = await once(child.stdout!, 'data');
  return { port: Number(port), pid: child.pid! };
}

export async function startNginx(folder: string, children: ChildProcess[]): Promise<Server> {
  const port = await freePort();
  const config = path.join(folder, 'nginx.conf');
  // Its worker reads as an unprivileged user when it is started by root.
  await chmod(folder, 0o755);
  await writeFile(
    config,
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
     events { worker_connections 256; }
     http {
       access_log ${folder}/access.log; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
       client_body_temp_path ${folder}/t1; proxy_temp_path ${folder}/t2; fastcgi_temp_path ${folder}/t3;
       uwsgi_temp_path ${folder}/t4; scgi_temp_path ${folder}/t5;
       types { application/vnd.apple.mpegurl m3u8; video/mp2t ts; }
       server {
         listen 127.0.0.1:${port}; root ${folder}/www;
         add_header Cache-Control "public, max-age=2592000"; add_header Access-Control-Allow-Origin "*";
         add_header X-Content-Type-Options nosniff;
       }
     }`,
  );
  const child = onCore(0, await findNginx(), ['-c', config]);
  children.push(child);
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(await readFile(`${folder}/error.log`, 'utf8'));
    await sleep(50);
  }
  return { port, pid: child.pid! };
}

async function findNginx(): Promise<string> {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin'];
  for (const folder of folders) {
    const file = path.join(folder, 'nginx');
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  throw new Error('this benchmark compares with nginx, which is not installed');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return once(socket, 'connect')
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy());
}
