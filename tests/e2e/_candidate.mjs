// A candidate without a browser.
import { Client } from './_bole.mjs';

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
