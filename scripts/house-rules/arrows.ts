/**
 * Who may import whom. A room of packages/server is a folder; an arrow that is not here does not exist.
 * `contract` stands for the package @openvod/contract. See docs/architecture.md for the picture.
 */
export const ARROWS: Record<string, readonly string[]> = {
  common: ['contract'],
  storage: ['common'],
  database: ['common'],
  media: ['common'],
  templates: ['common', 'contract', 'database', 'media', 'storage'],
  encryption: ['common', 'contract', 'database', 'templates'],
  events: ['common', 'contract', 'database'],
  accounts: ['common', 'contract', 'database'],
  settings: ['common', 'database'],
  tasks: ['common', 'contract', 'database', 'events'],
  classes: ['common', 'contract', 'database'],
  library: ['common', 'contract', 'database', 'storage', 'classes', 'tasks', 'events', 'media'],
  processing: [
    'common',
    'contract',
    'database',
    'storage',
    'classes',
    'tasks',
    'events',
    'templates',
    'encryption',
    'media',
    'library',
  ],
  upload: [
    'common',
    'contract',
    'database',
    'storage',
    'classes',
    'events',
    'media',
    'library',
    'processing',
  ],
  delivery: ['common', 'contract', 'storage', 'database', 'library', 'encryption'],
  stats: ['common', 'contract', 'database', 'storage', 'library', 'delivery'],
  gateway: ['common', 'contract', 'accounts', 'database'],
  operations: ['common'],
};

/** Whole packages: `contract` imports nothing of ours, `sdk` only the contract. */
export const PACKAGE_ARROWS: Record<string, readonly string[]> = {
  contract: [],
  sdk: ['contract'],
  server: ['contract'],
};
