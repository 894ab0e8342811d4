import { answerMeasurements } from '../lab/comparison/index.ts';

// What `npm run compare` measures in a process of its own: it asks, and this answers, until it is ended.
answerMeasurements();
