import type { KnipConfig } from 'knip';

// `knip` looks at everything; `knip --production` at what tests do not keep alive: an exclamation mark says what counts there.
const production = process.argv.includes('--production');

const config: KnipConfig = {
  workspaces: {
    '.': {
      entry: [
        'scripts/*.{ts,mjs}!',
        'bench/*.ts!',
        'bench/*/{server,client,load,reference,tus,rss,hand-written}*.ts!',
        'soak/run.ts!',
        'examples/*/main.ts!',
        'soak/parts/pulse-thread.ts!',
        '{e2e,scripts,soak}/**/*.test.ts',
        'e2e/testing/*.ts',
      ],
      project: [
        '{scripts,bench,soak,examples}/**/*.{ts,mjs}!',
        'e2e/**/*.ts',
        '!{scripts,soak}/**/*.test.ts!',
      ],
    },
    'packages/contract': {
      entry: ['**/*.test.ts'],
      project: ['**/*.ts!', '!**/*.test.ts!'],
    },
    'packages/server': {
      entry: [
        ...['main.ts!', 'commands/{keys,apps,settings}.ts!', 'database/migrations/*.ts!'],
        ...['**/*.test.ts', '**/testing/*.ts', 'testing/fixtures/*/make.ts'],
      ],
      project: ['**/*.ts!', '!**/*.test.ts!', '!**/testing/**!', '!**/conformance{.ts,/**}!'],
    },
    'packages/sdk': {
      entry: ['src/index.ts!', 'src/command/main.ts!', 'src/**/*.test.ts'],
      project: ['{src,bin}/**/*.{ts,mjs}!', '!**/*.test.ts!'],
    },
  },
  ignoreBinaries: [
    ...['ffmpeg', 'ffprobe', 'mount', 'umount', 'prlimit', 'taskset', 'mkfifo'],
    ...(production ? ['tsc'] : []),
  ],
  ignoreDependencies: ['hls.js', '@biomejs/biome', '@redocly/cli', 'qcloudapi-sdk', '@openvod/server'],
  rules: { types: 'off' },
  // A function that its own file needs may be exported for its test.
  ignoreExportsUsedInFile: production,
};
export default config;
