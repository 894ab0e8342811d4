import type { Receipts, ReportedReceipt, TakenReceipt } from '../delivery/index.ts';

/** What stands where a server would, which providers call back. */
export function takingReports(receipts: Receipts, onReceipt: (taken: TakenReceipt) => void = () => {}) {
  const inHand = new Set<Promise<void>>();
  return {
    take(reported: ReportedReceipt): void {
      const taking = receipts
        .take([reported])
        .then((taken) => taken.forEach(onReceipt))
        // Whoever moves the clock is told by the datastore; a provider would report again.
        .catch(() => {})
        .finally(() => inHand.delete(taking));
      inHand.add(taking);
    },
    /** Resolves when nothing is in hand. */
    async settle(): Promise<void> {
      while (inHand.size > 0) await Promise.all(inHand);
    },
  };
}
