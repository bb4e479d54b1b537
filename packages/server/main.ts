import { createLogger } from './common/log.ts';
import { compose, type Service } from './compose.ts';
import { configOrExit } from './environment.ts';
import { StartError } from './start/errors.ts';
import { onWishToEnd } from './start/signals.ts';

const config = configOrExit();
const log = createLogger(config.logLevel);
// Of work that nobody waits for, such as a sweep: it is done again later, and nothing is half done in memory.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'a fault that nobody dealt with'));
process.on('uncaughtException', giveUp);

let service: Service | undefined;
// Once: finish what is under way. Twice: leave at once.
onWishToEnd({ end: stop, endAtOnce: () => process.exit(1) });

service = await compose(config, { log }).catch(giveUp);
announce(service);

/** For people, beside the JSON log: where it listens and, once, the keys that nobody else has seen. */
function announce({ addresses, firstAccount }: Service): void {
  process.stdout.write(`OpenVOD listens on ${addresses.join(' and ')}\n`);
  if (firstAccount?.madeUp && firstAccount.key) {
    const { secretId, secretKey } = firstAccount.key;
    process.stdout.write(
      `First start: OPENVOD_APP_ID=${firstAccount.appId} OPENVOD_SECRET_ID=${secretId} OPENVOD_SECRET_KEY=${secretKey} (shown once: keep them)\n`,
    );
  }
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  log.info({ signal }, 'stopping');
  await service?.stop();
  log.info('stopped');
  process.exit(0);
}

function giveUp(error: unknown): never {
  // Where in our code an operator's mistake was found helps nobody.
  if (error instanceof StartError) log.fatal(error.message);
  else log.fatal({ err: error }, 'cannot go on');
  process.stderr.write(`openvod: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
