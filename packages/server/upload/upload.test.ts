import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import { createFixture } from './testing/fixture.ts';
import { openDiskTestStore, openS3TestStore, type TestStore } from './testing/stores.ts';
import { describeUploads, type OpenUploads } from './testing/suite.ts';

describeOnBothDatabases('uploads, stored on disk', (openDatabase) => {
  describeUploads(opener(openDatabase, openDiskTestStore));
});

describeOnBothDatabases('uploads, stored on S3', (openDatabase) => {
  describeUploads(opener(openDatabase, openS3TestStore));
});

function opener(openDatabase: () => Promise<TestDatabase>, openStore: () => Promise<TestStore>): OpenUploads {
  return async (config) => {
    const database = await openDatabase();
    const opened = await openStore();
    const fixture = createFixture(database, opened.store, config);
    return {
      ...fixture,
      contents: opened.contents,
      async [Symbol.asyncDispose]() {
        await fixture.uploads.stop();
        await opened[Symbol.asyncDispose]();
        await database[Symbol.asyncDispose]();
      },
    };
  };
}
