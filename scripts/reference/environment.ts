/** Environment variables that the programs look at, beside those of the providers. */
export const environment: Readonly<Record<string, string>> = {
  DATASTORE:
    'A file, or `postgres://user@host:5432/database`: where the shop is, for each command with `--data`, which wins; `npm run flow` keeps a file of its own.',
  CAPTURE:
    '`npm run worker`: channels that keep in memory what they are given, and send nothing, as in `email,sms`.',
  DEBUG: 'Anything: an error that nobody foresaw is shown with its stack.',
  DRAIN_SECONDS: '`npm run worker`: how long what is in hand at a stop may take. Default 15.',
  HTTP_HOST: '`npm run worker`: the address to listen on. Default 127.0.0.1.',
  HTTP_PORT: '`npm run worker`: where to listen; 0 for any that is free. Default 4400.',
  HTTP_TOKEN:
    '`npm run serve` and `npm run worker` demand it of every request, as `--token` does for the first.',
  LEASE_SECONDS: '`npm run worker`: how long one that stands still keeps what it has in hand. Default 30.',
  LOG_LEVEL: '`npm run worker`: of the JSON lines on stderr: debug, info, warn or error. Default info.',
  MAX_BACKLOG:
    '`npm run worker`: commands are refused while more messages and deliveries wait. Default 10,000.',
  NO_COLOR: 'Anything: no colours. Without it there are some on a terminal.',
  REQUESTS_PER_MINUTE: '`npm run worker`: of each client, by its address. Default 6,000.',
  TERM: '`dumb`: no colours either.',
  ARCHITECTURE: '`npm run worker`: which one it runs. Default event-sourced.',
  WORKER_ROLE: '`npm run worker`: `all`, `api` or `consumer`: see docs/DEPLOYMENT.md. Default `all`.',
};
