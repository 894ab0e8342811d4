import { refuseSwallowedFlags } from '../../src/demo/index.ts';
import { soakCommand } from './support/soak-command.ts';

const command = soakCommand((code) => {
  process.exitCode = code;
}).exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

refuseSwallowedFlags(command, 'soak');
await command.parseAsync();
