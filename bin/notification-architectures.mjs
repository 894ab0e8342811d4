#!/usr/bin/env node
// `npx notification-architectures demo --list`, from a checkout: the same as `npm run demo -- --list`.
import { register } from 'tsx/esm/api';

register();
await import('../src/demo/cli.ts');
