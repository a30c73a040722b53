import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { CandidateApi } from '../api/client';
import type { CandidateSession, InvitationPage } from '../api/types';
import type { Camera } from '../media/camera';
import type { UploadQueue } from '../recording/queue';

/** What every page can reach. */
export interface AppState {
  api: CandidateApi;
  camera: Camera;
  invitation: InvitationPage | undefined;
  session: CandidateSession | undefined;
  queue: UploadQueue | undefined;
  /** Measured by the environment check; chooses the bit rate. */
  upload_kbps: number | undefined;
  setUploadKbps: (kbps: number) => void;
  setSession: (session: CandidateSession) => void;
  /** Turns an error that ends the visit (signed out, cancelled, expired …) into its page; false: the page shows it. */
  escalate: (error: unknown) => boolean;
  /** Practice comes right after the check, not on later visits. */
  startPractice: () => void;
  openDecline: () => void;
  /** Consents, rights and who looked; asks for identity first. */
  openMyData: () => void;
  reload: () => void;
}

export const AppContext = createContext<AppState | undefined>(undefined);

export function useApp(): AppState {
  const app = useContext(AppContext);
  if (!app) throw new Error('AppContext is missing');
  return app;
}
