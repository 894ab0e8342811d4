/** What the promise that `act` returns rejects with; a throw before there is a promise goes through. */
export async function rejectionOf(act: () => Promise<unknown>): Promise<unknown> {
  const promise = act();
  return promise.then(
    () => {
      throw new Error('it was expected to reject');
    },
    (thrown) => thrown,
  );
}
