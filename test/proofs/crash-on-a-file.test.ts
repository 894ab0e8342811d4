import { copyFileSync, existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Datastore, openDatastore } from '../../src/datastore/index.ts';
import { stories } from '../architectures/stories.ts';
import { temporaryFile } from '../support/temporary-file.ts';
import { crashEverywhere } from './support/crash-everywhere.ts';
import { storyTeller } from './support/crash-story.ts';

/** A datastore on a file, and what the disk has of it when its process is killed: the file and its log, as they are. */
function onFiles() {
  let generation = 0;
  const path = temporaryFile('shop');
  const file = () => `${path}-${generation}.db`;
  return {
    open(): Datastore {
      generation++;
      return openDatastore({ file: file() });
    },
    async reopen(dead: Datastore): Promise<Datastore> {
      const left = file();
      generation++;
      for (const companion of ['', '-wal'])
        if (existsSync(left + companion)) copyFileSync(left + companion, file() + companion);
      await dead.close();
      return openDatastore({ file: file() });
    },
  };
}

const titles = ['a payment fails', 'other news lets a sleeper sleep until the morning'];

describe('a process on a file, killed before or after any operation, loses nothing when', () => {
  test.each(stories.filter(({ title }) => titles.includes(title)))('$title', async (story) => {
    const tell = storyTeller({ architecture: 'event-sourced', bus: 'durable', ...onFiles() });

    const { lost, amiss } = await crashEverywhere(tell, story, { every: 3 });

    expect({ lost, amiss }).toEqual({ lost: [], amiss: [] });
  });
});
