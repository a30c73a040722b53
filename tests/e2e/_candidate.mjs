// A candidate without a browser.
import { Client, Until } from './_bole.mjs';

/** A candidate who gave one answer; her session. */
export async function Interviewed(bole, invitation, id_number) {
  const client = new Client(bole, { app: 'candidate', invitation });
  const session = await client.Must('POST', '/candidate/identity/verify', { method: 'id_number', id_number });
  await client.Must('POST', '/candidate/consents', { given: session.consents.map(({ key, version }) => ({ key, version, granted: true })) });
  await client.Must('POST', '/candidate/environment', {
    camera_ok: true, width: 640, height: 480, brightness: 120, faces: 1, microphone_ok: true, level_db: -20, noise_db: -60, upload_kbps: 4000,
    user_agent: 'test', recorder_type: 'video/webm', advice: [],
  });
  const stage = session.stages[0].key;
  const { id } = await client.Must('POST', '/candidate/answers', { stage_key: stage, mime_type: 'video/webm;codecs=vp8,opus' });
  await client.Must('PUT', `/candidate/answers/${id}/parts/0/pieces/0`, Buffer.alloc(4000, 7), { 'Content-Type': 'application/octet-stream' });
  await client.Must('POST', `/candidate/answers/${id}/finish`, { parts: [{ part: 0, pieces: 1 }], duration_ms: 9000, reason: 'candidate' });
  return { client, answer: id };
}

/** The token of the link that was sent to somebody who asked for his own data; `staff` reads it from the outbox. */
export async function LinkToOwnData(bole, staff, address) {
  const Links = async () => (await staff.Must('GET', '/messages?limit=100')).items.flatMap(({ body }) => /\/my#(\S+)/.exec(body ?? '')?.[1] ?? []);
  const before = new Set(await Links());
  await new Client(bole, { app: 'candidate' }).Must('POST', '/person/link', { address });
  return Until('the link was sent', async () => (await Links()).find((token) => !before.has(token)));
}

/** Somebody who opened that link. */
export async function InOwnData(bole, staff, address) {
  const client = new Client(bole, { app: 'candidate' });
  await client.Must('POST', '/person/session', { token: await LinkToOwnData(bole, staff, address) });
  return client;
}
