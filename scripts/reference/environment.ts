/** Environment variables that the programs look at, beside those of the providers. */
export const environment: Readonly<Record<string, string>> = {
  DATASTORE:
    'A file, or `postgres://user@host:5432/database`: where the shop is, for each command with `--data`, which wins; `npm run flow` keeps a file of its own.',
  DEBUG: 'Anything: an error that nobody foresaw is shown with its stack.',
  HTTP_TOKEN: '`npm run serve` demands it of every request, as `--token` does.',
  NO_COLOR: 'Anything: no colours. Without it there are some on a terminal.',
  TERM: '`dumb`: no colours either.',
};
