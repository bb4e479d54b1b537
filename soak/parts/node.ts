import { type ServerProcess, type Settings, startServerProcess } from '../../e2e/harness.ts';

/** One server that is started, killed and frozen by a campaign. */
export interface Node {
  name: string;
  role: string;
  /** Where it listens; null while it is down. */
  readonly url: string | null;
  readonly pid: number | null;
  /** Ends that nobody asked for, each with the last words of the process. */
  unexpected: string[];
  start(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  /** As an operator stops it. */
  stop(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
}

export function createNode(name: string, dataDir: string, settings: Settings, compileCache: string): Node {
  let running: ServerProcess | null = null;
  const leave = async (how: (server: ServerProcess) => Promise<unknown>) => {
    const server = running;
    running = null;
    if (server) await how(server);
  };
  const node: Node = {
    name,
    role: settings.OPENVOD_ROLE ?? 'all',
    get url() {
      return running?.url ?? null;
    },
    get pid() {
      return running?.pid ?? null;
    },
    unexpected: [],
    async start() {
      if (running) return;
      const server = await startServerProcess(dataDir, settings, compileCache);
      running = server;
      server.ended.then(({ code, signal, words }) => {
        if (running !== server) return;
        running = null;
        node.unexpected.push(`${name} ended with ${signal ?? code}: ${reasonIn(words)}`);
      });
    },
    kill: () => leave((server) => server.kill9()),
    async stop() {
      await leave(async (server) => {
        const code = await server.stop();
        if (code !== 0) node.unexpected.push(`${name} was stopped and ended with ${code}`);
      });
    },
    signal(signal) {
      if (running) process.kill(running.pid, signal);
    },
  };
  return node;
}

/** What a server says to people when it cannot go on, else its last words. */
function reasonIn(words: string): string {
  return /^openvod: .*$/m.exec(words)?.[0] ?? words.trim().slice(-300);
}
