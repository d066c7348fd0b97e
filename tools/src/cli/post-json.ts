const limitMs = 5000;

/** Hands a document to a webhook. Throws when it is not taken in time; never goes where it is redirected to. */
export async function postJson(url: string, document: unknown): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(document),
    redirect: "error",
    signal: AbortSignal.timeout(limitMs),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`The receiver answered ${answer.status}.`);
}
