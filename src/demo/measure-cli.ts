import { answerMeasurement } from '../lab/comparison/index.ts';

// One measurement of `npm run compare`, which starts this in a process of its own.
process.stdout.write(await answerMeasurement(process.argv.slice(2)));
