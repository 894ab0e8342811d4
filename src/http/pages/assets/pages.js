/** What the pages do beyond being read. Without this file they show the same, as it was when they were asked for. */
import { sendForms } from './doing.js';
import { keepUpToDate } from './live.js';
import { mendOnClick } from './mending.js';

const live = keepUpToDate();
sendForms(live.refresh);
mendOnClick(live.refresh);
const plots = document.querySelector('[data-plots]');
if (plots !== null) import('./plots.js').then(({ drawPlots }) => drawPlots(plots));
