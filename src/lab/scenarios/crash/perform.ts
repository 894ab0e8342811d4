import { keysOf, orderOf } from '../crash-and-recover.ts';
import type { Stage } from './stage.ts';

/** Two kills at the moments that tell most: between the commit and the news of it, and between a yes and its record. */
export async function perform(stage: Stage, { hasBus }: { hasBus: boolean }): Promise<void> {
  await stage.step('Ada orders; SIGKILL as soon as her order is committed, before anybody is told');
  await stage.start();
  await stage.commit(orderOf.ada);
  await stage.kill();

  const goesOn = hasBus
    ? 'the durable bus has what happened in its log, and goes on from there'
    : 'with no bus, nobody reads there what happened, and Ada is never told';
  await stage.step(`It is started again on the same file: ${goesOn}`, { afterMinutes: 5 });
  await stage.start();
  await stage.settle();

  await stage.step('Ben orders; SIGKILL when the provider has taken his mail, before that is on record', {
    afterMinutes: 5,
  });
  await stage.loseYesOf(keysOf.ben.email, orderOf.ben);
  await stage.kill();

  await stage.step(
    'Started again: nobody knows whether that mail went out, so it is sent again, under the same key',
    {
      afterMinutes: 5,
    },
  );
  await stage.start();
  await stage.settle();
  await stage.finish();
}
