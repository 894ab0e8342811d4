/** How long a lost answer is waited for before the same is sent once more, milliseconds. */
const sendAgainAfterMs = 1000;

/**
 * Sends one thing to the API. When its answer is lost it is sent once more under the same key, so that it is done once.
 * Resolves to `{ ok, words, body }`; `words` say what came of it.
 */
export async function post(path, body) {
  const key = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join('-');
  const request = {
    method: 'POST',
    headers: { 'idempotency-key': key, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  try {
    return await answered(await fetch(path, request));
  } catch {
    await new Promise((resolve) => setTimeout(resolve, sendAgainAfterMs));
    return fetch(path, request).then(answered, () => ({
      ok: false,
      words: 'There was no answer. Whether it was done is not known.',
    }));
  }
}

async function answered(response) {
  const body = await response.json();
  const words = response.ok ? 'Done.' : `Refused, ${body.code}: ${body.detail}. ${body.help}`;
  return { ok: response.ok, words, body };
}
