import { onTestFinished } from 'vitest';
import { type Deployment, startDeployment } from './deployment.ts';

/** One that no process of outlives the test. */
export async function aDeployment(common: Readonly<Record<string, string>>): Promise<Deployment> {
  const deployment = await startDeployment(common);
  onTestFinished(() => deployment.close());
  return deployment;
}
