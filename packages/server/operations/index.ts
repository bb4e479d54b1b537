export { type Census, registerCensus } from './census.ts';
export { registerFigures, registerGauges, registerPlaybackGauges } from './gauges.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export { listenForMetrics } from './metrics-listener.ts';
export { type Dependency, Impaired } from './readiness.ts';
export { registerOperations } from './routes.ts';
