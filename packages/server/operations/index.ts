export { createMetrics, type Metrics } from './metrics.ts';
export { type Dependency, registerOperations } from './routes.ts';
