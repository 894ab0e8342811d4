/** Environment variables that the programs look at, beside those of the providers. */
export const environment: Readonly<Record<string, string>> = {
  DEBUG: 'Anything: an error that nobody foresaw is shown with its stack.',
  HTTP_TOKEN: '`npm run serve` demands it of every request, as `--token` does.',
  NO_COLOR: 'Anything: no colours. Without it there are some on a terminal.',
  TERM: '`dumb`: no colours either.',
};
