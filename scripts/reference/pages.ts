import { flowsPage } from './flows-page.ts';
import { reasonsPage } from './reasons-page.ts';
import { scalingPage } from './scaling-page.ts';
import { settingsPage } from './settings-page.ts';

export interface ReferencePage {
  /** From the root of the repository. */
  readonly file: string;
  readonly text: string;
}

/** The pages that are made from the code under `root`. */
export const referencePages = async (root: string): Promise<readonly ReferencePage[]> => [
  { file: 'docs/FLOWS.md', text: await flowsPage(root) },
  { file: 'docs/REASONS.md', text: reasonsPage() },
  { file: 'docs/SCALING.md', text: scalingPage(root) },
  { file: 'docs/SETTINGS.md', text: settingsPage(root) },
];
