export * from './action.ts';
export * from './actions/index.ts';
export * from './errors.ts';
export * from './wire.ts';
