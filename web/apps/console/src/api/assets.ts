import type { AssetView } from '../lib/assets';
import { api } from './client';

/** Address for <img>, <video> and <audio>. */
export const assetUrl = (id: string) => api.url(`/assets/${encodeURIComponent(id)}`);

/** What the question of a stage showed in an interview. */
export const questionMediaUrl = (interviewId: string, stageKey: string) =>
  api.url(`/interviews/${encodeURIComponent(interviewId)}/stages/${encodeURIComponent(stageKey)}/media`);

/** Sends the file under the media type the check found, whatever the browser calls it. */
export function uploadAsset(file: File, type: string, orgId: string): Promise<AssetView> {
  return api.upload<AssetView>('/assets', file.slice(0, file.size, type), { org_id: orgId, name: file.name });
}
