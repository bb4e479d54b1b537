export { type Census, registerCensus } from './census.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export { listenForMetrics } from './metrics-listener.ts';
export { type Dependency, registerOperations } from './routes.ts';
