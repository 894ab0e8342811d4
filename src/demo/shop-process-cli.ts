import { lineToParent, runShop } from '../lab/shop-process/index.ts';

// A shop in a process of its own, so that it can be killed: see lab/shop-process/shop-process.ts, which starts it.
const line = lineToParent();
if (line === undefined) {
  process.stderr.write('shop-process: nobody to run a shop for. Use `npm run demo crash-and-recover`.\n');
  process.exitCode = 2;
} else {
  runShop(line);
}
