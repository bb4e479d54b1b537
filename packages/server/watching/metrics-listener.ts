import type { Registry } from '@prometheus-io/client';
import type { Logger } from '../common/log.ts';
import type { Config } from '../config.ts';
import { listenForMetrics } from '../operations/index.ts';
import { listenOrSay, METRICS_LISTENER } from '../start/listen.ts';

/** The port that only `/metrics` is on; null when it is on that of the API. @throws StartError when it is not to be had */
export async function openMetricsListener(config: Config, registry: Registry, log: Logger) {
  const { metricsHost: host = '127.0.0.1', metricsPort: port } = config;
  if (port === null) return null;
  return listenOrSay(METRICS_LISTENER, () => listenForMetrics({ host, port }, { registry, log }));
}
