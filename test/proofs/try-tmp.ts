import { openDatastore } from '../../src/datastore/index.ts';
import { MortalShop } from '../../test/proofs/support/mortal-shop.ts';
import { Fate } from '../../src/demo/faults/fate.ts';
import { stories, openingCommands, openingMs, eveningMs } from '../../test/architectures/stories.ts';
import { execute } from '../../src/services/index.ts';
import { ledgerLines } from '../../test/support/ledger.ts';
const arch = (process.argv[2] ?? 'event-sourced') as any, bus = (process.argv[3] ?? 'durable') as any;
async function live(story: any, fates: Fate[]) {
  const datastore = openDatastore();
  const shop = new MortalShop({ architecture: arch, bus, datastore, startMs: openingMs });
  const t0 = performance.now();
  await shop.start(new Fate());
  for (const c of openingCommands) await shop.survives((w) => w.during(execute(w.architecture.services, c)));
  await shop.survives(async (w) => { await w.architecture.settle(); await w.advanceTo(eveningMs); await w.close(); });
  const t1 = performance.now();
  const start = async () => { while (!(await shop.start(fates.shift() ?? new Fate()))); };
  const todo = async (work: any) => { while (!(await shop.survives(work))) await start(); };
  await start();
  const first = shop.fate;
  for (const step of story.steps) {
    if (typeof step === 'string') await todo((w: any) => w.advanceTo(Date.parse(step)));
    else await todo(async (w: any) => { try { await w.during(execute(w.architecture.services, step)) } catch (e: any) { if (shop.deaths.length === 0 || e.help===undefined) throw e; } await w.architecture.settle(); });
  }
  await todo(async (w: any) => { await w.finish(); await w.close(); });
  const lines = await ledgerLines(datastore);
  const t2 = performance.now();
  await datastore.close();
  return { lines, first, deaths: shop.deaths, stock: t1 - t0, rest: t2 - t1, taken: shop.providers.flatMap((p) => p.journal.filter((a) => a.isTaken).map((a) => a.key)) };
}
process.on('unhandledRejection', (e: any) => { console.log('UNHANDLED', e?.stack); process.exit(1); });
for (const story of stories) {
  if (story.title.startsWith('a flood')) continue;
  const base = await live(story, []);
  const N = base.first.steps;
  const t = performance.now();
  let bad = 0; let lost = 0; let doubled = 0; let stock = 0, rest = 0;
  for (let n = 1; n <= N; n++) {
    if (process.env.V) console.log("n", n); const run = await live(story, [new Fate(n)]);
    stock += run.stock; rest += run.rest;
    if (run.deaths.length !== 1) console.log('no death', n);
    if (JSON.stringify(run.lines) !== JSON.stringify(base.lines)) { bad++; if (bad < 2) console.log(n, run.lines.filter((l) => !base.lines.includes(l)), base.lines.filter((l: any) => !run.lines.includes(l))); }
    const counts = new Map<string, number>(); for (const k of run.taken) counts.set(k, (counts.get(k) ?? 0) + 1);
    for (const [k, c] of counts) if (c > 1) { doubled++; if (!run.deaths[0]!.unrecorded.includes(k)) console.log('UNEXCUSED', n, k); }
  }
  console.log(story.title, 'steps', N, 'ms/run', ((performance.now() - t) / N).toFixed(1), 'stock', (stock / N).toFixed(1), 'rest', (rest / N).toFixed(1), 'bad', bad, 'doubled', doubled);
}
